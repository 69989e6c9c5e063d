package io.earshot.sip.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.codec.FinalCodec;
import io.earshot.api.id.IdSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The offer with the chosen codec alone, for the ACK. */
class FinalDescriptionTest {
    private static final SessionDescription OFFER = MediaNegotiation.start(Codecs.with(Codecs.OPUS, Codecs.PCMU, Codecs.PCMA).build(),
        IdSource.seeded(3)).offer().offer();
    private static final SessionDescription ONE = Codecs.session("m=audio 5000 RTP/AVP 8 101", "a=rtpmap:101 telephone-event/8000");
    private static final SessionDescription TWO = Codecs.session("m=audio 5000 RTP/AVP 97 0", "a=rtpmap:97 opus/48000/2");

    private static String audio(FinalCodec wanted, SessionDescription answer) {
        Optional<SessionDescription> found = FinalDescription.of(wanted, OFFER, answer);
        return found.map(SessionDescription::toString).map(text -> String.join("|", text.substring(text.indexOf("m=")).strip()
            .split("\r\n"))).orElse("none");
    }

    @Test void itHasTheCodecAndWhatGoesAlong() {
        assertEquals("m=audio 4000 RTP/AVP 8 101|a=rtpmap:8 PCMA/8000|a=rtpmap:101 telephone-event/8000|a=fmtp:101 0-16|a=sendrecv",
            audio(FinalCodec.ALWAYS, ONE).replaceAll("\\|a=(rtcp|ptime)[^|]*", ""));
    }

    @Test void ourNumberCountsNotTheirs() {
        assertEquals("m=audio 4000 RTP/AVP 96|a=rtpmap:96 opus/48000/2|a=fmtp:96 useinbandfec=1|a=sendrecv",
            audio(FinalCodec.WHEN_SEVERAL, TWO).replaceAll("\\|a=(rtcp|ptime)[^|]*", ""));
    }

    @Test void otherwiseTheAckIsEmpty() {
        assertEquals("none", audio(FinalCodec.NEVER, TWO));
        assertEquals("none", audio(FinalCodec.WHEN_SEVERAL, ONE));
        assertEquals("none", audio(FinalCodec.ALWAYS, Codecs.session("m=audio 5000 RTP/AVP 18")));
        assertEquals("none", audio(FinalCodec.ALWAYS, Codecs.session("m=audio 5000 RTP/AVP 101", "a=rtpmap:101 telephone-event/8000")));
    }

    @Test void automaticallyItIsForOldGatewaysOnly() {
        assertEquals(audio(FinalCodec.WHEN_SEVERAL, TWO), audio(FinalCodec.AUTOMATIC, TWO));
        assertEquals("none", audio(FinalCodec.AUTOMATIC, ONE));
        assertEquals("none", audio(FinalCodec.AUTOMATIC, Codecs.session("m=audio 5000 RTP/SAVP 8 0")));
        for (String modern : new String[] {"a=ice-ufrag:abcd", "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x", "a=fingerprint:sha-256 00"}) {
            assertEquals("none", audio(FinalCodec.AUTOMATIC, Codecs.session("m=audio 5000 RTP/AVP 8 0", modern)), modern);
        }
    }

    @Test void theRestIsTheOffers() {
        SessionDescription found = FinalDescription.of(FinalCodec.ALWAYS, OFFER, ONE).orElseThrow();
        assertEquals(OFFER.lines(), found.lines());
    }
}
