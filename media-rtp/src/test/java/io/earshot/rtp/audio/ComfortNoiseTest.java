package io.earshot.rtp.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.rtp.jitter.JitterConfig;
import io.earshot.rtp.testing.MuLawCodec;
import io.earshot.rtp.testing.Packets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("rfc3389")
class ComfortNoiseTest {
    private static final long MS = Ticker.MILLISECOND;

    private static double levelDb(short[] pcm, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) pcm[i] * pcm[i];
        }
        return 10 * Math.log10(sum / (to - from) / 32_768 / 32_768);
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 45, 60})
    void hasTheLevelThatTheSenderSays(int level) {
        ComfortNoise noise = new ComfortNoise();
        assertTrue(noise.describe(new byte[] {(byte) level}, 0, 1));
        short[] pcm = new short[16_000];
        noise.addTo(pcm, 0, pcm.length);
        assertEquals(-level, levelDb(pcm, 0, pcm.length), 0.5);
    }

    @Test void hasTheLevelWithAnySpectrumToo() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 20; round++) {
            byte[] payload = new byte[1 + random.nextInt(11)];
            for (int i = 1; i < payload.length; i++) {
                payload[i] = (byte) random.nextInt(60, 195);
            }
            payload[0] = 40;
            ComfortNoise noise = new ComfortNoise();
            assertTrue(noise.describe(payload, 0, payload.length));
            short[] pcm = new short[32_000];
            noise.addTo(pcm, 0, pcm.length);
            assertEquals(-40, levelDb(pcm, 4000, pcm.length), 1.5);
        }
    }

    @Test void theSpectrumTiltsAsTheFirstCoefficientSays() {
        ComfortNoise noise = new ComfortNoise();
        noise.describe(new byte[] {30, 27}, 0, 2); // k = -0.79: a low-pass sound
        short[] pcm = new short[8000];
        noise.addTo(pcm, 0, pcm.length);
        double product = 0;
        double energy = 0;
        for (int i = 1; i < pcm.length; i++) {
            product += (double) pcm[i] * pcm[i - 1];
            energy += (double) pcm[i] * pcm[i];
        }
        assertEquals(0.79, product / energy, 0.05);
    }

    @Test void survivesAnyPayload() {
        SplittableRandom random = new SplittableRandom(4);
        ComfortNoise noise = new ComfortNoise();
        assertFalse(noise.describe(new byte[0], 0, 0));
        short[] pcm = new short[160];
        for (int i = 0; i < 2000; i++) {
            byte[] payload = new byte[1 + random.nextInt(30)];
            random.nextBytes(payload);
            noise.describe(payload, 0, payload.length);
            noise.addTo(pcm, 0, 160);
        }
        assertTrue(noise.isActive());
    }

    /** Half a second of tone, a comfort noise packet, a second of nothing, and tone again. */
    @Test void isHeardWhileTheSenderIsSilentAndNothingIsConcealed() {
        MuLawCodec codec = new MuLawCodec();
        AudioReceiver receiver = new AudioReceiver(JitterConfig.DEFAULT, 20, List.of(new PayloadFormat(0, MuLawCodec.DESCRIPTOR, codec)));
        receiver.comfortNoise(13);
        short[] tone = new short[160];
        byte[] payload = new byte[160];
        for (int i = 0; i < 160; i++) {
            tone[i] = (short) (6000 * Math.sin(2 * Math.PI * i / 20));
        }
        codec.encode(tone, 0, 160, payload, 0);
        short[] heard = new short[8000 * 3];
        int sequence = 0;
        for (int tick = 0; tick < 125; tick++) {
            long now = tick * 20 * MS;
            if (tick < 25 || tick >= 76) {
                receiver.onPacket(Packets.wrap(Packets.rtp(0, sequence++, 160 * tick, 1, payload)), now);
            } else if (tick == 25) {
                assertTrue(receiver.onPacket(Packets.wrap(Packets.rtp(13, sequence++, 160 * tick, 1, (byte) 50)), now));
            }
            receiver.read(now, heard, 160 * tick);
        }
        assertEquals(-50, levelDb(heard, 160 * 35, 160 * 70), 1);
        assertEquals(0, receiver.statistics().concealed());
        assertEquals(1000, receiver.statistics().noise(), 60);
        assertTrue(levelDb(heard, 160 * 90, 160 * 120) > -20, "the tone is back");
    }
}
