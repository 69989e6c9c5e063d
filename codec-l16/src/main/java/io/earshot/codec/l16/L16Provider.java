package io.earshot.codec.l16;

import static java.util.Objects.requireNonNull;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecCost;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.List;

/**
 * Offers linear PCM of one channel, that of 44.1 kHz with the static payload type of RFC 3551 §6. It takes 16 bits per sample on the
 * line, so it is offered only to who names it. Packets of the higher rates are short, so that they fit an Ethernet frame.
 */
public final class L16Provider implements AudioCodecProvider {
    private static final int FRAME_MILLIS = 10;

    private static final List<CodecDescriptor> CODECS = List.of(
        new CodecDescriptor("L16", 48_000, 48_000, 1, CodecDescriptor.DYNAMIC, FRAME_MILLIS, 10, 0),
        new CodecDescriptor("L16", 44_100, 44_100, 1, 11, FRAME_MILLIS, 10, 0),
        new CodecDescriptor("L16", 16_000, 16_000, 1, CodecDescriptor.DYNAMIC, FRAME_MILLIS, 20, 0),
        new CodecDescriptor("L16", 8_000, 8_000, 1, CodecDescriptor.DYNAMIC, FRAME_MILLIS, 20, 0));

    /** For {@link java.util.ServiceLoader}. */
    public L16Provider() {
    }

    @Override
    public List<CodecDescriptor> codecs() {
        return CODECS;
    }

    @Override
    public CodecCost cost(CodecDescriptor codec) {
        return CodecCost.LIGHT;
    }

    @Override
    public AudioCodec open(CodecDescriptor codec, FormatParameters local, FormatParameters remote) {
        requireNonNull(local, "local");
        requireNonNull(remote, "remote");
        if (!CODECS.contains(codec)) {
            throw new IllegalArgumentException("not a codec of this provider: " + codec);
        }
        return new L16Codec(codec.samplesIn(120));
    }
}
