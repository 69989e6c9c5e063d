package io.earshot.codec.opus;

import static java.util.Objects.requireNonNull;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecCost;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.List;
import java.util.Optional;

/**
 * Offers Opus, with PCM of one channel and, second, of two. On the wire both are {@code opus/48000/2} (RFC 7587 §7), so of the two an
 * offer carries one. All parameters but {@code ptime} and {@code minptime} are read from {@code a=fmtp}; a narrower bandwidth than 48 kHz
 * is a matter of {@code maxplaybackrate} and {@code sprop-maxcapturerate}, of the peer's or of our own.
 */
public final class OpusProvider implements AudioCodecProvider {
    private static final int RATE = 48_000;
    private static final int RTP_CHANNELS = 2;
    private static final int FRAME_MILLIS = 10;
    private static final int DEFAULT_PTIME = 20;

    static final CodecDescriptor MONO = new CodecDescriptor("opus", RATE, RTP_CHANNELS, RATE, 1, CodecDescriptor.DYNAMIC,
        FRAME_MILLIS, DEFAULT_PTIME, 900);
    static final CodecDescriptor STEREO = new CodecDescriptor("opus", RATE, RTP_CHANNELS, RATE, 2, CodecDescriptor.DYNAMIC,
        FRAME_MILLIS, DEFAULT_PTIME, 890);

    private static final FormatParameters MONO_FMTP = new FormatParameters("minptime=10;useinbandfec=1");
    private static final FormatParameters STEREO_FMTP = new FormatParameters("minptime=10;useinbandfec=1;stereo=1;sprop-stereo=1");
    private static final FormatParameters STEREO_UNWANTED_FMTP = new FormatParameters("minptime=10;useinbandfec=1;stereo=1");

    /** For {@link java.util.ServiceLoader}. */
    public OpusProvider() {
    }

    @Override
    public List<CodecDescriptor> codecs() {
        return List.of(MONO, STEREO);
    }

    @Override
    public FormatParameters offer(CodecDescriptor codec) {
        return mine(codec).equals(STEREO) ? STEREO_FMTP : MONO_FMTP;
    }

    /**
     * Each side states what it likes to receive; there is nothing to agree on (RFC 7587 §7.1), hence never a reason to refuse. That two
     * channels are likely to be sent is said to those only who want two.
     */
    @Override
    public Optional<FormatParameters> answer(CodecDescriptor codec, FormatParameters offered) {
        requireNonNull(offered, "offered");
        boolean unwanted = mine(codec).equals(STEREO) && !OpusParameters.of(offered).stereo();
        return Optional.of(unwanted ? STEREO_UNWANTED_FMTP : offer(codec));
    }

    @Override
    public FormatParameters silence(CodecDescriptor codec, boolean suppressed) {
        return suppressed ? new FormatParameters("usedtx=1") : FormatParameters.NONE;
    }

    @Override
    public CodecCost cost(CodecDescriptor codec) {
        return CodecCost.HEAVY;
    }

    @Override
    public AudioCodec open(CodecDescriptor codec, FormatParameters local, FormatParameters remote) {
        return new OpusCodec(EncoderSettings.of(mine(codec).channels(), OpusParameters.of(local), OpusParameters.of(remote)));
    }

    private static CodecDescriptor mine(CodecDescriptor codec) {
        if (!codec.equals(MONO) && !codec.equals(STEREO)) {
            throw new IllegalArgumentException("not a codec of this provider: " + codec);
        }
        return codec;
    }
}
