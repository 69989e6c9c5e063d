package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallOptions;
import io.earshot.api.MediaEncryption.KeyMethod;
import io.earshot.api.Nat;
import io.earshot.api.Phone;
import io.earshot.api.WebSockets;
import io.earshot.api.audio.Tone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What browsers offer and want to be offered. The real ones are met by the interop cases. */
@Timeout(60)
@Tag("rfc8829")
@Tag("rfc8830")
@Tag("rfc9143")
class BrowserCallsTest {
    private static final Path PAGE = Path.of("..", "docs", "webrtc.md");
    private static final String FINGERPRINT = "sha-256 " + "0A:".repeat(31) + "0A";

    /** An offer as Chromium 156 and Firefox write theirs, line for line, but for everything that is anybody's own. */
    private static String offer(String extra) {
        return String.join("\r\n", "v=0", "o=- 1 2 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0" + extra, "a=extmap-allow-mixed",
                "a=msid-semantic: WMS voice", "m=audio 50000 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126", "c=IN IP4 192.0.2.9",
                "a=rtcp:9 IN IP4 0.0.0.0", "a=candidate:7 1 udp 2122260223 0f1e2d3c-1111-4222-8333-444455556666.local 50000 typ host"
                + " generation 0 network-id 1", "a=candidate:8 1 tcp 1518280447 192.0.2.9 9 typ host tcptype active generation 0",
                "a=ice-ufrag:u+/1", "a=ice-pwd:abcdefghijklmnopqrstuvwx", "a=ice-options:trickle", "a=fingerprint:" + FINGERPRINT,
                "a=setup:actpass", "a=mid:0", "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level",
                "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid", "a=sendrecv", "a=msid:voice track", "a=rtcp-mux", "a=rtcp-rsize",
                "a=rtcp-xr:rcvr-rtt=all", "a=rtpmap:111 opus/48000/2", "a=rtcp-fb:111 transport-cc",
                "a=fmtp:111 minptime=10;useinbandfec=1", "a=rtpmap:63 red/48000/2", "a=fmtp:63 111/111", "a=rtpmap:9 G722/8000",
                "a=rtpmap:0 PCMU/8000", "a=rtpmap:8 PCMA/8000", "a=rtpmap:13 CN/8000", "a=rtpmap:110 telephone-event/48000",
                "a=rtpmap:126 telephone-event/8000", "a=ssrc:1 cname:somebody", "a=ssrc:1 msid:voice track", "");
    }

    private static final String VIDEO = String.join("\r\n", "m=video 9 UDP/TLS/RTP/SAVPF 96", "c=IN IP4 0.0.0.0", "a=ice-ufrag:u+/1",
            "a=ice-pwd:abcdefghijklmnopqrstuvwx", "a=fingerprint:" + FINGERPRINT, "a=setup:actpass", "a=mid:1", "a=bundle-only",
            "a=rtpmap:96 VP8/90000", "a=rtcp-mux", "");

    /** Offers this to a phone, and returns the phone's answer. */
    private static String answer(String offer) throws IOException {
        try (WirePeer peer = new WirePeer(); Phone phone = Rig.builder().closeTimeout(Duration.ofMillis(100)).open()) {
            Account account = phone.addAccount(AccountConfig.of("sip:me@" + peer.address()));
            account.onCall(incoming -> incoming.answerAsync(CallOptions.DEFAULT));
            account.registerAsync();
            String register = peer.request("REGISTER");
            String contact = register.replaceAll("(?s).*\r\nContact: <(sip:[^>]*)>.*", "$1");
            peer.answer(register, "200 OK", "r", "Expires: 600\r\n", "");
            peer.send("INVITE", contact, "sip:me@" + peer.address(), "From: <sip:x@127.0.0.1>;tag=f\r\nContent-Type: application/sdp\r\n",
                    offer);
            String response = peer.response();
            while (!response.startsWith("SIP/2.0 200") || !response.contains("INVITE\r\n")) {
                assertFalse(response.matches("(?s)SIP/2.0 [3-6].*"), response);
                response = peer.response();
            }
            return response.substring(response.indexOf("\r\n\r\n") + 4);
        }
    }

    @Test
    void aBrowsersOfferIsAnsweredWithABundleOfOneItsProfileAndWhatWeHaveOfItsOwn() throws Exception {
        String answer = answer(offer(""));
        for (String line : new String[] {"a=group:BUNDLE 0", "a=mid:0", "a=msid:earshot sound", "a=rtcp-mux", "a=setup:active",
            "a=rtpmap:0 PCMU/8000", "a=rtpmap:126 telephone-event/8000", "a=sendrecv"}) {
            assertTrue(answer.contains("\r\n" + line + "\r\n"), () -> line + " is missing in\n" + answer);
        }
        assertTrue(answer.matches("(?s).*\r\nm=audio [1-9]\\d* UDP/TLS/RTP/SAVPF \\d.*"), answer);
        assertTrue(answer.matches("(?s).*\r\na=candidate:\\S+ 1 udp \\d+ 127\\.0\\.0\\.1 .*"), answer);
        assertTrue(answer.matches("(?s).*\r\na=ice-ufrag:\\S{4,}\r\na=ice-pwd:\\S{22,}\r\n.*"), answer);
        assertTrue(answer.matches("(?s).*\r\na=fingerprint:sha-256 [0-9A-F:]{95}\r\n.*"), answer);
        assertFalse(answer.contains("extmap") || answer.contains("rtcp-fb") || answer.contains("a=ssrc"), answer);
    }

    @Test
    @Tag("rfc4585")
    void aBrowserThatAsksForLostPacketsIsToldThatWeDoToo() throws Exception {
        String nack = "a=rtcp-fb:111 nack\r\na=rtcp-fb:0 nack\r\na=rtcp-fb:111 transport-cc";
        String answer = answer(offer("").replace("a=rtcp-fb:111 transport-cc", nack));
        assertTrue(answer.contains("\r\na=rtcp-fb:0 nack\r\n") && answer.contains("\r\na=rtcp-rsize\r\n"), answer);
        assertFalse(answer.contains("transport-cc"), answer);
    }

    @Test
    void aBrowserThatHidesItsAddressesDoesNotHold() throws Exception {
        String hidden = offer("").replace("audio 50000", "audio 9").replace("192.0.2.9", "0.0.0.0");
        String answer = answer(hidden);
        assertTrue(answer.contains("\r\na=sendrecv\r\n") && answer.contains("\r\na=candidate:"), answer);
        String withoutIce = answer(hidden.replaceAll("a=(ice|candidate)[^\r]*\r\n", ""));
        assertTrue(withoutIce.contains("\r\na=recvonly\r\n"), withoutIce);
    }

    @Test
    void videoInTheBundleIsRefusedAndLeftOutOfIt() throws Exception {
        String answer = answer(offer(" 1") + VIDEO);
        assertTrue(answer.contains("\r\na=group:BUNDLE 0\r\n"), answer);
        assertTrue(answer.contains("\r\nm=video 0 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\n"), answer);
    }

    /** The parts of an answer: the session, then each line with all that belongs to it. */
    private static String[] parts(String answer) {
        return answer.split("(?=m=)");
    }

    @Test
    void soundThatHasNoPortButThatOfVideoInFrontOfItIsTakenAndTheVideoKeptForItsWays() throws Exception {
        String[] lines = offer("").replace("BUNDLE 0", "BUNDLE 1 0").split("(?=m=)");
        String video = VIDEO.replace("a=bundle-only\r\n", "").replace("m=video 9", "m=video 50001")
                + "a=candidate:7 1 udp 2122260223 192.0.2.9 50001 typ host\r\na=fmtp:96 max-fs=1\r\n";
        String audio = lines[1].replace("m=audio 50000", "m=audio 0").replaceAll("a=(candidate|ice|fingerprint|setup)[^\r]*\r\n", "")
                + "a=bundle-only\r\n";
        String[] answer = parts(answer(lines[0] + video + audio));
        assertTrue(answer[0].contains("\r\na=group:BUNDLE 1 0\r\n"), answer[0]);
        String port = answer[2].replaceAll("(?s)m=audio (\\d+) UDP/TLS/RTP/SAVPF .*", "$1");
        assertTrue(answer[1].startsWith("m=video " + port + " UDP/TLS/RTP/SAVPF 96\r\n"), answer[1]);
        for (String kept : new String[] {"a=mid:1", "a=inactive", "a=rtpmap:96 VP8/90000", "a=fmtp:96 max-fs=1", "a=rtcp-mux",
            "a=setup:active", "a=ice-ufrag:", "a=fingerprint:", "a=candidate:"}) {
            assertTrue(answer[1].contains("\r\n" + kept), () -> kept + " is missing in " + answer[1]);
        }
        assertTrue(answer[2].contains("\r\na=mid:0\r\n") && answer[2].contains("\r\na=sendrecv\r\n"), answer[2]);
        assertFalse(answer[2].contains("a=candidate") || answer[2].contains("a=end-of"), answer[2]);
        assertTrue(answer[2].contains("a=ice-ufrag:") && answer[2].contains("a=fingerprint:"), "Firefox wants them twice: " + answer[2]);
    }

    @Test
    void anOfferWithoutABundleOfItsAudioIsAnsweredWithoutOne() throws Exception {
        String answer = answer(offer("").replace("BUNDLE 0", "BUNDLE 7"));
        assertFalse(answer.contains("BUNDLE") || answer.contains("msid"), answer);
    }

    @Test
    void anOfferForBrowsersIsABundleWithFeedbackKeysByDtlsAndWays() throws Exception {
        try (WirePeer peer = new WirePeer(); Phone phone = Rig.builder().closeTimeout(Duration.ofMillis(100)).open()) {
            phone.addAccount(AccountConfig.of("sip:me@127.0.0.1").withWebRtc()).dial("sip:x@" + peer.address());
            String invite = peer.request("INVITE");
            for (String line : new String[] {"a=group:BUNDLE 0", "a=mid:0", "a=msid:earshot sound", "a=rtcp-mux", "a=setup:actpass",
                "a=rtcp-fb:* nack", "a=rtcp-rsize"}) {
                assertTrue(invite.contains("\r\n" + line + "\r\n"), () -> line + " is missing in\n" + invite);
            }
            assertTrue(invite.matches("(?s).*\r\nm=audio [1-9]\\d* UDP/TLS/RTP/SAVPF \\d.*\r\na=ice-ufrag:.*"), invite);
        }
    }

    @Test
    void whoTakesSuchACallHoldsAndResumesItLikeABrowser() throws Exception {
        try (Rig rig = Rig.start()) {
            Account alice = rig.phone().register(rig.config("alice").withWebRtc());
            Rig.Talk talk = Rig.talk(alice, rig.registered("bob"));
            assertEquals(KeyMethod.DTLS, Rig.await(talk.callee(), CallEvent.EncryptionChanged.class).encryption().orElseThrow().keys());
            talk.callee().hold();
            talk.callee().resume();
            talk.caller().hold();
            talk.caller().resume();
            Voices.assertBothHear(talk);
        }
    }

    // example
    static Call talkToBrowsers(Phone phone) {
        Account account = phone.register(AccountConfig.of("sip:alice@example.com", "secret")
            .withWebSockets(WebSockets.of("wss://pbx.example.com:8443/ws"))
            .withNat(Nat.DEFAULT.withStunServers("stun.example.com").withRelay("turn.example.com", "alice", "secret"))
            .withWebRtc());
        account.onCall(incoming -> incoming.answer().audio().play(Tone.of(440)));
        Call call = account.dial("bob").awaitAnswer();
        call.onEvent(event -> {
            if (event instanceof CallEvent.Dtmf pressed) {
                call.signals().sendDtmf(String.valueOf(pressed.key()));
            }
        });
        return call;
    }
    // end

    @Test
    void thePageAboutBrowsersShowsCodeThatCompiles() throws IOException {
        String source = Files.readString(Path.of("src", "test", "java", "io", "earshot", "sdk", "BrowserCallsTest.java"));
        String code = source.substring(source.indexOf("    // example\n") + 15, source.indexOf("    // end\n")).replaceAll("(?m)^ {4}", "");
        assertTrue(Files.readString(PAGE).contains("<!-- example -->\n```java\n" + code + "```\n"), PAGE + " does not show:\n" + code);
    }
}
