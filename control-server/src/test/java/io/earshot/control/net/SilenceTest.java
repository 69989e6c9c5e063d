package io.earshot.control.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.control.Access;
import io.earshot.control.ControlConfig;
import io.earshot.control.FakeTarget;
import io.earshot.control.desk.Desk;
import io.earshot.control.text.RequestReader;
import io.earshot.control.web.Guard;
import io.earshot.control.web.RestDoor;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long clients of the Windows service may say nothing (B-208), on a clock that stands still. */
class SilenceTest {
    private final FakeTarget target = new FakeTarget();
    private final Desk desk = new Desk(target, -1, 60, Runnable::run, Runnable::run);

    private EmbeddedChannel client(boolean windows) {
        EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
        channel.freezeTime();
        Hub hub = new Hub(desk, new Guard(Access.LOCAL), new RestDoor(desk), new RequestReader(desk.functions()), ControlConfig.DEFAULT,
                new Meter.Total(1 << 20));
        Meter meter = new Meter(hub.pending());
        channel.pipeline().addLast(meter);
        ChannelHandlerContext context = channel.pipeline().context(meter);
        channel.pipeline().addLast(new LineConnection(hub, windows, context, meter));
        return channel;
    }

    private static String ask(EmbeddedChannel client, String request) {
        client.writeInbound(Outlet.bytes(request + "\r\n"));
        return heard(client);
    }

    private static String heard(EmbeddedChannel client) {
        StringBuilder text = new StringBuilder();
        for (ByteBuf bytes = client.readOutbound(); bytes != null; bytes = client.readOutbound()) {
            text.append(bytes.toString(StandardCharsets.UTF_8));
            bytes.release();
        }
        return text.toString();
    }

    private static void pass(EmbeddedChannel client, long seconds) {
        client.advanceTimeBy(seconds, TimeUnit.SECONDS);
        client.runScheduledPendingTasks();
    }

    @Test
    void aClientOfTheWindowsServiceIsLetGoAfterThreeMinutesAndWhatItDidEnds() {
        EmbeddedChannel client = client(true);
        assertEquals("OK: API_Call succeed\r\n", ask(client, "API_Call,-1,bob"));
        pass(client, 179);
        assertTrue(client.isOpen());
        ask(client, "API_HTTPKeepAlive");
        pass(client, 179);
        assertTrue(client.isOpen(), "it was kept alive");
        assertEquals(0, target.expirations.get());
        pass(client, 1);
        assertTrue(heard(client).contains("WARNING,The connection is closed"));
        assertFalse(client.isOpen());
        assertEquals(1, target.expirations.get());
    }

    @Test
    void whatTheLastClientDidEndsAndNotWhatOthersDo() {
        EmbeddedChannel silent = client(true);
        EmbeddedChannel busy = client(true);
        ask(silent, "API_Test");
        ask(busy, "API_Test");
        pass(silent, 180);
        assertFalse(silent.isOpen());
        assertTrue(busy.isOpen());
        assertEquals(0, target.expirations.get());
    }

    @Test
    void theTimeIsThatOfTheParameterAndZeroIsForEver() {
        EmbeddedChannel client = client(true);
        ask(client, "API_SetParameter,httpsessiontimeout,10");
        ask(client, "API_Test");
        pass(client, 599);
        assertTrue(client.isOpen());
        ask(client, "API_SetParameter,httpsessiontimeout,0");
        ask(client, "API_Test");
        pass(client, 1_000_000);
        assertTrue(client.isOpen());
        EmbeddedChannel plain = client(false);
        desk.session().configure(60);
        ask(plain, "API_Test");
        pass(plain, 1_000_000);
        assertTrue(plain.isOpen(), "programs that are not the Windows service's are left alone while they are connected");
    }
}
