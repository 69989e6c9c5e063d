package io.earshot.sip.message;

import java.util.Objects;

/** A URI of a scheme this package does not interpret; kept byte for byte. */
public final class OtherUri implements Uri {
    private final String text;
    private final String scheme;

    OtherUri(String text, int colon) {
        this.text = text;
        this.scheme = Chars.lowerCase(text.substring(0, colon));
    }

    @Override
    public String scheme() {
        return scheme;
    }

    /** Returns what follows the colon of the scheme. */
    public String schemeSpecificPart() {
        return text.substring(scheme.length() + 1);
    }

    @Override
    public boolean equivalent(Uri other) {
        return other instanceof OtherUri uri && uri.scheme.equals(scheme) && uri.schemeSpecificPart().equals(schemeSpecificPart());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OtherUri uri && uri.text.equals(text);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
