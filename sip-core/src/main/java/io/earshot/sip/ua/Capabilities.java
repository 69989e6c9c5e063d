package io.earshot.sip.ua;

/** What this user agent can read, as headers say it; {@link Extensions} knows its methods and option tags. */
final class Capabilities {
    /** What we ask for: who has more to say than a description is not invited to. */
    static final String ACCEPT = "application/sdp";

    /** What may come in a call. */
    static final String ACCEPT_IN_CALLS = ACCEPT + ", multipart/mixed, multipart/alternative";

    /** What MESSAGE may carry besides, for the answer to OPTIONS; its own list has what is made of parts. */
    static final String ACCEPT_ALL = ACCEPT + ", " + io.earshot.sip.im.ImContent.ACCEPT;

    static final String ACCEPT_ENCODING = "identity";

    private Capabilities() {
    }
}
