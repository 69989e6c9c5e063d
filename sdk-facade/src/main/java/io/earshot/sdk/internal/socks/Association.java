package io.earshot.sdk.internal.socks;

import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.proxy.spi.ProxyHandshake;
import io.earshot.api.proxy.spi.UdpAssociation;
import io.earshot.api.time.Ticker;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * An association with a proxy that carries datagrams, for as long as it is wanted: made, bound to its TCP connection, and made anew when
 * that breaks. Without I/O and clock: tell it what happens, and do what {@link #poll} says. Times are in ns; for one thread.
 */
final class Association {
    /** How long the proxy may take to answer. */
    static final long PATIENCE = 10 * Ticker.SECOND;
    /** After the second failure in a row; each doubles it. The first is followed by an attempt at once. */
    static final long FIRST_PAUSE = 500 * Ticker.MILLISECOND;
    static final long LAST_PAUSE = 30 * Ticker.SECOND;
    /** How long a proxy that carries no datagrams, or does not know us, is left alone. */
    static final long REFUSED_PAUSE = 300 * Ticker.SECOND;

    /** What to do. */
    sealed interface Output {
        /** Connect to the proxy, looking it up; {@link #connected} or {@link #closed} follows. */
        record Connect() implements Output { }

        /** Send this over the connection. */
        record Send(ByteBuffer data) implements Output { }

        /** End the connection, if there is one; nothing follows. */
        record Close() implements Output { }

        /** Datagrams go to this relay from now on. */
        record Open(InetSocketAddress relay) implements Output { }

        /** Datagrams do not go; another attempt follows. */
        record Lost(String reason) implements Output { }

        /** The proxy does not want to carry them. */
        record Refused(String reason) implements Output { }

        /** Nothing to do until then. */
        record Wait(long deadline) implements Output { }
    }

    private enum State { IDLE, CONNECTING, TALKING, OPEN, OVER }

    private final ProxyConfig proxy;
    private final Queue<Output> outputs = new ArrayDeque<>();
    private State state = State.IDLE;
    private UdpAssociation talk;
    private InetSocketAddress server = new InetSocketAddress(0);
    private long deadline = Ticker.NEVER;
    private long pause;

    /** Makes one. @param proxy of the kind SOCKS5 */
    Association(ProxyConfig proxy) {
        this.proxy = proxy;
        this.talk = new UdpAssociation(proxy);
    }

    /** Begins. */
    void start(long now) {
        if (state == State.IDLE) {
            connect(now);
        }
    }

    private void connect(long now) {
        state = State.CONNECTING;
        deadline = now + PATIENCE;
        outputs.add(new Output.Connect());
    }

    /** The connection is there. @param to the proxy's address */
    void connected(InetSocketAddress to, long now) {
        if (state == State.CONNECTING) {
            state = State.TALKING;
            server = to;
            talk = new UdpAssociation(proxy);
            outputs.add(new Output.Send(talk.begin()));
        }
    }

    /** Something came from the proxy. */
    void received(ByteBuffer data, long now) {
        while (state == State.TALKING && data.hasRemaining()) {
            ProxyHandshake.Verdict verdict = talk.received(data);
            if (verdict == ProxyHandshake.Verdict.REPLY) {
                outputs.add(new Output.Send(talk.reply()));
            } else if (verdict == ProxyHandshake.Verdict.OPEN) {
                state = State.OPEN;
                deadline = Ticker.NEVER;
                pause = 0;
                outputs.add(new Output.Open(talk.relay(server)));
            } else if (verdict != ProxyHandshake.Verdict.MORE) {
                outputs.add(new Output.Close());
                outputs.add(new Output.Refused(talk.reason()));
                rest(now + REFUSED_PAUSE);
            }
        }
    }

    /** The connection ended, or could not be had. */
    void closed(String reason, long now) {
        if (state == State.OVER || state == State.IDLE) {
            return;
        }
        outputs.add(new Output.Lost(reason));
        rest(now + pause);
        pause = Math.min(LAST_PAUSE, Math.max(FIRST_PAUSE, 2 * pause));
    }

    private void rest(long until) {
        state = State.IDLE;
        deadline = until;
    }

    /** Time passed. */
    void onTime(long now) {
        if (now < deadline || state == State.OVER) {
            return;
        }
        if (state == State.IDLE) {
            connect(now);
        } else {
            outputs.add(new Output.Close());
            closed("the SOCKS proxy " + proxy.host() + " does not answer", now);
        }
    }

    /** Ends it. */
    void end() {
        state = State.OVER;
        deadline = Ticker.NEVER;
        outputs.clear();
        outputs.add(new Output.Close());
    }

    /** Returns the next thing to do; {@link Output.Wait} when that was all. */
    Output poll() {
        Output next = outputs.poll();
        return next == null ? new Output.Wait(deadline) : next;
    }
}
