package io.earshot.sip.message;

/** Which headers {@link SipMessage#check()} parses: those the transaction, dialog and user agent layers read. */
final class HeaderCheck {
    private static final HeaderName[] TOKENS = {HeaderName.ALLOW, HeaderName.SUPPORTED, HeaderName.REQUIRE, HeaderName.PROXY_REQUIRE,
        HeaderName.UNSUPPORTED, HeaderName.ALLOW_EVENTS, HeaderName.EVENT, HeaderName.CONTENT_DISPOSITION, HeaderName.CONTENT_ENCODING,
        HeaderName.SUBSCRIPTION_STATE};
    private static final HeaderName[] NUMBERS = {HeaderName.EXPIRES, HeaderName.MIN_EXPIRES, HeaderName.SESSION_EXPIRES, HeaderName.MIN_SE,
        HeaderName.RETRY_AFTER, HeaderName.RSEQ};
    private static final HeaderName[] ADDRESSES = {HeaderName.REFER_TO, HeaderName.REFERRED_BY, HeaderName.REPLY_TO};
    private static final HeaderName[] ADDRESS_LISTS = {HeaderName.PATH, HeaderName.SERVICE_ROUTE, HeaderName.P_ASSERTED_IDENTITY};

    private HeaderCheck() {
    }

    /** Leaves the first defect in {@code d}. Numbers in responses are hints and may be broken. */
    static void run(TypedHeaders typed, boolean request, TypedHeaders.Defects d) {
        boolean sound = typed.vias(d) != null && typed.from(d) != null && typed.to(d) != null && typed.callId(d) != null
            && typed.cseq(d) != null && typed.number(HeaderName.MAX_FORWARDS, 255, d) != null && typed.contacts(d) != null
            && typed.routes(d) != null && typed.recordRoutes(d) != null && typed.contentType(d) != null;
        for (int i = 0; sound && i < TOKENS.length; i++) {
            sound = typed.tokens(TOKENS[i], d) != null;
        }
        for (int i = 0; sound && request && i < NUMBERS.length; i++) {
            sound = typed.seconds(NUMBERS[i], d) != null;
        }
        for (int i = 0; sound && i < ADDRESSES.length; i++) {
            sound = typed.address(ADDRESSES[i], d) != null;
        }
        for (int i = 0; sound && i < ADDRESS_LISTS.length; i++) {
            sound = typed.addresses(ADDRESS_LISTS[i], d) != null;
        }
    }
}
