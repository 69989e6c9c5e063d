package io.earshot.sip.ua;

/** What this user agent can read, as headers say it; {@link Extensions} knows its methods and option tags. */
final class Capabilities {
    static final String ACCEPT = "application/sdp";

    static final String ACCEPT_ENCODING = "identity";

    private Capabilities() {
    }
}
