package io.earshot.sdk.internal.registry;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.List;
import java.util.Map;

/** All the codecs we publish, by name, rate and priority; none can be opened. */
public final class FakeCodecs implements AudioCodecProvider {
    private static final Map<String, Integer> DYNAMIC_OR_NOT = Map.of("PCMU", 0, "GSM", 3, "PCMA", 8, "G722", 9, "G729", 18);

    private static CodecDescriptor codec(String name, int clock, int rate, int priority) {
        return new CodecDescriptor(name, clock, name.equals("opus") ? 2 : 1, rate, 1,
                DYNAMIC_OR_NOT.getOrDefault(name, CodecDescriptor.DYNAMIC), 10, 20, priority);
    }

    @Override
    public List<CodecDescriptor> codecs() {
        return List.of(codec("PCMU", 8000, 8000, 300), codec("PCMA", 8000, 8000, 290), codec("G722", 8000, 16_000, 700),
                codec("GSM", 8000, 8000, 200), codec("G729", 8000, 8000, 600), codec("iLBC", 8000, 8000, 150),
                codec("opus", 48_000, 48_000, 900), codec("speex", 16_000, 16_000, 800), codec("speex", 32_000, 32_000, 250),
                codec("speex", 8000, 8000, 240), codec("L16", 8000, 8000, 0));
    }

    @Override
    public FormatParameters offer(CodecDescriptor codec) {
        return codec.name().equals("opus") ? new FormatParameters("useinbandfec=1") : FormatParameters.NONE;
    }

    @Override
    public FormatParameters silence(CodecDescriptor codec, boolean suppressed) {
        return codec.name().equals("G729") && !suppressed ? new FormatParameters("annexb=no") : FormatParameters.NONE;
    }

    @Override
    public AudioCodec open(CodecDescriptor codec, FormatParameters local, FormatParameters remote) {
        throw new UnsupportedOperationException("opened with " + local.raw());
    }
}
