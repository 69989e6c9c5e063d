package io.earshot.sip.auth;

/**
 * A header to put into a request.
 *
 * @param proxy {@code Proxy-Authorization}, or else {@code Authorization}
 * @param value the header's value
 */
public record Authorization(boolean proxy, String value) {
    /** Returns the header's name. */
    public String headerName() {
        return proxy ? "Proxy-Authorization" : "Authorization";
    }

    /** Returns the header's name only: with a captured response, passwords can be guessed off line. */
    @Override
    public String toString() {
        return headerName() + ": ***";
    }
}
