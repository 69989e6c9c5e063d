package io.earshot.sip.message;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One value of Via (RFC 3261 §20.42, RFC 3581).
 *
 * @param protocol name and version, {@code SIP/2.0}
 * @param transport in upper case: {@code UDP}, {@code TCP}, {@code TLS}, {@code WS}, {@code WSS} or another token
 * @param host the host of sent-by, an IPv6 address without brackets
 * @param port the port of sent-by, or -1 if none is given
 * @param parameters branch, received, rport and others
 */
public record Via(String protocol, String transport, String host, int port, Parameters parameters) {
    /** What the branch of RFC 3261 elements begins with (§8.1.1.7). */
    public static final String MAGIC_COOKIE = "z9hG4bK";

    /** Checks the parts. */
    public Via {
        requireNonNull(protocol, "protocol");
        if (!Chars.all(requireNonNull(transport, "transport"), Chars.TOKEN)) {
            throw new IllegalArgumentException("not a transport: \"" + transport + "\"");
        }
        transport = Chars.upperCase(transport);
        requireNonNull(host, "host");
        requireNonNull(parameters, "parameters");
        if (port != -1 && (port < 1 || port > 65535)) {
            throw new IllegalArgumentException("port out of range: " + port);
        }
    }

    /**
     * Returns a Via of SIP/2.0.
     *
     * @param host a name or an address, IPv6 with or without brackets
     * @param port 1 to 65535, or -1 for none
     * @param branch the transaction's branch
     */
    public static Via of(String transport, String host, int port, String branch) {
        return new Via("SIP/2.0", transport, Hosts.require(host), port, Parameters.of("branch", branch));
    }

    /**
     * Parses one value.
     *
     * @throws IllegalArgumentException naming the value and what is wrong with it
     */
    public static Via parse(String text) {
        Cursor cursor = new Cursor(requireNonNull(text, "text"));
        Via via = read(cursor);
        if (via == null || !cursor.finished()) {
            throw new IllegalArgumentException("malformed Via \"" + text + "\": " + cursor.defect());
        }
        return via;
    }

    /** Reads one value up to a comma or the end; null if malformed. */
    static Via read(Cursor c) {
        Via via = readSentBy(c);
        if (via == null) {
            return null;
        }
        Parameters parameters = Parameters.read(c);
        return parameters == null ? null : parameters.isEmpty() ? via : via.withParameters(parameters);
    }

    /** Reads protocol, transport and sent-by only; null if malformed. */
    static Via readSentBy(Cursor c) {
        c.skipBlanks();
        String name = c.token("protocol");
        if (name == null) {
            return null;
        }
        if (!c.accept('/')) {
            return c.fail("'/' missing in the protocol");
        }
        String version = c.token("protocol version");
        if (version == null) {
            return null;
        }
        boolean usual = version.equals("2.0") && Chars.equalsIgnoreCase(name, "SIP");
        String protocol = usual ? "SIP/2.0" : name + '/' + version;
        if (!c.accept('/')) {
            return c.fail("'/' missing in the protocol");
        }
        String transport = c.token("transport");
        if (transport == null) {
            return null;
        }
        if (!Bytes.isBlank((byte) c.peek())) {
            return c.fail("white space missing behind the transport");
        }
        c.skipBlanks();
        String host = Hosts.read(c, c.end);
        if (host == null) {
            return null;
        }
        int port = -1;
        if (c.accept(':')) {
            port = Hosts.readPort(c, c.end);
            if (port < 0) {
                return null;
            }
        }
        return new Via(protocol, transport, host, port, Parameters.NONE);
    }

    /** Returns the branch parameter. */
    public Optional<String> branch() {
        return parameters.get("branch");
    }

    /** Returns whether the branch was made by an RFC 3261 element and identifies the transaction (§17.2.3). */
    public boolean hasMagicCookie() {
        String branch = parameters.raw("branch");
        return branch != null && branch.length() > MAGIC_COOKIE.length()
            && branch.regionMatches(true, 0, MAGIC_COOKIE, 0, MAGIC_COOKIE.length());
    }

    /** Returns the received parameter, an IPv6 address without brackets. */
    public Optional<String> received() {
        return parameters.get("received").map(a -> a.startsWith("[") && a.endsWith("]") ? a.substring(1, a.length() - 1) : a);
    }

    /** Returns whether rport is there, with or without a value (RFC 3581 §3). */
    public boolean hasRport() {
        return parameters.has("rport");
    }

    /** Returns the value of rport; empty if it is absent, has no value, or none from 1 to 65535. */
    public OptionalInt rport() {
        String raw = parameters.raw("rport");
        long port = raw == null ? -1 : Bytes.number(raw, 65535);
        return port < 1 ? OptionalInt.empty() : OptionalInt.of((int) port);
    }

    /** Returns the maddr parameter. */
    public Optional<String> maddr() {
        return parameters.get("maddr");
    }

    /** Returns the same value with another branch. */
    public Via withBranch(String branch) {
        return withParameters(parameters.with("branch", branch));
    }

    /** Returns the same value with the source address of the request (§18.2.1). */
    public Via withReceived(String address) {
        return withParameters(parameters.with("received", address));
    }

    /** Returns the same value with the source port of the request filled in (RFC 3581 §4). */
    public Via withRport(int sourcePort) {
        return withParameters(parameters.with("rport", Integer.toString(sourcePort)));
    }

    /** Returns the same value asking for a symmetric response (RFC 3581 §3). */
    public Via withRport() {
        return withParameters(parameters.with("rport"));
    }

    /** Returns the same value with other parameters. */
    public Via withParameters(Parameters newParameters) {
        return new Via(protocol, transport, host, port, newParameters);
    }

    /** Returns the wire form. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(96).append(protocol).append('/').append(transport).append(' ');
        Hosts.append(out, host, port);
        parameters.appendTo(out);
        return out.toString();
    }
}
