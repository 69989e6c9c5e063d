package io.earshot.codec.gsm;

import static java.util.Objects.requireNonNull;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.List;

/** Offers GSM full rate with the static payload type of RFC 3551 §6. It has no format parameters. */
public final class GsmProvider implements AudioCodecProvider {
    static final CodecDescriptor GSM = new CodecDescriptor("GSM", 8000, 8000, 1, 3, 20, 20, 200);

    /** For {@link java.util.ServiceLoader}. */
    public GsmProvider() {
    }

    @Override
    public List<CodecDescriptor> codecs() {
        return List.of(GSM);
    }

    @Override
    public AudioCodec open(CodecDescriptor codec, FormatParameters local, FormatParameters remote) {
        requireNonNull(local, "local");
        requireNonNull(remote, "remote");
        if (!codec.equals(GSM)) {
            throw new IllegalArgumentException("not a codec of this provider: " + codec);
        }
        return new GsmCodec();
    }
}
