package io.earshot.transport.common;

import io.earshot.api.proxy.spi.ProxiedNames;
import io.earshot.api.time.Ticker;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.util.Locale;

/** Sentences about what goes wrong with connections. */
public final class Reasons {
    private Reasons() {
    }

    /** Returns an address as people write it in a sentence. */
    public static String text(InetSocketAddress address) {
        return plain(address) + " port " + address.getPort();
    }

    /** Returns the IP address without zone, or the name of a peer that only a proxy can look up. */
    public static String plain(InetSocketAddress address) {
        return ProxiedNames.target(address);
    }

    /** Why no connection could be made. */
    public static String connecting(Throwable cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("refused")) {
            return "the connection was refused: nothing listens there, or a firewall rejects it";
        }
        if (message.contains("timed out")) {
            return "no answer to the attempt to connect";
        }
        if (cause instanceof NoRouteToHostException || message.contains("unreachable") || message.contains("no route")) {
            return "there is no route to it";
        }
        return (cause instanceof ConnectException ? "it cannot be connected to: " : "the connection failed: ") + detail(cause);
    }

    /** Why a connection broke. */
    public static String broken(Throwable cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("reset") || message.contains("broken pipe")) {
            return "the peer reset the connection";
        }
        return message.contains("timed out") ? "the peer does not answer any more" : "the connection broke: " + detail(cause);
    }

    /** Returns a length of time, given in nanoseconds, in seconds or else in milliseconds. */
    public static String seconds(long nanoseconds) {
        return nanoseconds % Ticker.SECOND == 0 ? nanoseconds / Ticker.SECOND + " s" : nanoseconds / Ticker.MILLISECOND + " ms";
    }

    /** Returns what there is to say about it: its message, else its kind. */
    public static String detail(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
