package io.earshot.sip.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.sdp.OfferAnswer.Answered;
import io.earshot.sip.sdp.OfferAnswer.AnswerVerdict;
import io.earshot.sip.sdp.OfferAnswer.Refusal;
import io.earshot.sip.sdp.OfferAnswer.Refused;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Offers in the manner of equipment one meets, habits and bad habits included. */
@Tag("rfc3264")
class FieldDescriptionsTest {
    private static final Origin ORIGIN = Origin.first("-", "7", "192.0.2.1");

    private static AnswerVerdict answer(String offer) {
        return OfferAnswer.answer(Codecs.parse(offer), ORIGIN, Codecs.with(Codecs.OPUS, Codecs.G722, Codecs.PCMU, Codecs.PCMA, Codecs.G729)
            .build());
    }

    private static NegotiatedAudio audio(String offer) {
        AnswerVerdict verdict = answer(offer);
        return assertInstanceOf(Answered.class, verdict, verdict::toString).audio();
    }

    @Test
    void deskPhoneWithEncryptedAndPlainAudio() {
        NegotiatedAudio audio = audio("""
            v=0
            o=root 1480338 1480338 IN IP4 10.1.1.20
            s=call
            c=IN IP4 10.1.1.20
            t=0 0
            m=audio 52182 RTP/SAVP 9 0 8 101
            a=crypto:1 AES_CM_128_HMAC_SHA1_32 inline:abcdefghijklmnopqrstuvwxyz0123456789ABCD
            a=rtpmap:9 G722/8000
            a=rtpmap:101 telephone-event/8000
            m=audio 52184 RTP/AVP 9 0 8 101
            a=rtpmap:9 G722/8000
            a=rtpmap:101 telephone-event/8000
            a=fmtp:101 0-15
            a=ptime:20
            a=sendrecv
            """);
        assertEquals(1, audio.mediaIndex());
        assertEquals("10.1.1.20:52184", audio.remote().toString());
        assertEquals("G722", audio.codec().descriptor().name());
        assertEquals(101, audio.telephoneEvent().orElseThrow().sendPayloadType());
    }

    @Test
    void oldPhoneThatHoldsByAddressAndExplainsNothing() {
        NegotiatedAudio audio = audio("v=0\no=CiscoSystemsSIP-IPPhone-UserAgent 17045 11864 IN IP4 10.0.0.9\ns=SIP Call\nc=IN IP4 0.0.0.0\n"
            + "t=0 0\nm=audio 29118 RTP/AVP 0 8 18 101\na=fmtp:101 0-15");
        assertEquals(Direction.RECVONLY, audio.direction());
        assertTrue(audio.remoteHold());
        assertTrue(audio.telephoneEvent().isEmpty(), "101 is not explained, so it means nothing");
    }

    @Test
    void gatewayWithFaxAndWideSpacing() {
        NegotiatedAudio audio = audio("v=0\r\no=- 0 0 IN IP4 gw.example.net \r\ns= \r\nc=IN IP4 gw.example.net \r\nt=0 0 \r\n"
            + "m=audio  16384 RTP/AVP  18 8 \r\na=rtpmap:18 g729A/8000 \r\na=fmtp:18 annexb=no \r\na=maxptime:30 \r\n"
            + "m=image 16386 udptl t38 \r\na=T38FaxVersion:0 \r\n");
        assertEquals("gw.example.net", audio.remote().host());
        assertEquals("PCMA", audio.codec().descriptor().name());
        assertEquals(20, audio.sendPtime());
    }

    @Test
    void gatewayThatOnlySpeaksTheVariantSpelling() {
        NegotiatedAudio audio = audio("v=0\r\no=- 0 0 IN IP4 gw\r\nc=IN IP4 gw\r\nm=audio 16384 RTP/AVP 18\r\na=rtpmap:18 g729A/8000 \r\n"
            + "a=fmtp:18 annexb=no \r\n");
        assertEquals("G729", audio.codec().descriptor().name());
        assertEquals("annexb=no", audio.codec().remoteParameters().raw());
    }

    @Test
    void browserOfferIsRefusedForItsEncryptionAlone() {
        AnswerVerdict verdict = answer("""
            v=0
            o=- 4962303333179871722 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0
            a=msid-semantic: WMS
            m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
            c=IN IP4 0.0.0.0
            a=rtcp:9 IN IP4 0.0.0.0
            a=ice-ufrag:x
            a=fingerprint:sha-256 00:11
            a=setup:actpass
            a=mid:0
            a=sendrecv
            a=rtcp-mux
            a=rtpmap:111 opus/48000/2
            a=rtpmap:126 telephone-event/8000
            """);
        assertEquals(Refusal.SECURE_PROFILE, assertInstanceOf(Refused.class, verdict).reason());
    }

    @Test
    void softphoneOverIpv6WithFeedback() {
        NegotiatedAudio audio = audio("v=0\r\no=alice 1 1 IN IP6 2001:db8::5\r\ns=Talk\r\nc=IN IP6 2001:db8::5\r\nt=0 0\r\n"
            + "a=rtcp-xr:rcvr-rtt=all:10000\r\nm=audio 7078 RTP/AVPF 96 97 0\r\na=rtpmap:96 OPUS/48000/2\r\na=fmtp:96 useinbandfec=1\r\n"
            + "a=rtpmap:97 telephone-event/48000\r\na=rtcp:7083\r\na=rtcp-fb:* trr-int 5000\r\n");
        assertEquals("[2001:db8::5]:7078", audio.remote().toString());
        assertEquals("[2001:db8::5]:7083", audio.remoteRtcp().orElseThrow().toString());
        assertEquals(48000, audio.telephoneEvent().orElseThrow().clockRate());
        assertEquals(MediaProfile.AVPF, audio.profile());
    }

    @Test
    void hostileNumbersEndInAVerdict() {
        NegotiatedAudio audio = audio("v=0\no=- 1 1 IN IP4 h\nc=IN IP4 h\nm=audio 4000 RTP/AVP 0 abc 999999999999 -5 0 0\n"
            + "a=rtpmap:abc x/1\na=rtpmap:0\na=fmtp:zzz 1\na=ptime:2147483648\na=maxptime:1\na=rtcp:99999\n");
        assertEquals("PCMU", audio.codec().descriptor().name());
        assertEquals(10, audio.sendPtime());
        assertEquals("h:4001", audio.remoteRtcp().orElseThrow().toString());
    }
}
