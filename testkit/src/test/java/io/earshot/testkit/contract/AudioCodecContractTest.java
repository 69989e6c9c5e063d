package io.earshot.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract accepts a plain codec and finds what broken ones do. */
@Tag("rfc3551")
class AudioCodecContractTest {
    /** 16 bit linear PCM, RFC 3551 §4.5.11. */
    private static class Linear implements AudioCodec {
        @Override
        public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
            for (int i = 0; i < samples; i++) {
                out[outOffset + 2 * i] = (byte) (pcm[offset + i] >> 8);
                out[outOffset + 2 * i + 1] = (byte) pcm[offset + i];
            }
            return 2 * samples;
        }

        @Override
        public int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset) {
            if (length % 2 != 0 || length / 2 > 960) {
                return NONE;
            }
            for (int i = 0; i < length / 2; i++) {
                pcm[pcmOffset + i] = (short) (payload[offset + 2 * i] << 8 | payload[offset + 2 * i + 1] & 0xff);
            }
            return length / 2;
        }

        @Override
        public int maxPayload(int samples) {
            return 2 * samples;
        }

        @Override
        public int duration(byte[] payload, int offset, int length) {
            return length % 2 == 0 ? length / 2 : NONE;
        }
    }

    private record Provider(AudioCodec codec) implements AudioCodecProvider {
        @Override
        public List<CodecDescriptor> codecs() {
            return List.of(new CodecDescriptor("L16", 8_000, 8_000, 1, CodecDescriptor.DYNAMIC, 10, 20, 1));
        }

        @Override
        public AudioCodec open(CodecDescriptor descriptor, FormatParameters local, FormatParameters remote) {
            return codec;
        }
    }

    /** An anonymous class, which JUnit does not take for a test. */
    private static AudioCodecContract contractOf(AudioCodec codec) {
        return new AudioCodecContract() {
            @Override
            protected AudioCodecProvider provider() {
                return new Provider(codec);
            }
        };
    }

    @Nested
    class OfAPlainCodec extends AudioCodecContract {
        @Override
        protected AudioCodecProvider provider() {
            return new Provider(new Linear());
        }

        @Override
        protected double leastSignalToNoise(CodecDescriptor codec) {
            return 90;
        }

        @Test
        @Override
        protected void isDeclaredInModuleInfoAndInMetaInf() {
            AssertionError failure = assertThrows(AssertionError.class, super::isDeclaredInModuleInfoAndInMetaInf);
            assertTrue(failure.getMessage().startsWith("META-INF/services/io.earshot.api.codec.spi.AudioCodecProvider does not name "));
        }
    }

    @Test
    void findsNoise() {
        assertThrows(AssertionError.class, contractOf(new Linear() {
            @Override
            public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
                int length = super.encode(pcm, offset, samples, out, outOffset);
                out[outOffset] ^= 0x40;
                return length;
            }
        })::bringsAToneBack);
    }

    @Test
    void findsWritesBehindTheEnd() {
        assertThrows(AssertionError.class, contractOf(new Linear() {
            @Override
            public int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset) {
                pcm[pcm.length - 1] = 0;
                return super.decode(payload, offset, length, pcm, pcmOffset);
            }
        })::survivesHostilePayloads);
    }

    @Test
    void findsIgnoredOffsets() {
        assertThrows(AssertionError.class, contractOf(new Linear() {
            @Override
            public int decode(byte[] payload, int offset, int length, short[] pcm, int pcmOffset) {
                return super.decode(payload, 0, length, pcm, pcmOffset);
            }
        })::worksInTheMiddleOfArrays);
    }

    @Test
    void findsGarbage() {
        assertThrows(AssertionError.class, contractOf(new Linear() {
            @Override
            public int encode(short[] pcm, int offset, int samples, byte[] out, int outOffset) {
                return super.encode(pcm.clone(), offset, samples, out, outOffset);
            }
        })::allocatesNothingInSteadyState);
    }
}
