package io.earshot.testkit.hostile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.message.SipLimits;
import io.earshot.sip.message.SipParser;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounded form of what {@code MutatedMessages} in the benchmarks does a million times. */
@Tag("rfc3261")
class HostileMessagesTest {
    private final EveryReader reader = new EveryReader(new SipParser(SipLimits.DEFAULT));

    @Test
    void theSamplesThemselvesAreSound() {
        for (byte[] sample : HostileMessages.wellFormed()) {
            assertEquals(EveryReader.Verdict.SOUND, reader.read(sample), new String(sample, StandardCharsets.UTF_8));
        }
    }

    @Test
    void theSameSeedMakesTheSameMessages() {
        HostileMessages one = new HostileMessages(9);
        HostileMessages other = new HostileMessages(9);
        for (int i = 0; i < 100; i++) {
            assertArrayEquals(one.next(), other.next());
        }
    }

    @Test
    void noReaderThrows() {
        HostileMessages messages = new HostileMessages(11);
        Map<EveryReader.Verdict, Integer> verdicts = new EnumMap<>(EveryReader.Verdict.class);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = messages.next();
            try {
                verdicts.merge(reader.read(bytes), 1, Integer::sum);
            } catch (RuntimeException defect) {
                throw new AssertionError("message " + i + ":\n" + new String(bytes, StandardCharsets.UTF_8), defect);
            }
        }
        for (EveryReader.Verdict verdict : EveryReader.Verdict.values()) {
            assertTrue(verdicts.getOrDefault(verdict, 0) > 50, "mutations too mild or too wild: " + verdicts);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void anEngineNeverGivesUpAnInputAndComesToRest(long seed) {
        EngineUnderFire fire = new EngineUnderFire(seed);
        for (int i = 0; i < 1_500; i++) {
            fire.step();
        }
        assertTrue(fire.comesToRest(), fire.toString());
    }
}
