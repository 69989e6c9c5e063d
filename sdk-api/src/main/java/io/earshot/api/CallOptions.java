package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.calls.CallHeader;
import io.earshot.api.calls.Presentation;
import io.earshot.api.check.Check;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to place or answer a call. Immutable; the {@code with} methods return changed copies.
 *
 * @param codecs names of the codecs for this call, best first; empty for the phone's
 * @param ringTimeout how long it may ring before we give up
 * @param headers extra SIP headers of the INVITE or of the answer, in order
 * @param offerless whether to send the INVITE without SDP and let the peer offer (RFC 3261 §13.2.1)
 * @param presentation who the peer sees as the caller; empty for the account's own
 * @param encryption whether the sound is encrypted; empty for the account's own
 */
public record CallOptions(List<String> codecs, Duration ringTimeout, Map<String, String> headers, boolean offerless,
        Optional<Presentation> presentation, Optional<MediaEncryption> encryption) {
    /** The phone's codecs, 90 s of ringing, no extra header, an offer in the INVITE. */
    public static final CallOptions DEFAULT = new CallOptions(List.of(), Duration.ofSeconds(90), Map.of(), false, Optional.empty(),
            Optional.empty());

    public CallOptions {
        codecs = Check.lines(codecs, "codecs");
        headers = Check.headers(headers, "headers");
        requireNonNull(presentation, "presentation");
        requireNonNull(encryption, "encryption");
        requireNonNull(ringTimeout, "ringTimeout");
        Check.range(ringTimeout, Duration.ofMillis(1), Duration.ofDays(1), "ringTimeout");
    }

    /** Returns a copy with these codecs only, best first. */
    public CallOptions withCodecs(String... names) {
        return new CallOptions(Check.list(names, "names"), ringTimeout, headers, offerless, presentation, encryption);
    }

    /** Returns a copy that rings no longer than this. */
    public CallOptions withRingTimeout(Duration timeout) {
        return new CallOptions(codecs, timeout, headers, offerless, presentation, encryption);
    }

    /** Returns a copy with one more SIP header. */
    public CallOptions withHeader(String name, String value) {
        Map<String, String> more = Check.withHeader(headers, name, value);
        return new CallOptions(codecs, ringTimeout, more, offerless, presentation, encryption);
    }

    /** Returns a copy whose INVITE carries no offer. */
    public CallOptions withoutOffer() {
        return new CallOptions(codecs, ringTimeout, headers, true, presentation, encryption);
    }

    /** Returns a copy with one more SIP header; a value for a header that is there already goes behind the first, as lists of SIP do. */
    public CallOptions with(CallHeader header) {
        String before = headers.get(requireNonNull(header, "header").name());
        return withHeader(header.name(), before == null ? header.value() : before + ", " + header.value());
    }

    /** Returns a copy in which the peer sees this caller. */
    public CallOptions withPresentation(Presentation shown) {
        return new CallOptions(codecs, ringTimeout, headers, offerless, Optional.of(requireNonNull(shown, "shown")),
                encryption);
    }

    /** Returns a copy whose sound is encrypted so. */
    public CallOptions withEncryption(MediaEncryption wanted) {
        return new CallOptions(codecs, ringTimeout, headers, offerless, presentation, Optional.of(requireNonNull(wanted, "wanted")));
    }

    /**
     * Returns a copy whose call takes the place of one that its target has (Replaces, RFC 3891): with what a dialog-info document says of a
     * call that rings somewhere (RFC 4235), this picks it up.
     *
     * @param callId the Call-ID of the call to replace
     * @param targetTag the tag of whoever we call
     * @param peerTag the tag of its present peer
     * @param earlyOnly whether to take it only if it is not answered yet
     */
    public CallOptions withReplacing(String callId, String targetTag, String peerTag, boolean earlyOnly) {
        return withHeader("Replaces", dialog(callId, targetTag, peerTag) + (earlyOnly ? ";early-only" : ""))
                .withHeader("Require", "replaces");
    }

    /** Returns a copy whose call joins one that its target has (Join, RFC 3911), otherwise as {@link #withReplacing}. */
    public CallOptions withJoining(String callId, String targetTag, String peerTag) {
        return withHeader("Join", dialog(callId, targetTag, peerTag)).withHeader("Require", "join");
    }

    private static String dialog(String callId, String targetTag, String peerTag) {
        if (requireNonNull(callId, "callId").isBlank() || !callId.matches("[^\\s\\p{Cntrl};,]+")) {
            throw new IllegalArgumentException("callId must be one word without blanks, ; and , as in a Call-ID header");
        }
        return callId + ";to-tag=" + Check.word(targetTag, "targetTag") + ";from-tag=" + Check.word(peerTag, "peerTag");
    }
}
