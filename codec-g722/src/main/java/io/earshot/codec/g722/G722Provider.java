package io.earshot.codec.g722;

import static java.util.Objects.requireNonNull;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.List;

/**
 * Offers G.722 with the static payload type of RFC 3551 §6 and its clock rate of 8000, an old mistake that everybody keeps. It has no
 * format parameters on the wire, and 64 kbit/s is all that RTP carries. An application that knows otherwise that the peer puts data into
 * the last bits opens the codec with the local parameter {@code bitrate=56000} or {@code bitrate=48000}, so that they are not heard.
 */
public final class G722Provider implements AudioCodecProvider {
    static final CodecDescriptor G722 = new CodecDescriptor("G722", 8000, 16_000, 1, 9, 10, 20, 700);

    private static final String BIT_RATE = "bitrate";

    /** For {@link java.util.ServiceLoader}. */
    public G722Provider() {
    }

    @Override
    public List<CodecDescriptor> codecs() {
        return List.of(G722);
    }

    @Override
    public AudioCodec open(CodecDescriptor codec, FormatParameters local, FormatParameters remote) {
        requireNonNull(local, "local");
        requireNonNull(remote, "remote");
        if (!codec.equals(G722)) {
            throw new IllegalArgumentException("not a codec of this provider: " + codec);
        }
        return new G722Codec(Mode.of(local.getInt(BIT_RATE).orElse(0)));
    }
}
