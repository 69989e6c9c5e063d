package io.earshot.sip.sdp;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Codecs to negotiate about, and short ways to read and write descriptions. */
final class Codecs {
    static final CodecDescriptor PCMU = new CodecDescriptor("PCMU", 8000, 8000, 1, 0, 10, 20, 500);
    static final CodecDescriptor PCMA = new CodecDescriptor("PCMA", 8000, 8000, 1, 8, 10, 20, 400);
    static final CodecDescriptor G722 = new CodecDescriptor("G722", 8000, 16000, 1, 9, 10, 20, 600);
    static final CodecDescriptor G729 = new CodecDescriptor("G729", 8000, 8000, 1, 18, 10, 20, 300);
    static final CodecDescriptor ILBC = new CodecDescriptor("iLBC", 8000, 8000, 1, CodecDescriptor.DYNAMIC, 30, 30, 200);
    static final CodecDescriptor OPUS = new CodecDescriptor("opus", 48000, 48000, 2, CodecDescriptor.DYNAMIC, 20, 20, 900);

    /** Joins everything, has no parameters but Opus's, and refuses iLBC's mode 20. */
    static final AudioCodecProvider PROVIDER = new AudioCodecProvider() {
        @Override
        public List<CodecDescriptor> codecs() {
            return List.of(OPUS, G722, PCMU, PCMA, G729, ILBC);
        }

        @Override
        public FormatParameters offer(CodecDescriptor codec) {
            return codec.equals(OPUS) ? new FormatParameters("useinbandfec=1") : FormatParameters.NONE;
        }

        @Override
        public Optional<FormatParameters> answer(CodecDescriptor codec, FormatParameters offered) {
            boolean refused = codec.equals(ILBC) && offered.get("mode").orElse("30").equals("20");
            return refused ? Optional.empty() : Optional.of(offer(codec));
        }

        @Override
        public AudioCodec open(CodecDescriptor codec, FormatParameters local, FormatParameters remote) {
            throw new UnsupportedOperationException("nothing is played here");
        }
    };

    private Codecs() {
    }

    static AudioCapabilities.Builder with(CodecDescriptor... codecs) {
        AudioCapabilities.Builder builder = AudioCapabilities.builder(new MediaAddress("192.0.2.1", 4000));
        for (CodecDescriptor codec : codecs) {
            builder.codec(codec, PROVIDER);
        }
        return builder;
    }

    /** Reads lines given without {@code v=} to {@code t=}. */
    static SessionDescription session(String... lines) {
        return parse("v=0\r\no=peer 1 1 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\n" + String.join("\r\n", lines)
            + "\r\n");
    }

    static SessionDescription parse(String text) {
        SdpResult result = new SdpParser().parse(text.getBytes(StandardCharsets.UTF_8));
        return assertInstanceOf(SdpResult.Parsed.class, result, result::toString).description();
    }

    static SdpResult.Malformed malformed(String text) {
        SdpResult result = new SdpParser().parse(text.getBytes(StandardCharsets.UTF_8));
        return assertInstanceOf(SdpResult.Malformed.class, result, result::toString);
    }
}
