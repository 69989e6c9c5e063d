package io.earshot.codec.ilbc;

import static java.util.Objects.requireNonNull;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecCost;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Offers iLBC (RFC 3952), with frames of 20 ms, which suit the packet times of other codecs; where the peer wants frames of 30 ms, those
 * are used both ways. A peer that says nothing means 30.
 */
public final class IlbcProvider implements AudioCodecProvider {
    private static final int RATE = 8_000;
    private static final int PRIORITY = 150;

    static final CodecDescriptor FRAMES_OF_20 = descriptor(20);
    static final CodecDescriptor FRAMES_OF_30 = descriptor(30);

    private static final FormatParameters MODE_20 = new FormatParameters("mode=20");
    private static final FormatParameters MODE_30 = new FormatParameters("mode=30");

    /** For {@link java.util.ServiceLoader}. */
    public IlbcProvider() {
    }

    private static CodecDescriptor descriptor(int frameMillis) {
        return new CodecDescriptor("iLBC", RATE, RATE, 1, CodecDescriptor.DYNAMIC, frameMillis, frameMillis, PRIORITY);
    }

    @Override
    public List<CodecDescriptor> codecs() {
        return List.of(FRAMES_OF_20);
    }

    @Override
    public FormatParameters offer(CodecDescriptor codec) {
        check(codec);
        return MODE_20;
    }

    @Override
    public Optional<FormatParameters> answer(CodecDescriptor codec, FormatParameters offered) {
        check(codec);
        OptionalInt mode = offered.getInt("mode");
        if (mode.isPresent() && mode.getAsInt() != 20 && mode.getAsInt() != 30) {
            return Optional.empty();
        }
        return Optional.of(mode.orElse(30) == 20 ? MODE_20 : MODE_30);
    }

    @Override
    public CodecDescriptor negotiated(CodecDescriptor codec, FormatParameters local, FormatParameters remote) {
        check(codec);
        return IlbcMode.of(local, remote) == IlbcMode.MILLIS_20 ? FRAMES_OF_20 : FRAMES_OF_30;
    }

    @Override
    public CodecCost cost(CodecDescriptor codec) {
        return CodecCost.HEAVY;
    }

    @Override
    public AudioCodec open(CodecDescriptor codec, FormatParameters local, FormatParameters remote) {
        check(codec);
        return new IlbcCodec(IlbcMode.of(local, remote));
    }

    private static void check(CodecDescriptor codec) {
        if (!requireNonNull(codec, "codec").equals(FRAMES_OF_20) && !codec.equals(FRAMES_OF_30)) {
            throw new IllegalArgumentException("not a codec of this provider: " + codec);
        }
    }
}
