package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipMethod;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps forged datagrams from making us a source of many: what goes over UDP to an address that has not shown that it hears us is no more
 * than {@link #FACTOR} times what came from there, and {@link #ALLOWANCE} bytes an hour. QUIC limits itself so (RFC 9000 §8).
 *
 * <p>An address shows that it hears us by a response to a request of ours, or by a request with a tag that we made. What our own user
 * starts, requests outside dialogs, is not limited, nor is ACK, which only answers responses.
 */
final class ReturnPaths {
    /** How many bytes may go out for one that came in. */
    static final int FACTOR = 3;
    /** What may go to an address whatever came from there: enough for one call whose every message is repeated in vain. */
    static final int ALLOWANCE = 16_384;

    private static final long LIFE = 3_600 * Ticker.SECOND;
    private static final int MOST = 10_000;

    /** One address. */
    private static final class Path {
        private long credit = ALLOWANCE;
        private long renewed;
        private long provenUntil;

        private Path(long now) {
            renewed = now;
        }
    }

    private final Map<InetAddress, Path> paths = new LinkedHashMap<>(16, 0.75f, true);

    private static boolean isForgeable(String protocol) {
        return protocol.equals("UDP");
    }

    /** Bytes came in. */
    void received(Flow flow, int bytes, long now) {
        if (isForgeable(flow.protocol())) {
            Path path = path(flow.remote().getAddress(), now);
            path.credit += (long) FACTOR * bytes;
        }
    }

    /** Something came that only somebody can send who got what we sent. */
    void proven(Flow flow, long now) {
        if (isForgeable(flow.protocol())) {
            path(flow.remote().getAddress(), now).provenUntil = now + LIFE;
        }
    }

    /** Tells whether a message may be sent; if so it counts as sent. */
    boolean admits(String protocol, InetSocketAddress peer, SipMessage message, long now) {
        boolean ours = message instanceof Request request && (request.to().tag().isEmpty() || request.method().equals(SipMethod.ACK));
        if (!isForgeable(protocol) || ours) {
            return true;
        }
        Path path = path(peer.getAddress(), now);
        if (now < path.provenUntil) {
            return true;
        }
        boolean enough = path.credit >= message.byteLength();
        path.credit -= enough ? message.byteLength() : 0;
        return enough;
    }

    private Path path(InetAddress address, long now) {
        Path path = paths.computeIfAbsent(address, unknown -> new Path(now));
        if (now - path.renewed > LIFE) {
            path.renewed = now;
            path.credit = ALLOWANCE;
        }
        if (paths.size() > MOST) {
            paths.remove(paths.keySet().iterator().next());
        }
        return path;
    }
}
