package io.earshot.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.earshot.api.id.IdSource;
import io.earshot.testkit.ManualTicker;
import io.earshot.testkit.Transcript;
import io.earshot.testkit.net.VirtualNetwork;
import org.junit.jupiter.api.Test;

@Simulated(seed = 42)
class SimulationExtensionTest {
    @Test
    void fillsParametersInThatBelongTogether(VirtualNetwork net, ManualTicker ticker, Transcript transcript, IdSource ids) {
        assertEquals(42, net.seed());
        assertSame(net.ticker(), ticker);
        assertSame(net.transcript(), transcript);
        assertEquals(VirtualNetwork.seeded(42).ids("test").nextLong(), ids.nextLong());
    }

    @Test
    @Simulated(seed = 7)
    void prefersTheSeedOfTheMethod(VirtualNetwork net) {
        assertEquals(7, net.seed());
    }

    @Test
    void startsEachTestAnew(VirtualNetwork net) {
        assertEquals(0, net.now());
        net.runUntil(5);
    }

    @Test
    void startsEachTestAnewIndeed(VirtualNetwork net) {
        startsEachTestAnew(net);
    }
}
