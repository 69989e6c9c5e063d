package io.earshot.codec.opus;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import io.earshot.testkit.audio.CodecSignals;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Packets of every mode, bent and broken, to decode and to recover from; conformance/hostile does ten million. */
@Tag("rfc6716")
class OpusHostileTest {
    @Test
    void mutatedFramesOfEveryModeGiveSoundOrAVerdict() {
        for (CodecDescriptor codec : new OpusProvider().codecs()) {
            for (String wishes : new String[] {"maxplaybackrate=8000", "maxplaybackrate=16000;useinbandfec=1", "",
                "maxaveragebitrate=128000"}) {
                attack(codec, new FormatParameters(wishes + (codec.channels() == 2 ? ";stereo=1" : "")));
            }
        }
    }

    private static void attack(CodecDescriptor codec, FormatParameters wishes) {
        SplittableRandom random = new SplittableRandom(6716);
        AudioCodec coder = new OpusProvider().open(codec, FormatParameters.NONE, wishes);
        coder.onNetwork(wishes.raw().contains("128000") ? 128_000 : 0, 0.2f);
        short[] speech = CodecSignals.speechLike(codec, 400);
        short[] pcm = new short[codec.samplesIn(120)];
        byte[] packet = new byte[coder.maxPayload(codec.samplesIn(20))];
        int heard = 0;
        for (int i = 0; i < 400; i++) {
            int length = coder.encode(speech, i % 20 * codec.samplesIn(20), codec.samplesIn(20), packet, 0);
            for (int flips = random.nextInt(8); flips > 0; flips--) {
                packet[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
            }
            length -= i % 5 == 0 ? random.nextInt(length) : 0;
            int samples = i % 3 == 0 ? coder.decodeFec(packet, 0, length, pcm, 0, codec.samplesIn(20))
                : coder.decode(packet, 0, length, pcm, 0);
            assertTrue(samples >= AudioCodec.NONE && samples <= pcm.length, "packet " + i + " gave " + samples);
            heard += samples > 0 ? 1 : 0;
        }
        assertTrue(heard > 100, "only " + heard + " packets were decoded");
    }
}
