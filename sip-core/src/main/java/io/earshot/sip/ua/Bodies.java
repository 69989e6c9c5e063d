package io.earshot.sip.ua;

import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.ResponseBuilder;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.sdp.SdpParser;
import io.earshot.sip.sdp.SdpResult;
import io.earshot.sip.sdp.SdpWriter;
import io.earshot.sip.sdp.SessionDescription;
import java.util.Optional;

/** Session descriptions as bodies of messages. */
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

    private final SdpParser parser = new SdpParser();

    Body read(SipMessage message) {
        boolean claimed = message.bodyLength() > 0
            && message.contentType().filter(type -> type.matches(MediaType.APPLICATION_SDP)).isPresent();
        if (!claimed) {
            return new Body.None();
        }
        SdpResult result = parser.parse(message.body());
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
