package io.earshot.sip.ua;

import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Request;
import io.earshot.sip.resolve.Literals;
import io.earshot.sip.sdp.Connection;
import io.earshot.sip.sdp.Line;
import io.earshot.sip.sdp.MediaDescription;
import io.earshot.sip.sdp.Origin;
import io.earshot.sip.sdp.SdpWriter;
import io.earshot.sip.sdp.SessionDescription;
import io.earshot.sip.transaction.Hop;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * An offer names our address of the IP version that the first server is reached by. When the request goes to another server by the other
 * version after all, the offer must say so too, or nobody can send us media.
 */
final class OfferFamily {
    private OfferFamily() {
    }

    /** Returns the request with an offer that fits this hop: the same request when it does already, or has none. */
    static Request fit(Context context, Request request, Hop hop) {
        Optional<InetAddress> own = Literals.parse(hop.sentByHost());
        Optional<SessionDescription> offer = own.isPresent() ? context.bodies.read(request).description() : Optional.empty();
        if (offer.isEmpty() || offer.get().connection().filter(known -> differs(known, own.get())).isEmpty()) {
            return request;
        }
        Connection now = Connection.of(plain(hop.sentByHost()));
        Origin old = offer.get().origin();
        SessionDescription moved = offer.get()
            .withOrigin(new Origin(old.username(), old.sessionId(), old.version(), now.addressType(), now.address()))
            .withLine(new Line('c', now.toString()));
        List<MediaDescription> media = moved.media().stream()
            .map(one -> one.connection().filter(known -> differs(known, own.get())).isPresent() ? one.withConnection(now) : one).toList();
        return request.toBuilder().body(MediaType.APPLICATION_SDP, SdpWriter.write(moved.withMedia(media))).build();
    }

    private static boolean differs(Connection known, InetAddress own) {
        return Literals.parse(known.address()).filter(address -> !address.isAnyLocalAddress() && address.getClass() != own.getClass())
            .isPresent();
    }

    private static String plain(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
