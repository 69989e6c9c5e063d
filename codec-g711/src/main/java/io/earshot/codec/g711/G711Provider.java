package io.earshot.codec.g711;

import static java.util.Objects.requireNonNull;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecCost;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.List;

/** Offers PCMU and PCMA with the static payload types of RFC 3551 §6. Neither has format parameters. */
public final class G711Provider implements AudioCodecProvider {
    private static final int SAMPLE_RATE = 8000;
    /** G.711 codes sample by sample; 5 ms lets every packet time in use be a whole number of frames. */
    private static final int FRAME_MILLIS = 5;
    private static final int DEFAULT_PTIME = 20;

    static final CodecDescriptor PCMU =
        new CodecDescriptor("PCMU", SAMPLE_RATE, SAMPLE_RATE, 1, 0, FRAME_MILLIS, DEFAULT_PTIME, 300);
    static final CodecDescriptor PCMA =
        new CodecDescriptor("PCMA", SAMPLE_RATE, SAMPLE_RATE, 1, 8, FRAME_MILLIS, DEFAULT_PTIME, 290);

    /** For {@link java.util.ServiceLoader}. */
    public G711Provider() {
    }

    @Override
    public List<CodecDescriptor> codecs() {
        return List.of(PCMU, PCMA);
    }

    @Override
    public CodecCost cost(CodecDescriptor codec) {
        return CodecCost.LIGHT;
    }

    @Override
    public AudioCodec open(CodecDescriptor codec, FormatParameters local, FormatParameters remote) {
        requireNonNull(local, "local");
        requireNonNull(remote, "remote");
        if (codec.equals(PCMU)) {
            return new G711Codec(CompandingLaw.MU_LAW);
        }
        if (codec.equals(PCMA)) {
            return new G711Codec(CompandingLaw.A_LAW);
        }
        throw new IllegalArgumentException("not a codec of this provider: " + codec);
    }
}
