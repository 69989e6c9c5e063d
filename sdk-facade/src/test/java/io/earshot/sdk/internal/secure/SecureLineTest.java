package io.earshot.sdk.internal.secure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Failure;
import io.earshot.api.MediaEncryption;
import io.earshot.api.MediaEncryption.Demand;
import io.earshot.api.VoipException;
import io.earshot.rtp.secure.KeyExchangeProvider;
import io.earshot.rtp.secure.ZrtpProvider;
import io.earshot.sdk.internal.media.path.Protection;
import io.earshot.sip.sdp.SdpParser;
import io.earshot.sip.sdp.SdpResult;
import io.earshot.sip.sdp.SessionDescription;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is written into offers and answers, and read out of them. */
@Tag("rfc4568")
@Tag("rfc5763")
class SecureLineTest {
    private static final String KEY = "inline:" + "A".repeat(40);
    private final KeyDesk desk = new KeyDesk(new KeyDesk.PlugIns(ServiceLoader.load(KeyExchangeProvider.class).findFirst(),
            ServiceLoader.load(ZrtpProvider.class).findFirst()), Optional.empty(), Runnable::run,
            InstantSource.system());

    private static SessionDescription sdp(String media) {
        String text = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n" + media.replace("\n", "\r\n");
        return assertInstanceOf(SdpResult.Parsed.class, new SdpParser().parse(text.getBytes(StandardCharsets.UTF_8))).description();
    }

    private static String media(SessionDescription description) {
        String text = description.toString();
        return text.substring(text.indexOf("m=")).replaceAll("inline:[A-Za-z0-9+/=]+", "KEY").replace("\r\n", "\n");
    }

    private final SessionDescription plain = sdp("m=audio 4000 RTP/AVP 0\n");

    @Test
    void anOfferNamesProfileAndKeysAndKeepsItsVersionUntilTheyChange() {
        SecureLine line = desk.line(MediaEncryption.SDES.withSuites("AES_CM_128_HMAC_SHA1_80"), true);
        SessionDescription first = line.offer(plain, 0);
        assertEquals("m=audio 4000 RTP/SAVP 0\na=crypto:1 AES_CM_128_HMAC_SHA1_80 KEY\n", media(first));
        assertEquals(first, line.offer(plain, 0));
        assertEquals("the sound of this call is in clear", line.renew().orElseThrow());
        line.accept(first, 0);
        assertTrue(line.renew().isEmpty());
        SessionDescription renewed = line.offer(plain, 0);
        assertNotEquals(first.media(), renewed.media());
        assertEquals("2", renewed.origin().version());
    }

    @Test
    void anOptionalOfferCanBeAnsweredInClear() {
        SecureLine line = desk.line(MediaEncryption.OPTIONAL.withSuites("AES_CM_128_HMAC_SHA1_80"), true);
        assertTrue(media(line.offer(plain, 0)).startsWith("m=audio 4000 RTP/AVP 0\na=crypto:1 "));
        assertInstanceOf(Protection.None.class, line.accept(plain, 0).protection());
    }

    @Test
    void anAnswerRepeatsTheProfileOfTheOfferAndClosesTheOtherLines() {
        SessionDescription offer = sdp("m=audio 4000 RTP/AVP 0\nm=audio 4002 RTP/SAVPF 0\n"
                + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 " + KEY + "\n");
        SecureLine line = desk.line(MediaEncryption.WHEN_OFFERED, true);
        assertEquals(List.of(1, 0), line.order(offer, 0), "what is encrypted comes first");
        assertEquals("m=audio 0 RTP/AVP 0\nm=audio 4002 RTP/AVPF 0\na=crypto:1 AES_CM_128_HMAC_SHA1_80 KEY\n", media(line.only(offer, 1)));
        SecureLine.Outcome outcome = line.judge(offer, 1);
        SessionDescription answer = line.answer(sdp("m=audio 0 RTP/AVP 0\nm=audio 9000 RTP/AVPF 0\n"), offer, 1, outcome);
        assertEquals("m=audio 0 RTP/AVP 0\nm=audio 9000 RTP/SAVPF 0\na=crypto:1 AES_CM_128_HMAC_SHA1_80 KEY\n", media(answer));
    }

    @Test
    void aHandshakeIsOfferedWithFingerprintAndRole() {
        desk.identity();
        SecureLine line = desk.line(MediaEncryption.DTLS, false);
        String offer = media(line.offer(plain, 0));
        assertTrue(offer.matches("(?s)m=audio 4000 UDP/TLS/RTP/SAVP 0\na=setup:actpass\na=fingerprint:sha-256 [0-9A-F:]{95}\na=tls-id:.*"),
                offer);
        SecureLine peer = desk.line(MediaEncryption.WHEN_OFFERED, false);
        SecureLine.Outcome answer = peer.judge(line.offer(plain, 0), 0);
        assertTrue(answer.attributes().contains("setup:active"), answer.attributes()::toString);
        assertInstanceOf(Protection.Handshake.class, answer.protection());
    }

    @Test
    void whatIsRequiredIsNotTakenInClear() {
        SessionDescription secure = sdp("m=audio 4000 UDP/TLS/RTP/SAVPF 0\n");
        desk.identity();
        for (MediaEncryption wanted : List.of(MediaEncryption.SDES, MediaEncryption.DTLS)) {
            SecureLine line = desk.line(wanted, true);
            line.offer(plain, 0);
            assertTrue(line.accept(plain, 0).refusal().isPresent());
            assertTrue(line.judge(plain, 0).refusal().isPresent());
            assertTrue(line.judge(secure, 0).refusal().orElseThrow().contains("no fingerprint"));
        }
        assertTrue(desk.line(MediaEncryption.SDES, false).hindrance().isPresent());
        assertTrue(desk.line(MediaEncryption.SDES.withDemand(Demand.OPTIONAL), false).hindrance().isEmpty());
    }

    @Test
    void withoutTheModuleOnlyWhatIsRequiredFailsAndNamesIt() {
        KeyDesk none = new KeyDesk(new KeyDesk.PlugIns(Optional.empty(), Optional.empty()), Optional.empty(), Runnable::run,
            InstantSource.system());
        none.check(MediaEncryption.OPTIONAL);
        VoipException missing = assertThrows(VoipException.class, () -> none.check(MediaEncryption.DTLS));
        assertEquals("no media encryption provider for DTLS on the module path; add io.earshot:media-srtp",
                assertInstanceOf(Failure.NoProvider.class, missing.failure()).sentence());
        assertEquals(plain, none.line(MediaEncryption.OPTIONAL, true).offer(plain, 0));
    }

    @Test
    void withoutTheOptionalModuleZrtpIsRefusedInASentenceAndAllElseIsAsBefore() {
        KeyDesk without = new KeyDesk(new KeyDesk.PlugIns(ServiceLoader.load(KeyExchangeProvider.class).findFirst(), Optional.empty()),
            Optional.empty(), Runnable::run, InstantSource.system());
        VoipException missing = assertThrows(VoipException.class, () -> without.check(MediaEncryption.ZRTP));
        assertEquals("no media encryption provider for ZRTP on the module path; add io.earshot:media-zrtp", missing.failure().sentence());
        without.check(MediaEncryption.ZRTP.withDemand(MediaEncryption.Demand.OPTIONAL));
        without.check(MediaEncryption.DTLS);
        SecureLine line = without.line(MediaEncryption.WHEN_OFFERED, true);
        SessionDescription offer = sdp("m=audio 4000 RTP/AVP 0\na=zrtp-hash:1.10 " + "0".repeat(64) + "\n");
        assertInstanceOf(Protection.None.class, line.judge(offer, 0).protection());
    }

    @Test
    void ourOffersAndAnswersTellOfOurHello() {
        SecureLine line = desk.line(MediaEncryption.ZRTP, true);
        SessionDescription offer = line.offer(plain, 0);
        assertTrue(media(offer).matches("m=audio 4000 RTP/AVP 0\na=zrtp-hash:1\\.10 [0-9a-f]{64}\n"), media(offer));
        SecureLine peer = desk.line(MediaEncryption.WHEN_OFFERED, true);
        SecureLine.Outcome answer = peer.judge(offer, 0);
        assertInstanceOf(Protection.Handshake.class, answer.protection());
        assertTrue(answer.attributes().get(0).startsWith("zrtp-hash:1.10 "), answer.attributes().toString());
    }
}
