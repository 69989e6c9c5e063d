package io.earshot.sip.ua;

import io.earshot.sip.im.Multipart;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.ResponseBuilder;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.sdp.SdpParser;
import io.earshot.sip.sdp.SdpResult;
import io.earshot.sip.sdp.SdpWriter;
import io.earshot.sip.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Session descriptions as bodies of messages, alone or as one part of several (RFC 5621): gateways to telephone networks put ISUP beside
 * them, others the caller's place. Of alternatives the last is the best (RFC 2046 §5.1.4).
 */
final class Bodies {
    /** What a body came to. */
    sealed interface Body {
        /** There is none, or none that is a session description. */
        record None() implements Body { }

        record Sdp(SessionDescription read) implements Body { }

        /** It claims to be a session description and is none. */
        record Broken(String detail) implements Body { }

        /** Returns the description; empty for no and for broken ones. */
        default Optional<SessionDescription> description() {
            return this instanceof Sdp sdp ? Optional.of(sdp.read()) : Optional.empty();
        }
    }

    /** Parts within parts. */
    private static final int DEEPEST = 3;

    private final SdpParser parser = new SdpParser();

    Body read(SipMessage message) {
        Optional<MediaType> type = message.bodyLength() > 0 ? message.contentType() : Optional.empty();
        return type.flatMap(known -> find(known, message.body(), 0)).map(this::parse).orElseGet(Body.None::new);
    }

    /** Tells whether a message of a call can be taken with this body: a description, or parts of which none is required and unknown. */
    static boolean isReadable(SipMessage message) {
        return message.contentType().filter(type -> isReadable(type, message.body(), 0)).isPresent();
    }

    private static boolean isReadable(MediaType type, byte[] body, int depth) {
        if (type.matches(MediaType.APPLICATION_SDP)) {
            return true;
        }
        List<Multipart.Part> parts = parts(type, body, depth);
        return !parts.isEmpty()
            && parts.stream().allMatch(part -> !part.isRequired() || isReadable(part.type(), part.content(), depth + 1));
    }

    private static Optional<byte[]> find(MediaType type, byte[] body, int depth) {
        if (type.matches(MediaType.APPLICATION_SDP)) {
            return Optional.of(body);
        }
        List<byte[]> found = new ArrayList<>();
        for (Multipart.Part part : parts(type, body, depth)) {
            find(part.type(), part.content(), depth + 1).ifPresent(found::add);
        }
        int best = type.subtype().equals("alternative") ? found.size() - 1 : 0;
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(best));
    }

    private static List<Multipart.Part> parts(MediaType type, byte[] body, int depth) {
        return type.type().equals("multipart") && depth < DEEPEST ? Multipart.parts(type, body) : List.of();
    }

    private Body parse(byte[] description) {
        SdpResult result = parser.parse(description);
        return result instanceof SdpResult.Parsed parsed ? new Body.Sdp(parsed.description())
            : new Body.Broken(((SdpResult.Malformed) result).detail());
    }

    static RequestBuilder write(RequestBuilder builder, Optional<SessionDescription> description) {
        description.ifPresent(sdp -> builder.body(MediaType.APPLICATION_SDP, SdpWriter.write(sdp)));
        return builder;
    }

    static ResponseBuilder write(ResponseBuilder builder, Optional<SessionDescription> description) {
        description.ifPresent(sdp -> builder.body(MediaType.APPLICATION_SDP, SdpWriter.write(sdp)));
        return builder;
    }
}
