package io.earshot.sip.ua;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.SipMessage;

/** Option tags of calls. */
final class Tags {
    /** RFC 3262. */
    static final String RELIABLE = "100rel";

    /** RFC 4028. */
    static final String TIMER = "timer";

    /** RFC 6228. */
    static final String EARLY_END = "199";

    /** RFC 4916. */
    static final String FROM_CHANGE = "from-change";

    /** RFC 8840, an Info Package of the same name too. */
    static final String TRICKLE = "trickle-ice";

    private Tags() {
    }

    static boolean requires(SipMessage message, String tag) {
        return has(message, HeaderName.REQUIRE, tag);
    }

    /** Tells whether the sender understands an extension; it may say so by requiring it. */
    static boolean supports(SipMessage message, String tag) {
        return has(message, HeaderName.SUPPORTED, tag) || requires(message, tag);
    }

    static boolean has(SipMessage message, HeaderName header, String token) {
        return message.tokens(header).stream().anyMatch(token::equalsIgnoreCase);
    }
}
