package io.earshot.control.net;

import io.earshot.control.desk.Desk;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Lets a client of the Windows service go that has sent no request for {@code httpsessiontimeout} minutes. When no other client is left,
 * what it did ends too: a program that crashed must not hold a call for ever.
 */
final class Silence {
    private static final String FAREWELL = "WPNOTIFICATION,EVENT,WARNING,The connection is closed: no request came for httpsessiontimeout "
            + "minutes (API_HTTPKeepAlive is one too),NEOL\r\n";

    private final Desk desk;
    private final boolean counts;
    private Optional<Future<?>> timer = Optional.empty();

    /** Makes one that does nothing unless the client is one of the Windows service. */
    Silence(Desk desk, boolean windows) {
        this.desk = desk;
        this.counts = windows;
    }

    /** Hears that a request came; {@code leave} takes the client off the desk. */
    void broken(ChannelHandlerContext context, Runnable leave) {
        end();
        int minutes = desk.session().windowsMinutes();
        if (counts && minutes > 0) {
            timer = Optional.of(context.executor().schedule(() -> tooLong(context, leave), minutes, TimeUnit.MINUTES));
        }
    }

    private void tooLong(ChannelHandlerContext context, Runnable leave) {
        leave.run();
        if (!desk.hasConnection()) {
            desk.expire();
        }
        context.writeAndFlush(Outlet.bytes(FAREWELL)).addListener(ChannelFutureListener.CLOSE);
    }

    void end() {
        timer.ifPresent(waiting -> waiting.cancel(false));
        timer = Optional.empty();
    }
}
