package io.earshot.sdk.internal.call;

import io.earshot.api.ServerPing;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.ua.Failure;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Asks the server of one account again and again while it is registered, as often as suits its transport. Confined to its loop. */
final class ServerWatch {
    private static final Set<String> CONNECTIONS = Set.of("tcp", "tls");

    /** What is watched, and by what. */
    interface Line {
        /** Tells whether there will be anything to ask again. */
        boolean isOpen();

        boolean isRegistered();

        /** Asks once; takes why nothing came back, or that something did. */
        void ask(ServerPing.Method method, Consumer<Optional<Failure>> outcome);

        /** The server does not answer. */
        void lost();
    }

    private final IoLoop loop;
    private final Line line;
    private ServerPing ping = ServerPing.NEVER;
    private boolean connected;
    private Optional<IoLoop.Scheduled> next = Optional.empty();
    /** What was asked before the last change is of no interest. */
    private int round;

    ServerWatch(IoLoop loop, Line line) {
        this.loop = loop;
        this.line = line;
    }

    void set(ServerPing wanted) {
        ping = wanted;
        begin();
    }

    /** The account is registered at this Contact, which tells how the server is reached. */
    void registered(Uri contact) {
        boolean now = contact instanceof SipUri at && (at.isSecure()
                || at.transport().filter(transport -> CONNECTIONS.contains(transport.toLowerCase(Locale.ROOT))).isPresent());
        if (now != connected) {
            connected = now;
            begin();
        }
    }

    private void begin() {
        next.ifPresent(IoLoop.Scheduled::cancel);
        next = Optional.empty();
        schedule(++round);
    }

    private void schedule(int mine) {
        long interval = (connected ? ping.connectionInterval() : ping.interval()).toNanos();
        if (interval > 0 && mine == round && line.isOpen()) {
            next = Optional.of(loop.schedule(interval, () -> turn(mine)));
        }
    }

    private void turn(int mine) {
        if (mine != round || !line.isOpen()) {
            return;
        }
        if (!line.isRegistered()) {
            schedule(mine);
            return;
        }
        line.ask(ping.method(), failure -> {
            if (mine == round && line.isOpen()) {
                failure.filter(ServerWatch::isSilence).ifPresent(silence -> line.lost());
                schedule(mine);
            }
        });
    }

    /** A server that refuses is there. */
    private static boolean isSilence(Failure failure) {
        return !(failure instanceof Failure.AuthenticationFailed || failure instanceof Failure.Rejected
                || failure instanceof Failure.Redirected);
    }
}
