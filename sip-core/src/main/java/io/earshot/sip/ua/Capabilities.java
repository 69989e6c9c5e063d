package io.earshot.sip.ua;

import io.earshot.sip.message.SipMethod;
import java.util.List;
import java.util.Set;

/** What this user agent can do, as headers say it. */
final class Capabilities {
    /** The Allow header. */
    static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS";

    /** The Supported header: no extension yet. Being there, and empty, says so (RFC 3261 §20.37). */
    static final String SUPPORTED = "";

    static final String ACCEPT = "application/sdp";

    static final String ACCEPT_ENCODING = "identity";

    /** The option tags that may stand in Require. */
    static final Set<String> EXTENSIONS = Set.of();

    private static final List<SipMethod> ALLOWED =
        List.of(SipMethod.INVITE, SipMethod.ACK, SipMethod.CANCEL, SipMethod.BYE, SipMethod.OPTIONS);

    /** Methods that are known, and so get 405 and not 501. */
    private static final List<SipMethod> KNOWN = List.of(SipMethod.REGISTER, SipMethod.PRACK, SipMethod.UPDATE, SipMethod.INFO,
        SipMethod.MESSAGE, SipMethod.SUBSCRIBE, SipMethod.NOTIFY, SipMethod.REFER, SipMethod.PUBLISH);

    private Capabilities() {
    }

    static boolean allows(SipMethod method) {
        return ALLOWED.contains(method);
    }

    static boolean knows(SipMethod method) {
        return KNOWN.contains(method) || allows(method);
    }
}
