package io.earshot.sip.ua;

/** What this user agent can read, as headers say it; {@link Extensions} knows its methods and option tags. */
final class Capabilities {
    static final String ACCEPT = "application/sdp";

    /** What MESSAGE may carry besides, for the answer to OPTIONS. */
    static final String ACCEPT_ALL = ACCEPT + ", " + io.earshot.sip.im.ImContent.ACCEPT;

    static final String ACCEPT_ENCODING = "identity";

    private Capabilities() {
    }
}
