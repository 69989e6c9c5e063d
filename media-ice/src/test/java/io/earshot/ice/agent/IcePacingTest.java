package io.earshot.ice.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.time.Ticker;
import io.earshot.testkit.net.VirtualNetwork;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How fast checks begin: RFC 8445 §14.2. */
@Tag("rfc8445")
class IcePacingTest {
    private static final int CANDIDATES = 20;

    @Test
    void checksOfManyCandidatesBeginOneByOneFiftyMillisecondsApart() {
        IceAgent agent = new IceAgent(IceConfig.defaults(), true, VirtualNetwork.seeded(14).ids("pace"));
        agent.gather(List.of(new LocalAddress(1, new InetSocketAddress("192.0.2.1", 5000))), 0);
        List<Candidate> many = new ArrayList<>();
        for (int i = 0; i < CANDIDATES; i++) {
            many.add(Candidate.udp("f" + i, 1, 1000 + i, new InetSocketAddress("198.51.100." + (i + 1), 4000), CandidateType.HOST,
                Optional.empty()));
        }
        agent.remote(new IceDescription(new IceCredentials("abcd", "0123456789012345678901"), false, List.of("ice2"), many, true, Map.of()),
            0);
        Map<InetSocketAddress, Long> began = new LinkedHashMap<>();
        for (long now = 0; now < 2 * Ticker.SECOND; ) {
            agent.timer(now);
            IceOutput output = agent.poll(now);
            for (; !(output instanceof IceOutput.Wait); output = agent.poll(now)) {
                if (output instanceof IceOutput.Transmit check) {
                    began.putIfAbsent(check.remote(), now);
                }
            }
            now = ((IceOutput.Wait) output).deadline();
        }
        List<Long> times = List.copyOf(began.values());
        assertEquals(CANDIDATES, times.size());
        for (int i = 1; i < times.size(); i++) {
            long gap = times.get(i) - times.get(i - 1);
            assertTrue(gap >= 50 * Ticker.MILLISECOND, () -> "only " + gap + " ns apart");
        }
        assertTrue(times.get(CANDIDATES - 1) <= CANDIDATES * 60 * Ticker.MILLISECOND, "and no slower");
    }
}
