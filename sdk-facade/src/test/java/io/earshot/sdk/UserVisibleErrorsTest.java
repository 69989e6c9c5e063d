package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallOptions;
import io.earshot.api.FailOverConfig;
import io.earshot.api.Failure;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.RegistrationConfig;
import io.earshot.api.PhoneEvent;
import io.earshot.api.VoipException;
import io.earshot.api.calls.CallLimits;
import io.earshot.api.calls.CallRules;
import io.earshot.api.calls.Dialling;
import io.earshot.api.calls.Identity;
import io.earshot.api.raw.SipRequest;
import java.io.File;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What people read when something goes wrong, to the letter. Every text stands in {@code docs/errors.md}, a row for each situation, and
 * the test fails when the page and the engine differ. Ports and addresses that change from run to run stand there as {@code PORT}.
 */
@Timeout(60)
class UserVisibleErrorsTest {
    private static final Path PAGE = Path.of("..", "docs", "errors.md");

    /** Asserts that a situation reads like this, here and on the page. */
    private static void reads(String situation, String expected, String actual) throws IOException {
        assertEquals(expected, actual, situation);
        String row = "| " + situation + " | " + expected + " |";
        assertTrue(Files.readString(PAGE).contains(row), () -> PAGE + " lacks this row:\n" + row);
    }

    private static String general(String sentence) {
        return sentence.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT").replaceAll("port \\d+", "port PORT");
    }

    private static String sentence(org.junit.jupiter.api.function.Executable action) {
        return general(Rig.failure(action).sentence());
    }

    @Test
    void wrongPassword() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            reads("wrong password",
                    "Authentication failed: the server rejected user alice or its password for realm 'test'.",
                    sentence(() -> phone.register(rig.config("alice").withPassword("wrong"))));
            reads("no password",
                    "The server asks for a user name and password (realm 'test'), but none are configured.",
                    sentence(() -> phone.register(AccountConfig.of(rig.server.uri("alice")))));
        }
    }

    @Test
    void unknownDomain() throws Exception {
        try (Phone phone = Rig.builder().open()) {
            Account account = phone.addAccount(AccountConfig.of("sip:me@127.0.0.1"));
            reads("unknown domain, call",
                    "Cannot find the server 'no-such-host.invalid': no such name in DNS.",
                    sentence(() -> account.dial("sip:x@no-such-host.invalid").awaitAnswer()));
            reads("unknown domain, registration",
                    "Cannot find the server 'no-such-host.invalid': no such name in DNS.",
                    sentence(() -> phone.register(AccountConfig.of("sip:me@no-such-host.invalid", "secret"))));
        }
    }

    @Test
    void watchesThatCannotBe() throws Exception {
        try (Phone phone = Rig.builder().open()) {
            Account account = phone.addAccount(AccountConfig.of("sip:me@127.0.0.1"));
            reads("malformed target to watch", "The target 'tel:5' is no SIP address: write sip:user@domain.",
                    sentence(() -> account.watches().line("tel:5")));
            reads("life of a subscription", "The life of a subscription must be 10 s to 1 day, not 5 s.",
                    sentence(() -> account.watches().withExpires(java.time.Duration.ofSeconds(5))));
        }
    }

    @Test
    void portInUse() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(Rig.ANY_PORT)) {
            List<String> before = Rig.threads();
            reads("SIP port in use",
                    "UDP port PORT on 127.0.0.1 is in use by another program; choose another port "
                    + "or 0 for a free one.", sentence(() -> Phone.builder()
                    .listen(new InetSocketAddress("127.0.0.1", taken.getLocalPort())).open()));
            Rig.assertNoMoreThreads(before);
        }
    }

    @Test
    void noFreeRtpPort() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(Rig.ANY_PORT)) {
            int even = taken.getLocalPort() & ~1;
            try (Phone phone = Rig.builder().rtpPorts(even, even + 1).open()) {
                Account account = phone.addAccount(AccountConfig.of("sip:me@127.0.0.1"));
                String actual = Rig.failure(() -> account.dial("sip:x@127.0.0.1").awaitAnswer()).sentence();
                reads("no free RTP port",
                    "The call has no media: no free pair of RTP ports between FIRST and LAST on "
                    + "127.0.0.1; widen the range with rtpPorts(first, last).",
                        actual.replaceAll("between \\d+ and \\d+", "between FIRST and LAST"));
            }
        }
    }

    @Test
    void missingCodec() throws Exception {
        reads("no codec on the module path",
                    "no codec provider for PCMU on the module path; add io.earshot:codec-g711",
                without("codec-g711"));
        reads("no transport on the module path",
                    "no transport provider for UDP on the module path; add io.earshot:sip-transport-udp",
                without("sip-transport-udp", "sip-transport-ws"));
        try (Phone phone = Rig.builder().open()) {
            Account account = phone.addAccount(AccountConfig.of("sip:me@127.0.0.1"));
            reads("a codec that is not there",
                    "no codec provider for OPUS on the module path; add io.earshot:codec-opus",
                    sentence(() -> account.dial("sip:x@127.0.0.1", CallOptions.DEFAULT.withCodecs("OPUS"))));
        }
    }

    /** Opens a phone in a program of its own, whose class path lacks these modules, and returns the error. */
    private static String without(String... modules) throws Exception {
        String path = Stream.of("java.class.path", "jdk.module.path").map(System::getProperty).filter(known -> known != null)
                .flatMap(known -> Arrays.stream(known.split(File.pathSeparator)))
                .filter(entry -> Arrays.stream(modules).noneMatch(entry::contains))
                .collect(Collectors.joining(File.pathSeparator));
        String classes = Path.of(UserVisibleErrorsTest.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        String tests = Path.of("target", "test-classes").toString();
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                String.join(File.pathSeparator, classes, tests, path), OpenPhone.class.getName()).redirectErrorStream(true).start();
        List<String> lines = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        assertEquals(3, child.waitFor(), () -> String.join("\n", lines));
        return lines.get(lines.size() - 1);
    }

    /** Opens a phone and writes why it could not. */
    static final class OpenPhone {
        private OpenPhone() {
        }

        public static void main(String[] arguments) {
            try (Phone phone = Rig.builder().open()) {
                System.exit(phone.calls().size());
            } catch (VoipException missing) {
                byte[] line = (missing.getMessage() + "\n").getBytes(StandardCharsets.UTF_8);
                System.out.write(line, 0, line.length);
                System.out.flush();
                System.exit(3);
            }
        }
    }

    @Test
    void malformedAddresses() throws Exception {
        try (Phone phone = Rig.builder().open()) {
            Account account = phone.addAccount(AccountConfig.of("sip:me@127.0.0.1"));
            reads("malformed URI to call",
                    "The target 'sip:bob@@example.com' is no SIP address: malformed URI "
                    + "\"sip:bob@@example.com\": host missing.", sentence(() -> account.dial("sip:bob@@example.com")));
            reads("another kind of URI to call",
                    "The target 'http://example.com' is no SIP address: write sip:user@domain.",
                    sentence(() -> account.dial("http://example.com")));
            reads("nobody to call", "There is nobody to call: the target is empty.", sentence(() -> account.dial(" ")));
            reads("malformed account address",
                    "The account address 'sip:me@exa mple.com' is no SIP address: malformed URI "
                    + "\"sip:me@exa mple.com\": unexpected byte 0x20 in URI.",
                    sentence(() -> phone.addAccount(AccountConfig.of("sip:me@exa mple.com"))));
            reads("account address without user",
                    "The account address 'sip:example.com' has no user: write sip:user@domain.",
                    sentence(() -> phone.addAccount(AccountConfig.of("sip:example.com"))));
            reads("malformed backup server",
                    "The backup server 'two words' is no SIP address: malformed URI \"sip:two words\": unexpected byte 0x20 in URI.",
                    sentence(() -> phone.addAccount(AccountConfig.of("sip:me@127.0.0.1")
                            .withFailOver(FailOverConfig.DEFAULT.withBackups("two words")))));
            reads("an instance that is no URN",
                    "The account cannot be registered: the instance '12' is no URN: write urn:uuid: and a UUID.",
                    sentence(() -> phone.addAccount(AccountConfig.of("sip:me@127.0.0.1")
                            .withRegistration(RegistrationConfig.DEFAULT.withInstance("12")))));
            assertEquals(Rig.failure(() -> account.dial("SIP:")).getClass(), Failure.BadArgument.class);
        }
        reads("unknown local address",
                    "Cannot listen on 'no-such-host.invalid': no such host; write an address of this machine.",
                sentence(() -> Phone.builder().listen(new InetSocketAddress("no-such-host.invalid", 0))));
    }

    @Test
    void peerOffline() throws Exception {
        int closed;
        try (DatagramSocket once = new DatagramSocket(Rig.ANY_PORT)) {
            closed = once.getLocalPort();
        }
        try (Rig rig = Rig.start()) {
            Account alice = rig.registered("alice");
            reads("peer offline: not registered at its server",
                    "sip:bob@127.0.0.1:PORT is not reachable now (480 Temporarily Unavailable).",
                    sentence(() -> alice.dial("bob").awaitAnswer()));
            reads("no such user",
                    "The server does not know sip:nobody@127.0.0.1:PORT (404 Not Found).",
                    sentence(() -> alice.dial("nobody").awaitAnswer()));
            Account direct = rig.keep(Rig.builder().closeTimeout(Duration.ofMillis(50)).open()).addAccount(AccountConfig.of("sip:me@here"));
            reads("peer offline: nobody answers the INVITE", "Nobody answered at sip:bob@127.0.0.1:PORT.",
                    sentence(() -> direct.dial("sip:bob@127.0.0.1:" + closed,
                            CallOptions.DEFAULT.withRingTimeout(Duration.ofMillis(100))).awaitAnswer()));
        }
    }

    @Test
    void busyAndDeclined() throws Exception {
        try (Rig rig = Rig.start()) {
            Account alice = rig.registered("alice");
            Account bob = rig.registered("bob");
            bob.onCall(incoming -> incoming.reject(486));
            reads("peer busy", "The other side is busy (486 Busy Here).", sentence(() -> alice.dial("bob").awaitAnswer()));
            bob.onCall(incoming -> incoming.reject(603));
            reads("peer declines", "The call was declined (603 Decline).", sentence(() -> alice.dial("bob").awaitAnswer()));
            Account carol = rig.keep(Rig.builder().codecs("PCMA").open()).register(rig.config("carol"));
            carol.onCall(incoming -> incoming.answerAsync(CallOptions.DEFAULT));
            reads("no codec in common",
                    "The two sides have no audio format in common: The other side answered 488 Not "
                    + "Acceptable Here (304 earshot \"no common codec: the peer offers PCMU, we have PCMA\").",
                    sentence(() -> alice.dial("carol", CallOptions.DEFAULT.withCodecs("PCMU")).awaitAnswer()));
        }
    }

    @Test
    void transfersThatCannotBe() throws Exception {
        try (Rig rig = Rig.start()) {
            Rig.Talk talk = Rig.talk(rig.registered("alice"), rig.registered("bob"));
            reads("transfer to itself", "A call cannot be transferred to itself; give another call.",
                    sentence(() -> talk.caller().transferTo(talk.caller())));
            reads("transfer to a call of another phone", "The call to transfer to is not one of this phone's.",
                    sentence(() -> talk.caller().transferTo(talk.callee())));
            talk.callee().account().transferRules(io.earshot.api.TransferRules.DEFAULT.withAccept(false));
            reads("transfer refused by the peer", "The call was declined (603 Decline).",
                    sentence(() -> talk.caller().transfer("carol").await()));
            talk.caller().hangup();
            talk.caller().awaitEnd();
            reads("transfer of a call that is over", "Only an established call can be transferred; this one is ended.",
                    sentence(() -> talk.caller().transfer("carol").await()));
        }
    }

    @Test
    void garbageOnTheSipPortIsTalliedAndTheNextCallWorks() throws Exception {
        try (Rig rig = Rig.start(); DatagramSocket hostile = new DatagramSocket(Rig.ANY_PORT)) {
            Phone phone = rig.phone();
            BlockingQueue<String> notices = new LinkedBlockingQueue<>();
            phone.onEvent(event -> {
                if (event instanceof PhoneEvent.Notice notice) {
                    notices.add(general(notice.text()));
                }
            });
            Account alice = phone.register(rig.config("alice"));
            int port = Integer.parseInt(phone.listeningOn().get(0).replaceAll(".*:", ""));
            SplittableRandom random = new SplittableRandom(42);
            send(hostile, port, "INVITE sip:x@y SIP/9.9\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 200; i++) {
                byte[] noise = new byte[random.nextInt(1, 1400)];
                random.nextBytes(noise);
                send(hostile, port, noise);
            }
            reads("garbage on the SIP port, a notice",
                    "Dropped a message from 127.0.0.1:PORT: version is not SIP/2.0.", Rig.take(notices));
            Call call = Rig.talk(alice, rig.registered("bob")).caller();
            assertEquals(Call.State.ESTABLISHED, call.state());
        }
    }

    private static void send(DatagramSocket from, int port, byte[] data) throws IOException {
        from.send(new DatagramPacket(data, data.length, new InetSocketAddress("127.0.0.1", port)));
    }

    @Test
    void callRulesAndRawRequests() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            Account alice = phone.addAccount(rig.config("alice"));
            reads("nothing to redial", "There is no number to redial: nothing has been called yet.", sentence(() -> alice.redial()));
            dialling(phone, Dialling.PLAIN.withRegisteredOnly());
            reads("not registered, by rule", "The account sip:alice@127.0.0.1:PORT is not registered, and the call rules want that "
                    + "before calls.", sentence(() -> alice.dial("bob").awaitAnswer()));
            dialling(phone, Dialling.PLAIN.withDirectCalls(Dialling.DirectCalls.IP_ADDRESSES));
            reads("another domain, by rule", "The address sip:x@elsewhere.example is not at 127.0.0.1, and the call rules allow no "
                    + "direct calls to other domains.", sentence(() -> alice.dial("sip:x@elsewhere.example")));
            dialling(phone, Dialling.PLAIN.withSameNumber(Dialling.SameNumber.NOT_AT_ONCE));
            Call first = alice.dial("bob");
            reads("the same number at once, by rule", "sip:bob@127.0.0.1:PORT was called less than 6 s ago.",
                    sentence(() -> alice.dial("bob").awaitAnswer()));
            first.hangup();
            reads("a rewrite rule that is none", "The call rules cannot be used: the rewrite rule '07' is not of the form "
                    + "from;to;minlength;maxlength.", sentence(() -> dialling(phone, Dialling.PLAIN.withRewriteRules("07"))));
            reads("a trusted peer that is no address", "The trusted peer 'pbx' is no IP address: write one as 192.0.2.1.",
                    sentence(() -> phone.addAccount(rig.config("bob").withIdentity(Identity.PLAIN.withTrusted("pbx")))));
            reads("a method that is none", "The method 'F O' is no SIP method: write one word as OPTIONS.",
                    sentence(() -> phone.raw().send(alice, "bob", SipRequest.of("F O"))));
            reads("a raw request that belongs to calls", "The request cannot be sent: BYE is part of calls or registrations, which "
                    + "send it themselves.", sentence(() -> phone.raw().send(alice, "bob", SipRequest.of("BYE"))));
            Account bob = rig.registered("bob");
            bob.onCall(IncomingCall::answer);
            phone.callRules(CallRules.NONE.with(CallLimits.NONE.withMostCalls(1)));
            Call call = alice.dial("bob").awaitAnswer();
            reads("too many calls, by rule", "There are 1 calls already, the most is 1.",
                    sentence(() -> alice.dial("carol").awaitAnswer()));
            call.hangup();
        }
    }

    private static void dialling(Phone phone, Dialling how) {
        phone.callRules(CallRules.NONE.with(how));
    }

    @Test
    void webSocketAddressesAndServers() throws Exception {
        reads("malformed WebSocket address to listen on",
                "Cannot listen on 'ws://127.0.0.1' for WebSocket: write ws://address:port/path or wss://address:port/path.",
                sentence(() -> Rig.builder().listenWebSocket("ws://127.0.0.1")));
        try (Phone phone = Rig.builder().listenWebSocket("ws://127.0.0.1:0/sip").open()) {
            reads("malformed WebSocket address as outbound proxy", "The outbound proxy cannot be used: 'wss://' is no WebSocket address: "
                    + "Expected authority; write ws://host:port/path or wss://host:port/path.",
                    sentence(() -> phone.addAccount(AccountConfig.of("sip:me@example.com").withOutboundProxy("wss://"))));
            String address = phone.listeningOn().get(1).replace("WS ", "ws://");
            reads("no WebSocket at the path", "Cannot send to ws://127.0.0.1:PORT/phone (127.0.0.1:PORT): WS with 127.0.0.1 port PORT: "
                    + "the server answered HTTP 404 Not Found: there is no WebSocket at /phone.",
                    sentence(() -> phone.register(AccountConfig.of("sip:me@example.com").withOutboundProxy(address + "/phone"))));
            reads("WebSocket port in use",
                    "WS port PORT on 127.0.0.1 is in use by another program; choose another port or 0 for a free one.",
                    sentence(() -> Rig.builder().listenWebSocket(address + "/sip").open()));
        }
    }

    @Test
    void files() throws Exception {
        try (Phone phone = Rig.builder().open()) {
            reads("a sound file that is not there", "Cannot play no-such-file.wav: there is no such file.",
                    sentence(() -> phone.bridge().file(Path.of("no-such-file.wav"), false)));
            reads("recording over a file", "Cannot record to pom.xml: the file exists already.",
                    sentence(() -> phone.bridge().recorder(Path.of("pom.xml"), 8000)));
        }
    }

    @Test
    void chatAndKeys() throws Exception {
        try (Phone phone = Rig.builder().open()) {
            Account account = phone.addAccount(AccountConfig.of("sip:me@127.0.0.1"));
            Call call = account.dial("sip:x@no-such-host.invalid");
            call.awaitEnd();
            reads("a key that does not exist",
                    "'x' is no key: write 0 to 9, *, #, A to D, ! for a flash, or a space for a pause.",
                    sentence(() -> call.signals().sendDtmf("1x")));
            reads("keys without a call",
                    "Keys and INFO go to the peer of a call only while the call is established; this one is ended.",
                    cause(call.signals().sendDtmf("1")));
            reads("new keys without a call", "Only an established call can have new keys; this one is ended.",
                    sentence(() -> call.security().renewKeys()));
            reads("a peer that does not know the secret of earlier calls",
                    "The other side does not know the secret kept of earlier calls with it: it has lost it, or somebody is in between."
                    + " Compare the characters aaaa with it by voice.", new Failure.PeerNotRecognised("aaaa").sentence());
            reads("a message without a call",
                    "Messages go to the peer of a call only while the call is established.", cause(call.messages().send("x")));
            reads("an INFO of no type",
                    "'json' is no content type: write one such as application/json.",
                    sentence(() -> call.signals().sendInfo("json", "{}")));
        }
        reads("a message that is too long",
                "a message has at most 32768 bytes, not 32769: send it in pieces",
                org.junit.jupiter.api.Assertions.assertThrows(IllegalArgumentException.class,
                        () -> io.earshot.api.chat.OutgoingMessage.of("x".repeat(32_769))).getMessage());
    }

    private static String cause(java.util.concurrent.CompletableFuture<?> failing) {
        return org.junit.jupiter.api.Assertions.assertThrows(java.util.concurrent.CompletionException.class, failing::join)
                .getCause().getMessage();
    }
}
