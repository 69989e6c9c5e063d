package io.earshot.codec.speex;

import static java.util.Objects.requireNonNull;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecCost;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.List;
import java.util.Optional;

/**
 * Offers Speex at 8, 16 and 32 kHz (RFC 5574). The parameters {@code vbr}, {@code cng} and {@code mode} say what their sender wants the
 * other side's encoder to do. We decode everything, so we say nothing; of the peer's we do what it says.
 */
public final class SpeexProvider implements AudioCodecProvider {
    private static final int FRAME_MILLIS = 20;

    static final CodecDescriptor WIDE = descriptor(SpeexBand.WIDE, 800);
    static final CodecDescriptor ULTRA_WIDE = descriptor(SpeexBand.ULTRA_WIDE, 250);
    static final CodecDescriptor NARROW = descriptor(SpeexBand.NARROW, 240);

    /** For {@link java.util.ServiceLoader}. */
    public SpeexProvider() {
    }

    private static CodecDescriptor descriptor(SpeexBand band, int priority) {
        return new CodecDescriptor("speex", band.sampleRate(), band.sampleRate(), 1, CodecDescriptor.DYNAMIC, FRAME_MILLIS, FRAME_MILLIS,
            priority);
    }

    @Override
    public List<CodecDescriptor> codecs() {
        return List.of(WIDE, ULTRA_WIDE, NARROW);
    }

    /** A peer may want what we do not: each side's wishes stand for themselves, and there is never a reason to refuse. */
    @Override
    public Optional<FormatParameters> answer(CodecDescriptor codec, FormatParameters offered) {
        band(codec);
        requireNonNull(offered, "offered");
        return Optional.of(FormatParameters.NONE);
    }

    @Override
    public CodecCost cost(CodecDescriptor codec) {
        return CodecCost.HEAVY;
    }

    @Override
    public AudioCodec open(CodecDescriptor codec, FormatParameters local, FormatParameters remote) {
        requireNonNull(local, "local");
        SpeexBand band = band(codec);
        return new SpeexCodec(band, SpeexParameters.of(band, remote));
    }

    private static SpeexBand band(CodecDescriptor codec) {
        if (codec.equals(WIDE)) {
            return SpeexBand.WIDE;
        }
        if (codec.equals(ULTRA_WIDE)) {
            return SpeexBand.ULTRA_WIDE;
        }
        if (codec.equals(NARROW)) {
            return SpeexBand.NARROW;
        }
        throw new IllegalArgumentException("not a codec of this provider: " + codec);
    }
}
