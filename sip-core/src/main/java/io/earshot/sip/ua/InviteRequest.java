package io.earshot.sip.ua;

import static java.util.Objects.requireNonNull;

import io.earshot.api.codec.FinalCodec;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Uri;
import io.earshot.sip.sdp.SessionDescription;
import java.util.List;
import java.util.Optional;

/**
 * What to call, and with which offer.
 *
 * @param target Request-URI and To of the call
 * @param offer the session description to offer; empty for an INVITE without offer, whose 2xx brings the offer (RFC 3264 §4)
 * @param headers further headers of the INVITE
 * @param callId the Call-ID to use, for callers that want to know it from the start; empty for one of the engine's making
 * @param followRedirects whether 3xx answers are followed, at most {@link EngineConfig#maxRedirects()} of them; otherwise they end the call
 *     as {@link Failure.Redirected}
 * @param from who calls, without a tag; empty for the account's own identity
 * @param finalCodec whether the ACK names the chosen codec
 */
public record InviteRequest(Uri target, Optional<SessionDescription> offer, List<ExtraHeader> headers, boolean followRedirects,
        Optional<String> callId, Optional<NameAddr> from, FinalCodec finalCodec) {
    public InviteRequest {
        requireNonNull(from, "from");
        requireNonNull(finalCodec, "finalCodec");
        requireNonNull(callId, "callId");
        requireNonNull(target, "target");
        requireNonNull(offer, "offer");
        headers = List.copyOf(headers);
    }

    /** Makes a request whose ACK is empty. */
    public InviteRequest(Uri target, Optional<SessionDescription> offer, List<ExtraHeader> headers, boolean followRedirects,
            Optional<String> callId, Optional<NameAddr> from) {
        this(target, offer, headers, followRedirects, callId, from, FinalCodec.NEVER);
    }

    /** Makes a request whose Call-ID the engine makes. */
    public InviteRequest(Uri target, Optional<SessionDescription> offer, List<ExtraHeader> headers, boolean followRedirects) {
        this(target, offer, headers, followRedirects, Optional.empty());
    }

    /** Makes a request in the account's own name. */
    public InviteRequest(Uri target, Optional<SessionDescription> offer, List<ExtraHeader> headers, boolean followRedirects,
            Optional<String> callId) {
        this(target, offer, headers, followRedirects, callId, Optional.empty());
    }

    /** Returns the same request in another name. */
    public InviteRequest withFrom(NameAddr caller) {
        return new InviteRequest(target, offer, headers, followRedirects, callId, Optional.of(caller.withoutTag()), finalCodec);
    }

    /** Returns a request that offers a session, follows redirects and has no further headers. */
    public static InviteRequest of(Uri target, SessionDescription offer) {
        return new InviteRequest(target, Optional.of(offer), List.of(), true);
    }

    /** Returns a request without offer that follows redirects and has no further headers. */
    public static InviteRequest withoutOffer(Uri target) {
        return new InviteRequest(target, Optional.empty(), List.of(), true);
    }
}
