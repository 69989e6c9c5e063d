package io.earshot.sdk.internal.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.id.IdSource;
import io.earshot.sip.message.ParseResult;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipLimits;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipParser;
import io.earshot.sip.sdp.AudioCapabilities;
import io.earshot.sip.sdp.MediaAddress;
import io.earshot.sip.sdp.MediaNegotiation;
import io.earshot.sip.sdp.NegotiatedAudio;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** We are at 192.168.1.7, and others see us at 203.0.113.2. */
class NeighbourhoodTest {
    private static final List<Neighbourhood.Network> NETWORKS = List.of(new Neighbourhood.Network(ip("192.168.1.7"), 24),
            new Neighbourhood.Network(ip("fd00:1::7"), 64));

    private static InetAddress ip(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException never) {
            throw new AssertionError(never);
        }
    }

    private static List<InetAddress> ips(String... all) {
        return Stream.of(all).map(NeighbourhoodTest::ip).toList();
    }

    private static SipMessage parse(String firstLine, String vias, String contact) {
        String text = firstLine + "\r\n" + vias + "From: <sip:a@example.com>;tag=1\r\nTo: <sip:b@example.com>;tag=2\r\nCall-ID: x\r\n"
                + "CSeq: 1 INVITE\r\nMax-Forwards: 70\r\nContact: " + contact + "\r\nContent-Length: 0\r\n\r\n";
        return ((ParseResult.Parsed) new SipParser(SipLimits.DEFAULT).parse(text.getBytes(StandardCharsets.US_ASCII))).message();
    }

    private static PeerPlace invite(String vias, String contact) {
        return PeerPlace.of((Request) parse("INVITE sip:b@203.0.113.2:40000 SIP/2.0", vias, contact));
    }

    @Test
    void anInviteShowsWhereItsFirstServerSawThePeerWhereCallsToItGoAndWhereItIsAtHome() {
        String proxy = "Via: SIP/2.0/UDP 198.51.100.1:5060;branch=z9hG4bK1;received=198.51.100.99\r\n";
        String peer = "Via: SIP/2.0/UDP 192.168.2.2:5060;branch=z9hG4bK2;rport=1024;received=203.0.113.6\r\n";
        assertEquals(new PeerPlace(ips("203.0.113.6", "192.168.2.2"), ips("203.0.113.2")), invite(proxy + peer, "<sip:a@192.168.2.2>"));
        assertEquals(new PeerPlace(ips("203.0.113.6", "192.168.2.2"), ips("203.0.113.2")), invite(proxy + peer, "<sip:a@203.0.113.6:7>"));
        assertEquals(new PeerPlace(List.of(), ips("203.0.113.2")),
                invite("Via: SIP/2.0/UDP a.invalid:5060;branch=z9hG4bK2;received=nonsense\r\n", "<tel:+15551234>"), "names tell nothing");
    }

    @Test
    void aResponseShowsWhereThePeerIsAndWhereOurServerSeesUs() {
        String ours = "Via: SIP/2.0/UDP 192.168.1.7:5060;branch=z9hG4bK2;rport=1024;received=203.0.113.2\r\n";
        assertEquals(new PeerPlace(ips("2001:db8::6"), ips("203.0.113.2")),
                PeerPlace.of((Response) parse("SIP/2.0 200 OK", ours, "<sip:b@[2001:db8::6]>")));
    }

    @Test
    void whatIsKnownFromElsewhereOfUsIsAddedOnce() {
        PeerPlace place = new PeerPlace(ips("192.168.1.9"), ips("203.0.113.2"));
        assertEquals(place, place.with(Optional.of(ip("203.0.113.2"))).with(Optional.empty()));
        assertEquals(ips("203.0.113.2", "203.0.113.3"), place.with(Optional.of(ip("203.0.113.3"))).ours());
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.5, 203.0.113.6, 203.0.113.6",       // it named its private address, and is elsewhere
        "100.64.3.4, 203.0.113.6, 203.0.113.6",     // its provider's
        "169.254.3.4, 203.0.113.6, 203.0.113.6",
        "fd00:2::5, 2001:db8::6, 2001:db8::6",
        "fd00:2::5, 203.0.113.6, ",                 // another kind of address leads nowhere
        "fd00:1::5, 2001:db8::6, ",                 // in our own network
        "192.168.1.9, 203.0.113.6, ",               // we reach it ourselves
        "198.51.100.7, 203.0.113.6, ",              // a public address is believed
        "0.0.0.0, 203.0.113.6, ",                   // it wants no sound
        "10.0.0.5, 10.9.9.9, ",                     // its signalling is private too
        "10.0.0.5, 203.0.113.2, "})                 // behind our own router, in a network that leads to ours
    void aPrivateAddressOfAFarPeerIsRepaired(String told, String signalling, String better) {
        PeerPlace place = new PeerPlace(ips(told, signalling), ips("203.0.113.2"));
        assertEquals(Optional.ofNullable(better).map(NeighbourhoodTest::ip), Neighbourhood.better(ip(told), place, NETWORKS));
    }

    @Test
    void bothPortsOfTheSoundAreSoughtWhereThePeerIsAndNothingElseOfWhatWasAgreedOnChanges() {
        AudioCodecProvider provider = ServiceLoader.load(AudioCodecProvider.class).findFirst().orElseThrow();
        MediaNegotiation.Offered theirs = MediaNegotiation.start(capabilities(provider, "10.0.0.5"), IdSource.seeded(1)).offer();
        NegotiatedAudio agreed = ((MediaNegotiation.Accepted) MediaNegotiation.start(capabilities(provider, "192.168.1.7"),
                IdSource.seeded(2)).answer(theirs.offer())).audio();
        PeerPlace place = new PeerPlace(ips("203.0.113.6", "10.0.0.5"), ips("203.0.113.2"));
        NegotiatedAudio reached = Neighbourhood.reached(agreed, place, NETWORKS);
        assertEquals(new MediaAddress("203.0.113.6", 4000), reached.remote());
        assertEquals(Optional.of(new MediaAddress("203.0.113.6", 4001)), reached.remoteRtcp());
        assertEquals(agreed, reached.withRemote(agreed.remote(), agreed.remoteRtcp()));
        assertEquals(agreed, Neighbourhood.reached(agreed, PeerPlace.UNKNOWN, NETWORKS));
    }

    private static AudioCapabilities capabilities(AudioCodecProvider provider, String host) {
        return AudioCapabilities.builder(new MediaAddress(host, 4000)).rtcpPort(4001)
                .codec(provider.codecs().get(0), provider).build();
    }

    @Test
    void aPeerIsBehindOurRouterWhereOthersSeeBothAtOneAddressAndItIsAtHomeInOurNetwork() {
        List<InetAddress> ours = ips("203.0.113.2");
        assertTrue(Neighbourhood.isNear(new PeerPlace(ips("203.0.113.2", "192.168.1.9"), ours), NETWORKS));
        assertFalse(Neighbourhood.isNear(new PeerPlace(ips("203.0.113.6", "192.168.1.9"), ours), NETWORKS),
                "another house with the same numbers");
        assertFalse(Neighbourhood.isNear(new PeerPlace(ips("203.0.113.2", "192.168.5.9"), ours), NETWORKS),
                "another customer behind the provider's router");
        assertFalse(Neighbourhood.isNear(new PeerPlace(ips("192.168.1.9"), ips("192.168.1.7")), NETWORKS), "nobody is seen elsewhere");
        assertFalse(Neighbourhood.isNear(PeerPlace.UNKNOWN, NETWORKS));
    }
}
