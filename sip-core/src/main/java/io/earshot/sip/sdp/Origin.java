package io.earshot.sip.sdp;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * The {@code o=} line: who made the description, which session it is of and which version (RFC 8866 §5.2).
 *
 * @param username the login, or {@code -}
 * @param sessionId digits, the same for the life of a session
 * @param version digits, one more with each change
 * @param addressType {@code IP4} or {@code IP6}
 * @param address address or name of the maker's machine
 */
public record Origin(String username, String sessionId, String version, String addressType, String address) {
    /** More digits than 64 bits need; longer ones only cost time. */
    private static final int MAX_DIGITS = 40;

    public Origin {
        Text.requireOneLine(username, "o= username");
        if (username.isBlank()) {
            throw new IllegalArgumentException("o= username must not be empty; '-' stands for none");
        }
        requireDigits(sessionId, "session id");
        requireDigits(version, "version");
        Text.requireToken(addressType, "o= address type");
        Text.requireToken(address, "o= address");
    }

    private static void requireDigits(String text, String what) {
        if (!Text.digits(text) || text.length() > MAX_DIGITS) {
            throw new IllegalArgumentException("o= " + what + " must be 1 to " + MAX_DIGITS + " digits");
        }
    }

    /** Returns the first version of a session at an IP address. */
    public static Origin first(String username, String sessionId, String address) {
        return new Origin(username, sessionId, "1", Connection.typeOf(address), address);
    }

    /** Returns the value of the line, or empty when it cannot be read. A username with blanks, which some phones send, can be. */
    public static Optional<Origin> parse(String value) {
        List<String> fields = Text.fields(value);
        int n = fields.size();
        if (n < 6) {
            return Optional.empty();
        }
        try {
            String username = String.join(" ", fields.subList(0, n - 5));
            return Optional.of(new Origin(username, fields.get(n - 5), fields.get(n - 4), fields.get(n - 2), fields.get(n - 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns the origin of the next, changed description of the same session (RFC 3264 §8). */
    public Origin next() {
        return new Origin(username, sessionId, new BigInteger(version).add(BigInteger.ONE).toString(), addressType, address);
    }

    /** Returns the value as it goes on the wire. */
    @Override
    public String toString() {
        return username + " " + sessionId + " " + version + " IN " + addressType + " " + address;
    }
}
