package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.MILLISECOND;
import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.dns.spi.DnsResolver.RecordType;
import io.earshot.sip.auth.Credentials;
import io.earshot.sip.auth.DigestServer;
import io.earshot.sip.auth.SignedRequest;
import io.earshot.sip.auth.UserStore;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.Uri;
import io.earshot.sip.sdp.SdpWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens between a command and the right server: redirection, credentials, the next server, the outbound proxy. */
@Tag("rfc3261")
class RequestsTest {
    private final Lan lan = new Lan(6);
    private final Phone alice = lan.phone("alice", "10.0.0.1");
    private final Phone bob = lan.phone("bob", "10.0.0.2").answering(10);

    @AfterEach
    void nothingIsLeft() {
        alice.engine.shutdown(lan.now);
        lan.runFor(200 * SECOND);
        assertTrue(alice.engine.isIdle(), alice.engine.toString());
    }

    private void redirecting(Script server, int status, String... contacts) {
        server.onRequest = request -> {
            if (request.method().equals(SipMethod.INVITE)) {
                server.send(server.reply(request, status, "r").setAll(HeaderName.CONTACT, List.of(contacts)).build());
            }
        };
    }

    @Test
    void redirectionsAreFollowedBestFirst() {
        Script server = lan.script("server", "10.0.0.20");
        Script busy = lan.script("busy", "10.0.0.21");
        busy.onRequest = request -> {
            if (request.method().equals(SipMethod.INVITE)) {
                busy.send(busy.reply(request, 486, "b").build());
            }
        };
        redirecting(server, 302, "<" + bob.uri() + ">;q=0.3", "<" + busy.uri() + ">;q=0.9");
        alice.call(server);
        lan.runFor(SECOND);
        assertEquals(1, alice.all(SipEvent.Answered.class).size());
        Request first = server.requests(SipMethod.INVITE).get(0);
        Request second = busy.requests(SipMethod.INVITE).get(0);
        Request third = bob.last(SipEvent.IncomingCall.class).request();
        assertEquals(List.of(first.callId(), first.callId()), List.of(second.callId(), third.callId()));
        assertEquals(List.of(1L, 2L, 3L), List.of(first.cseq().number(), second.cseq().number(), third.cseq().number()));
        assertEquals(first.from(), third.from());
        assertEquals(bob.uri(), third.requestUri());
    }

    @Test
    void requestsOutsideCallsAndInThemMayPass70Proxies() {
        Script server = lan.script("server", "10.0.0.20");
        server.onRequest = request -> {
            if (request.method().equals(SipMethod.INVITE)) {
                server.send(server.reply(request, 200, "s").body(MediaType.APPLICATION_SDP, SdpWriter.write(Phone.sdp("s"))).build());
            } else if (!request.method().equals(SipMethod.ACK)) {
                server.send(server.reply(request, 200, "s").build());
            }
        };
        SessionId call = alice.call(server);
        lan.runFor(SECOND);
        alice.engine.hangup(call, lan.now);
        lan.runFor(SECOND);
        for (SipMethod method : List.of(SipMethod.INVITE, SipMethod.ACK, SipMethod.BYE)) {
            assertEquals(Optional.of("70"), server.requests(method).get(0).value(HeaderName.MAX_FORWARDS), method.name());
        }
    }

    @Test
    void redirectionInCirclesEnds() {
        Script one = lan.script("one", "10.0.0.20");
        Script two = lan.script("two", "10.0.0.21");
        redirecting(one, 302, "<" + two.uri() + ">");
        redirecting(two, 302, "<" + one.uri() + ">");
        alice.call(one);
        lan.runFor(SECOND);
        assertInstanceOf(Failure.Redirected.class, alice.ended());
    }

    @Test
    void redirectionWithoutEndStopsAtTheLimit() {
        Script server = lan.script("server", "10.0.0.20");
        int[] count = {0};
        server.onRequest = request -> {
            if (request.method().equals(SipMethod.INVITE)) {
                server.send(server.reply(request, 302, "r").set(HeaderName.CONTACT, "<sip:n" + ++count[0] + "@10.0.0.20>").build());
            }
        };
        alice.call(server);
        lan.runFor(SECOND);
        assertInstanceOf(Failure.Redirected.class, alice.ended());
        assertEquals(6, count[0]);
    }

    @Test
    void redirectionIsReportedWhenItShallNotBeFollowed() {
        Script server = lan.script("server", "10.0.0.20");
        redirecting(server, 302, "<" + bob.uri() + ">");
        alice.engine.invite(alice.account, new InviteRequest(server.uri(), Optional.of(Phone.sdp("o")), List.of(), false), lan.now);
        lan.runFor(SECOND);
        assertEquals(List.of(bob.uri()),
            assertInstanceOf(Failure.Redirected.class, alice.ended()).contacts().stream().map(NameAddr::uri).toList());
    }

    @Test
    void theCallIsSentAgainWithCredentialsAndTheAckCarriesThem() {
        Script proxy = lan.script("proxy", "10.0.0.20");
        DigestServer digest = new DigestServer(DigestServer.Settings.of("example.org"),
            UserStore.of(List.of(Credentials.password("alice", "example.org", "secret"))), lan.newIds());
        proxy.onRequest = request -> {
            if (!request.method().equals(SipMethod.INVITE)) {
                return;
            }
            boolean known = request.value(HeaderName.PROXY_AUTHORIZATION).map(value -> digest.verify(value, new SignedRequest("INVITE",
                request.requestUri().toString(), request.body()), lan.now) instanceof DigestServer.Accepted).orElse(false);
            if (known) {
                proxy.send(proxy.reply(request, 200, "p").body(io.earshot.sip.message.MediaType.APPLICATION_SDP,
                    io.earshot.sip.sdp.SdpWriter.write(Phone.sdp("answer"))).build());
            } else {
                String challenge = digest.challenges(false, lan.now).get(0);
                proxy.send(proxy.reply(request, 407, "p").set(HeaderName.PROXY_AUTHENTICATE, challenge).build());
            }
        };
        AccountId account = alice.engine.addAccount(AccountSettings.builder(Uri.parse("sip:alice@example.org"))
            .outboundProxy(Uri.parse("sip:10.0.0.20")).credentials(Credentials.password("alice", "secret")).build(), lan.now);
        alice.engine.invite(account, InviteRequest.of(bob.uri(), Phone.sdp("o")), lan.now);
        lan.runFor(SECOND);
        List<Request> invites = proxy.requests(SipMethod.INVITE);
        assertEquals(2, invites.size());
        assertEquals("<sip:10.0.0.20;lr>", invites.get(0).routes().get(0).toString());
        assertEquals(bob.uri(), invites.get(0).requestUri());
        assertEquals(invites.get(0).cseq().number() + 1, invites.get(1).cseq().number());
        assertEquals(1, alice.all(SipEvent.Answered.class).size());
        assertEquals(invites.get(1).value(HeaderName.PROXY_AUTHORIZATION),
            proxy.requests(SipMethod.ACK).get(1).value(HeaderName.PROXY_AUTHORIZATION));
    }

    @Test
    void theNextServerIsTriedAfter503() {
        Script full = lan.script("full", "10.0.0.20");
        full.onRequest = request -> {
            if (request.method().equals(SipMethod.INVITE)) {
                full.send(full.reply(request, 503, "f").build());
            }
        };
        lan.dns = (name, type) -> switch (name + " " + type) {
            case "_sip._udp.example.net SRV" -> new DnsAnswer.Found(List.of(new DnsAnswer.Srv(1, 0, 5060, "a.example.net"),
                new DnsAnswer.Srv(2, 0, 5060, "closed.example.net"), new DnsAnswer.Srv(3, 0, 5060, "b.example.net")), 60);
            case "a.example.net A" -> found("10.0.0.20");
            case "closed.example.net A" -> found("10.0.0.66");
            case "b.example.net A" -> found("10.0.0.2");
            default -> new DnsAnswer.NoSuchName();
        };
        alice.engine.invite(alice.account, InviteRequest.of(Uri.parse("sip:bob@example.net"), Phone.sdp("o")), lan.now);
        lan.runFor(SECOND);
        assertEquals(1, alice.all(SipEvent.Answered.class).size());
        assertEquals(1, full.requests(SipMethod.INVITE).size());
    }

    private static DnsAnswer found(String ip) {
        return new DnsAnswer.Found(List.of(new DnsAnswer.Address(Lan.address(ip, 0).getAddress())), 60);
    }

    @Test
    void aCallToAnUnknownNameEndsWithASentence() {
        alice.engine.invite(alice.account, InviteRequest.of(Uri.parse("sip:x@sip.nowhere.invalid"), Phone.sdp("o")), lan.now);
        lan.runFor(SECOND);
        assertEquals("Cannot find the server 'sip.nowhere.invalid': no such name in DNS", alice.ended().sentence());
    }

    @Test
    void aCallIntoSilentDnsEndsWithin32Seconds() {
        lan.dns = (name, type) -> {
            throw new AssertionError("never asked");
        };
        SessionId call = alice.engine.invite(alice.account, InviteRequest.of(Uri.parse("sip:x@slow.example"), Phone.sdp("o")), lan.now);
        while (!(alice.engine.poll() instanceof EngineOutput.Wait)) {
            lan.now += 0; // the questions are lost
        }
        for (int second = 1; second <= 32; second++) {
            alice.engine.onTime(second * SECOND);
            for (EngineOutput next = alice.engine.poll(); !(next instanceof EngineOutput.Wait); next = alice.engine.poll()) {
                if (next instanceof EngineOutput.Event event) {
                    alice.events.add(event.event());
                }
            }
        }
        lan.now = 33 * SECOND;
        assertEquals("Cannot find the server 'slow.example': DNS did not answer within 8 s", alice.ended().sentence());
        assertTrue(!alice.engine.hangup(call, lan.now));
    }

    @Test
    void optionsAreAsked() {
        QueryId query = alice.engine.options(alice.account, bob.uri(), lan.now);
        lan.runFor(SECOND);
        SipEvent.OptionsAnswered answered = alice.last(SipEvent.OptionsAnswered.class);
        assertEquals(query, answered.query());
        assertEquals(200, answered.response().status());
        alice.engine.options(alice.account, Uri.parse("sip:10.0.0.99"), lan.now);
        lan.runFor(SECOND);
        assertInstanceOf(Failure.TransportFailed.class, alice.last(SipEvent.OptionsFailed.class).cause());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 403, 405, 481, 489, 501})
    void aNotifyForASignOfLifeIsOfNoSubscriptionAndTakesAnyAnswer(int status) {
        Script server = lan.script("server", "10.0.0.20");
        server.onRequest = request -> server.send(server.reply(request, status, "s").build());
        QueryId query = alice.engine.notifyAlive(alice.account, Uri.parse("sip:10.0.0.20"), lan.now);
        lan.runFor(SECOND);
        SipEvent.OptionsAnswered answered = alice.last(SipEvent.OptionsAnswered.class);
        assertEquals(query, answered.query());
        assertEquals(status, answered.response().status());
        Request notify = server.requests(SipMethod.NOTIFY).get(0);
        assertEquals("keep-alive", notify.value(HeaderName.EVENT).orElseThrow());
        assertEquals(Optional.empty(), notify.to().tag());
        assertFalse(notify.has(HeaderName.ACCEPT));
        assertEquals(0, notify.body().length);
        assertEquals(List.of(), alice.all(EventNews.class), "nothing else is told");
    }

    @Test
    void aNotifyForASignOfLifeThatNobodyAnswersFails() {
        Script server = lan.script("server", "10.0.0.20");
        server.onRequest = request -> { };
        alice.engine.notifyAlive(alice.account, Uri.parse("sip:10.0.0.20"), lan.now);
        lan.runFor(40 * SECOND);
        assertInstanceOf(Failure.TimedOut.class, alice.last(SipEvent.OptionsFailed.class).cause());
        assertTrue(server.requests(SipMethod.NOTIFY).size() > 5, "repeated");
    }

    @Test
    void hangingUpWhileTheNameIsLookedUpSendsNothing() {
        SessionId call = alice.engine.invite(alice.account, InviteRequest.of(Uri.parse("sip:x@slow.example"), Phone.sdp("o")), lan.now);
        alice.drain();
        alice.engine.hangup(call, lan.now);
        lan.runFor(MILLISECOND);
        lan.dns = (name, type) -> type == RecordType.A ? found("10.0.0.2") : new DnsAnswer.Unsupported();
        lan.runFor(SECOND);
        assertEquals(0, alice.sentDatagrams);
        assertInstanceOf(EndCause.Cancelled.class, alice.ended());
    }

    @Test
    void extraHeadersAreSentAndTheEnginesOwnAreNotToBeReplaced() {
        alice.engine.invite(alice.account, new InviteRequest(bob.uri(), Optional.of(Phone.sdp("o")),
            List.of(ExtraHeader.of("X-Ticket", "42")), true), lan.now);
        lan.runFor(SECOND);
        assertEquals(Optional.of("42"), bob.last(SipEvent.IncomingCall.class).request().value(HeaderName.of("X-Ticket")));
        org.junit.jupiter.api.Assertions.assertThrows(IllegalArgumentException.class, () -> ExtraHeader.of("v", "x"));
        org.junit.jupiter.api.Assertions.assertThrows(IllegalArgumentException.class, () -> ExtraHeader.of("X", "a\r\nVia: b"));
    }

    @Test
    void aCallToOneselfWorks() {
        alice.answering(10);
        SessionId call = alice.call(alice);
        lan.runFor(SECOND);
        assertEquals(1, alice.all(SipEvent.Answered.class).size());
        assertEquals(1, alice.all(SipEvent.Confirmed.class).size());
        alice.engine.hangup(call, lan.now);
        lan.runFor(SECOND);
        assertEquals(2, alice.all(SipEvent.Ended.class).size());
    }
}
