package io.earshot.sdk.internal.route;

import io.earshot.api.NatKind;
import io.earshot.sdk.internal.media.path.LocalRoute;
import io.earshot.sip.sdp.Attribute;
import io.earshot.sip.sdp.Connection;
import io.earshot.sip.sdp.MediaDescription;
import io.earshot.sip.sdp.SessionDescription;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The ways through NATs in the offers and answers of one call. Confined to the signalling loop. */
public final class RouteLine {
    private final Supplier<Optional<LocalRoute>> ours;
    private final TrickleLine trickle;
    private final Supplier<Optional<NatKind>> nat;

    /**
     * Makes one that tells what is known of our ways; empty when they are not looked for.
     *
     * @param nat the kind of NAT, where that is told
     */
    public RouteLine(Supplier<Optional<LocalRoute>> ours, TrickleLine trickle, Supplier<Optional<NatKind>> nat) {
        this.ours = ours;
        this.trickle = trickle;
        this.nat = nat;
    }

    /** Tells whether our offers tell ways to us, as those of ICE do. */
    public boolean tellsWays() {
        return ours.get().filter(route -> !route.attributes().isEmpty()).isPresent();
    }

    /** Returns a description of ours with our ways to the line of that index. */
    public SessionDescription outgoing(SessionDescription plain, int index) {
        return withNat(ours.get().map(route -> with(route.attributes().isEmpty() ? plain : trickle.named(plain, index), index, route))
                .orElse(plain));
    }

    /** Returns an answer of ours: our ways are told to peers that tell theirs, our public address to others. */
    public SessionDescription answer(SessionDescription plain, int index, SessionDescription offer) {
        boolean both = credentials(offer).isPresent();
        return withNat(ours.get().filter(route -> both || route.attributes().isEmpty()).map(route -> with(plain, index, route))
                .orElse(plain));
    }

    private SessionDescription withNat(SessionDescription plain) {
        return nat.get().map(kind -> NatLine.tell(plain, kind)).orElse(plain);
    }

    private SessionDescription with(SessionDescription plain, int index, LocalRoute route) {
        MediaDescription media = plain.media().get(index);
        for (String attribute : trickle.ours(route.attributes())) {
            media = media.with(new Attribute(attribute));
        }
        Optional<String> before = plain.connection(media).map(Connection::address);
        boolean holds = before.filter("0.0.0.0"::equals).isPresent();
        if (route.address().isPresent() && !holds) {
            InetSocketAddress address = route.address().get();
            String ip = address.getAddress().getHostAddress().replaceFirst("%.*", "");
            media = media.withPort(address.getPort());
            media = before.filter(ip::equals).isPresent() ? media : media.withConnection(Connection.of(ip));
            media = rtcp(media, route);
        }
        return plain.withMedia(index, media);
    }

    /** RTCP that does not share the port comes to another one than that above (RFC 3605). */
    private static MediaDescription rtcp(MediaDescription media, LocalRoute route) {
        return route.rtcp().map(address -> media.without("rtcp").with(Attribute.of("rtcp", address.getPort() + " IN "
                + (address.getAddress() instanceof Inet6Address ? "IP6 " : "IP4 ") + address.getAddress().getHostAddress()))).orElse(media);
    }

    /** Tells whether an offer tells ways for RTCP on a port of its own, or may yet do so. */
    public static boolean tellsReports(SessionDescription offer) {
        return offer.media().stream().anyMatch(media -> media.isType("audio") && (TrickleLine.isIn(offer) || media.attributes().stream()
                .anyMatch(one -> one.is("candidate") && one.value().matches("\\S+ +2 .*"))));
    }

    /** Tells whether RTCP shares the port of RTP in all of an offer's audio (RFC 5761). */
    public static boolean shares(SessionDescription offer) {
        return offer.media().stream().filter(media -> media.isType("audio")).allMatch(MediaDescription::rtcpMux);
    }

    private static boolean givenUp(SessionDescription theirs) {
        return theirs.attribute("ice-mismatch").isPresent()
                || theirs.media().stream().anyMatch(media -> media.attribute("ice-mismatch").isPresent());
    }

    /** Returns what the peer told of its ways to us for the line of that index. */
    public static List<String> told(SessionDescription theirs, int index) {
        return index >= theirs.media().size() || givenUp(theirs) ? List.of() : Stream.concat(theirs.attributes().stream(),
                theirs.media().get(index).attributes().stream()).filter(one -> RouteDesk.isRoute(one.name())).map(Attribute::text).toList();
    }

    /** Returns what names the peer's search; empty for a peer without ICE. It changes when the peer begins anew. */
    public static Optional<String> credentials(SessionDescription theirs) {
        return theirs.media().stream().flatMap(media -> media.attribute("ice-ufrag").stream()).findFirst()
                .or(() -> theirs.attribute("ice-ufrag")).map(Attribute::value);
    }
}
