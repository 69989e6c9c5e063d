package io.earshot.sip.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.transaction.TransactionLayer.Output;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the layer does with time, whatever its transactions are. */
@Tag("rfc3261")
class LayerTimeTest {
    private static final Request OPTIONS = Messages.request("OPTIONS").toBuilder().remove(HeaderName.VIA).build();
    private static final Request INVITE = Messages.request("INVITE").toBuilder().remove(HeaderName.VIA).build();
    private static final long T1 = Timers.DEFAULT.t1();

    @Test
    void anIdleLayerWaitsForEver() {
        TransactionLayer layer = new TransactionLayer(Timers.DEFAULT, TransactionLimits.DEFAULT, IdSource.seeded(1));
        assertEquals(new Output.Wait(Ticker.NEVER), layer.poll());
        layer.onTime(Ticker.SECOND);
        assertEquals(new Output.Wait(Ticker.NEVER), layer.poll());
    }

    @Test
    void equalDeadlinesComeInTheOrderOfTheirTransactions() {
        LayerScript script = new LayerScript().send(0, OPTIONS, LayerScript.UDP_HOP).send(0, INVITE, LayerScript.UDP_HOP)
            .send(0, OPTIONS, LayerScript.UDP_HOP);
        assertEquals("0>OPTIONS 0>INVITE 0>OPTIONS 1>OPTIONS 1>INVITE 1>OPTIONS", script.runTo(2).text());
    }

    @Test
    void theSoonestDeadlineIsTheOneWaitedFor() {
        TransactionLayer layer = new TransactionLayer(Timers.DEFAULT, TransactionLimits.DEFAULT, IdSource.seeded(1));
        layer.send(OPTIONS, LayerScript.TCP_HOP, 0);
        assertEquals(64 * T1, drain(layer));
        layer.send(INVITE, LayerScript.UDP_HOP, 7);
        assertEquals(7 + T1, drain(layer));
        layer.onTime(7 + T1 - 1);
        assertEquals(7 + T1, drain(layer), "woken too early: nothing happens");
        layer.onTime(7 + T1);
        assertEquals(7 + 3 * T1, drain(layer));
        layer.onTransportError("UDP", LayerScript.PEER, "refused", 8 + T1);
        assertEquals(64 * T1, drain(layer), "the deadline of a transaction that is over is gone");
    }

    @Test
    void afterAStallEachTransactionActsOnce() {
        TransactionLayer layer = new TransactionLayer(Timers.DEFAULT, TransactionLimits.DEFAULT, IdSource.seeded(1));
        for (int i = 0; i < 5; i++) {
            layer.send(i % 2 == 0 ? INVITE : OPTIONS, LayerScript.UDP_HOP, i);
        }
        drain(layer);
        layer.onTime(40 * T1);
        for (int i = 0; i < 5; i++) {
            assertInstanceOf(Output.Transmit.class, layer.poll());
        }
        Output.Wait wait = assertInstanceOf(Output.Wait.class, layer.poll());
        assertTrue(wait.deadline() > 40 * T1);
        layer.onTime(10_000 * T1);
        for (int i = 0; i < 5; i++) {
            assertInstanceOf(Output.Failed.class, layer.poll());
            assertInstanceOf(Output.Terminated.class, layer.poll());
        }
        assertEquals(new Output.Wait(Ticker.NEVER), layer.poll());
    }

    private static long drain(TransactionLayer layer) {
        Output next = layer.poll();
        while (!(next instanceof Output.Wait)) {
            next = layer.poll();
        }
        return ((Output.Wait) next).deadline();
    }
}
