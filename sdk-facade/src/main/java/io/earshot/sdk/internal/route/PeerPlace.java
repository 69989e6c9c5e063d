package io.earshot.sdk.internal.route;

import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.message.Via;
import io.earshot.sip.sdp.MediaAddress;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the peer of a call and we are, as the signalling between us shows it: what servers on the way saw, and what each says of itself.
 *
 * @param theirs addresses of the peer's end, the most telling first
 * @param ours addresses at which others see us
 */
public record PeerPlace(List<InetAddress> theirs, List<InetAddress> ours) {
    /** Of a peer that has said nothing yet. */
    public static final PeerPlace UNKNOWN = new PeerPlace(List.of(), List.of());

    /** Copies the lists. */
    public PeerPlace {
        theirs = List.copyOf(theirs);
        ours = List.copyOf(ours);
    }

    /**
     * Reads the peer's INVITE: where the first server saw it, or we did, where calls to it go, and where it says it is; and where it,
     * or its server, takes us to be.
     */
    public static PeerPlace of(Request invite) {
        Optional<Via> first = invite.vias().stream().reduce((before, last) -> last);
        return new PeerPlace(Stream.of(first.flatMap(Via::received), contact(invite), first.map(Via::host)).flatMap(Optional::stream)
                .map(PeerPlace::literal).flatMap(Optional::stream).distinct().toList(),
                host(invite.requestUri()).flatMap(PeerPlace::literal).stream().toList());
    }

    /** Reads a response of the peer's to our INVITE: where requests to it go, and where our own first server sees us. */
    public static PeerPlace of(Response response) {
        return new PeerPlace(contact(response).flatMap(PeerPlace::literal).stream().toList(),
                response.vias().stream().reduce((before, last) -> last).flatMap(Via::received).flatMap(PeerPlace::literal).stream()
                        .toList());
    }

    /** Returns this with what is known from elsewhere of where others see us. */
    public PeerPlace with(Optional<InetAddress> seen) {
        Set<InetAddress> all = new LinkedHashSet<>(ours);
        seen.ifPresent(all::add);
        return new PeerPlace(theirs, List.copyOf(all));
    }

    private static Optional<String> contact(SipMessage message) {
        return message.contacts().stream().findFirst().map(NameAddr::uri).flatMap(PeerPlace::host);
    }

    private static Optional<String> host(Uri uri) {
        return uri instanceof SipUri sip ? Optional.of(sip.host()) : Optional.empty();
    }

    private static Optional<InetAddress> literal(String host) {
        String plain = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return plain.isEmpty() || plain.chars().anyMatch(c -> c <= ' ' || c > '~') ? Optional.empty() : new MediaAddress(plain, 9)
                .literal();
    }
}
