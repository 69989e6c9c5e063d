package io.earshot.sip.message;

import java.util.Objects;

/** A SIP method. Names are case-sensitive (RFC 3261 §7.1); methods not known here are kept as they are. */
public final class SipMethod {
    /** RFC 3261 §13. */
    public static final SipMethod INVITE = new SipMethod("INVITE");
    /** RFC 3261 §13, §17. */
    public static final SipMethod ACK = new SipMethod("ACK");
    /** RFC 3261 §15. */
    public static final SipMethod BYE = new SipMethod("BYE");
    /** RFC 3261 §9. */
    public static final SipMethod CANCEL = new SipMethod("CANCEL");
    /** RFC 3261 §11. */
    public static final SipMethod OPTIONS = new SipMethod("OPTIONS");
    /** RFC 3261 §10. */
    public static final SipMethod REGISTER = new SipMethod("REGISTER");
    /** RFC 3262. */
    public static final SipMethod PRACK = new SipMethod("PRACK");
    /** RFC 3311. */
    public static final SipMethod UPDATE = new SipMethod("UPDATE");
    /** RFC 6086. */
    public static final SipMethod INFO = new SipMethod("INFO");
    /** RFC 3428. */
    public static final SipMethod MESSAGE = new SipMethod("MESSAGE");
    /** RFC 6665. */
    public static final SipMethod SUBSCRIBE = new SipMethod("SUBSCRIBE");
    /** RFC 6665. */
    public static final SipMethod NOTIFY = new SipMethod("NOTIFY");
    /** RFC 3515. */
    public static final SipMethod REFER = new SipMethod("REFER");
    /** RFC 3903. */
    public static final SipMethod PUBLISH = new SipMethod("PUBLISH");

    private static final SipMethod[] KNOWN = {INVITE, ACK, BYE, CANCEL, OPTIONS, REGISTER, PRACK, UPDATE, INFO, MESSAGE, SUBSCRIBE, NOTIFY,
        REFER, PUBLISH};

    private final String name;

    private SipMethod(String name) {
        this.name = name;
    }

    /**
     * Returns the method of that name.
     *
     * @throws IllegalArgumentException if {@code name} is not a token
     */
    public static SipMethod of(String name) {
        Objects.requireNonNull(name, "name");
        for (SipMethod method : KNOWN) {
            if (method.name.equals(name)) {
                return method;
            }
        }
        if (!Chars.all(name, Chars.TOKEN)) {
            throw new IllegalArgumentException("not a SIP method: \"" + name + "\"");
        }
        return new SipMethod(name);
    }

    /** Returns the method whose name the bytes spell, or null if they are not a token. */
    static SipMethod of(byte[] buf, int from, int to) {
        for (SipMethod method : KNOWN) {
            if (method.matches(buf, from, to)) {
                return method;
            }
        }
        for (int i = from; i < to; i++) {
            if (!Chars.is(buf[i], Chars.TOKEN)) {
                return null;
            }
        }
        return from < to ? new SipMethod(Bytes.text(buf, from, to)) : null;
    }

    private boolean matches(byte[] buf, int from, int to) {
        if (to - from != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (buf[from + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the name as it is on the wire. */
    public String name() {
        return name;
    }

    /** Returns whether a request with this method can create a dialog (RFC 3261 §12.1, RFC 6665, RFC 3515). */
    public boolean createsDialog() {
        return this == INVITE || this == SUBSCRIBE || this == REFER;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SipMethod method && method.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
