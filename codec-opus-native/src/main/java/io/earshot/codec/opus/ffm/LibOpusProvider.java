package io.earshot.codec.opus.ffm;

import static java.util.Objects.requireNonNull;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.List;
import java.util.Optional;

/**
 * Offers Opus by libopus, with what {@code io.earshot.codec.opus} offers and a priority higher by 5; nothing where there is no libopus to
 * be called. The application must allow native access to {@code io.earshot.codec.opus.ffm} where the JVM asks for that.
 */
public final class LibOpusProvider implements AudioCodecProvider {
    private static final int RATE = 48_000;
    private static final int RTP_CHANNELS = 2;

    static final CodecDescriptor MONO = new CodecDescriptor("opus", RATE, RTP_CHANNELS, RATE, 1, CodecDescriptor.DYNAMIC, 10, 20, 905);
    static final CodecDescriptor STEREO = new CodecDescriptor("opus", RATE, RTP_CHANNELS, RATE, 2, CodecDescriptor.DYNAMIC, 10, 20, 895);

    private static final String BASIC = "minptime=10;useinbandfec=1";

    private final Optional<LibOpus> library;

    /** For {@link java.util.ServiceLoader}. */
    public LibOpusProvider() {
        this(LibOpus.SYSTEM);
    }

    LibOpusProvider(Optional<LibOpus> library) {
        this.library = library;
    }

    /** Returns nothing where there is no libopus to be called. */
    @Override
    public List<CodecDescriptor> codecs() {
        return library.isPresent() ? List.of(MONO, STEREO) : List.of();
    }

    @Override
    public FormatParameters offer(CodecDescriptor codec) {
        return new FormatParameters(mine(codec).channels() == 2 ? BASIC + ";stereo=1;sprop-stereo=1" : BASIC);
    }

    /** Each side states what it likes to receive, so there is never a reason to refuse; stereo is promised to those only who want it. */
    @Override
    public Optional<FormatParameters> answer(CodecDescriptor codec, FormatParameters offered) {
        requireNonNull(offered, "offered");
        boolean unwanted = mine(codec).channels() == 2 && !EncoderSettings.flag(offered, "stereo");
        return Optional.of(unwanted ? new FormatParameters(BASIC + ";stereo=1") : offer(codec));
    }

    @Override
    public AudioCodec open(CodecDescriptor codec, FormatParameters local, FormatParameters remote) {
        EncoderSettings settings = EncoderSettings.of(mine(codec).channels(), local, remote);
        return new LibOpusCodec(library.orElseThrow(() -> new IllegalStateException("there is no libopus to be called")), settings);
    }

    private static CodecDescriptor mine(CodecDescriptor codec) {
        if (!codec.equals(MONO) && !codec.equals(STEREO)) {
            throw new IllegalArgumentException("not a codec of this provider: " + codec);
        }
        return codec;
    }
}
