package io.earshot.transport.ws;

/** Sentences about servers that open no WebSocket. */
final class Refusals {
    static final String NO_SIP = "the server does not speak SIP over WebSocket: it did not take up the sub-protocol \"sip\"";

    private Refusals() {
    }

    /** What an answer means that is not the one that opens a WebSocket (RFC 6455 §4.1). */
    static String of(int status, String phrase, Address address) {
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
}
