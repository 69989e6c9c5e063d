package io.earshot.transport.ws;

import io.earshot.api.time.Ticker;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.util.Locale;

/** Sentences about what goes wrong with connections. */
final class Reasons {
    static final String NO_SIP = "the server does not speak SIP over WebSocket: it did not take up the sub-protocol \"sip\"";

    private Reasons() {
    }

    static String text(InetSocketAddress address) {
        return address.isUnresolved() ? address.getHostString() + " port " + address.getPort()
            : plain(address) + " port " + address.getPort();
    }

    /** Returns the IP address without zone. */
    static String plain(InetSocketAddress address) {
        String ip = address.getAddress().getHostAddress();
        int zone = ip.indexOf('%');
        return zone < 0 ? ip : ip.substring(0, zone);
    }

    /** Why no connection could be made. */
    static String connecting(Throwable cause) {
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
        return "it cannot be connected to: " + detail(cause);
    }

    /** Why a connection broke. */
    static String broken(Throwable cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("reset") || message.contains("broken pipe")) {
            return "the peer reset the connection";
        }
        return message.contains("timed out") ? "the peer does not answer any more" : "the connection broke: " + detail(cause);
    }

    /** What an answer means that is not the one that opens a WebSocket (RFC 6455 §4.1). */
    static String refused(int status, String phrase, Address address) {
        String answer = "the server answered HTTP " + status + " " + phrase;
        return switch (status) {
            case 401, 403 -> answer + ": it wants a login, or another origin";
            case 404 -> answer + ": there is no WebSocket at " + address.uri().getRawPath();
            case 407 -> answer + ": a proxy on the way wants a login";
            case 301, 302, 307, 308 -> answer + ": the WebSocket is elsewhere";
            case 426 -> answer + ": it wants another version of WebSocket";
            default -> answer + " and opened no WebSocket";
        };
    }

    static String seconds(long nanoseconds) {
        return nanoseconds % Ticker.SECOND == 0 ? nanoseconds / Ticker.SECOND + " s" : nanoseconds / Ticker.MILLISECOND + " ms";
    }

    static String detail(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
