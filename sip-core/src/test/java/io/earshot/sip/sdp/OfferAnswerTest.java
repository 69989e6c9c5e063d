package io.earshot.sip.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.sdp.AudioCapabilities.Option;
import io.earshot.sip.sdp.NegotiatedAudio.Codec;
import io.earshot.sip.sdp.NegotiatedAudio.TelephoneEvent;
import io.earshot.sip.sdp.OfferAnswer.Answered;
import io.earshot.sip.sdp.OfferAnswer.Completed;
import io.earshot.sip.sdp.OfferAnswer.Refusal;
import io.earshot.sip.sdp.OfferAnswer.Refused;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("rfc2543")
@Tag("rfc3264")
class OfferAnswerTest {
    private static final Origin ORIGIN = Origin.first("-", "7", "192.0.2.1");

    private static Answered answered(SessionDescription offer, AudioCapabilities.Builder ours) {
        var verdict = OfferAnswer.answer(offer, ORIGIN, ours.build());
        return assertInstanceOf(Answered.class, verdict, verdict::toString);
    }

    private static Refused refused(SessionDescription offer, AudioCapabilities.Builder ours) {
        return assertInstanceOf(Refused.class, OfferAnswer.answer(offer, ORIGIN, ours.build()));
    }

    private static Object complete(AudioCapabilities.Builder ours, String... answer) {
        AudioCapabilities capabilities = ours.build();
        return OfferAnswer.complete(OfferAnswer.offer(ORIGIN, capabilities), Codecs.session(answer), capabilities);
    }

    private static NegotiatedAudio completed(AudioCapabilities.Builder ours, String... answer) {
        Object verdict = complete(ours, answer);
        return assertInstanceOf(Completed.class, verdict, verdict::toString).audio();
    }

    private static List<String> names(NegotiatedAudio audio) {
        return audio.codecs().stream().map(codec -> codec.descriptor().name() + codec.sendPayloadType() + "/" + codec.receivePayloadType())
            .toList();
    }

    @Test
    void anOfferListsOurCodecsInOrder() {
        AudioCapabilities capabilities = Codecs.with(Codecs.OPUS, Codecs.G722, Codecs.PCMU, Codecs.ILBC).ptime(20, 60).build();
        assertEquals("v=0\r\no=- 7 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 96 9 0 97 101 98\r\n"
            + "a=rtpmap:96 opus/48000/2\r\na=fmtp:96 useinbandfec=1\r\na=rtpmap:9 G722/8000\r\na=rtpmap:0 PCMU/8000\r\n"
            + "a=rtpmap:97 iLBC/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=rtpmap:98 telephone-event/48000\r\n"
            + "a=fmtp:98 0-16\r\na=ptime:20\r\na=maxptime:60\r\na=sendrecv\r\n", OfferAnswer.offer(ORIGIN, capabilities).toString());
    }

    @Test
    void anOfferTellsChosenNumbersRtcpAndAnIpv6Address() {
        AudioCapabilities capabilities = AudioCapabilities.builder(new MediaAddress("2001:db8::1", 5000))
            .codec(Codecs.OPUS, Codecs.PROVIDER, 111).rtcpPort(5000).option(Option.RTCP_MUX, true).option(Option.TELEPHONE_EVENT, false)
            .direction(Direction.RECVONLY).build();
        String offer = OfferAnswer.offer(Origin.first("-", "7", "2001:db8::1"), capabilities).toString();
        assertTrue(offer.contains("o=- 7 1 IN IP6 2001:db8::1\r\n") && offer.contains("c=IN IP6 2001:db8::1\r\n"), offer);
        assertTrue(offer.endsWith("m=audio 5000 RTP/AVP 111\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 useinbandfec=1\r\na=rtcp-mux\r\n"
            + "a=recvonly\r\n"), offer);
        AudioCapabilities apart = Codecs.with(Codecs.PCMU).rtcpPort(4711).build();
        assertTrue(OfferAnswer.offer(ORIGIN, apart).toString().contains("a=rtcp:4711\r\n"));
    }

    /** RFC 3264 §6.1, every offered direction with every wish of ours; and what the old hold sign makes of each. */
    @ParameterizedTest
    @CsvSource({
        "SENDRECV, SENDRECV, SENDRECV", "SENDRECV, SENDONLY, SENDONLY", "SENDRECV, RECVONLY, RECVONLY", "SENDRECV, INACTIVE, INACTIVE",
        "SENDONLY, SENDRECV, RECVONLY", "SENDONLY, SENDONLY, INACTIVE", "SENDONLY, RECVONLY, RECVONLY", "SENDONLY, INACTIVE, INACTIVE",
        "RECVONLY, SENDRECV, SENDONLY", "RECVONLY, SENDONLY, SENDONLY", "RECVONLY, RECVONLY, INACTIVE", "RECVONLY, INACTIVE, INACTIVE",
        "INACTIVE, SENDRECV, INACTIVE", "INACTIVE, SENDONLY, INACTIVE", "INACTIVE, RECVONLY, INACTIVE", "INACTIVE, INACTIVE, INACTIVE"})
    void directionMatrixOfAnswers(Direction offered, Direction wanted, Direction expected) {
        SessionDescription offer = Codecs.session("m=audio 4000 RTP/AVP 0", "a=" + offered);
        Answered answer = answered(offer, Codecs.with(Codecs.PCMU).direction(wanted));
        assertEquals(expected, answer.audio().direction());
        assertEquals(Optional.of(expected), answer.answer().media().get(0).direction());
        assertEquals(!offered.receives(), answer.audio().remoteHold());
        Answered atSession = answered(Codecs.session("a=" + offered, "m=audio 4000 RTP/AVP 0"), Codecs.with(Codecs.PCMU).direction(wanted));
        assertEquals(expected, atSession.audio().direction(), "direction said at session level");
        Answered nowhere = answered(offer.withMedia(0, offer.media().get(0).withConnection(Connection.of("0.0.0.0"))),
            Codecs.with(Codecs.PCMU).direction(wanted));
        assertEquals(expected.and(Direction.RECVONLY), nowhere.audio().direction(), "nobody is at 0.0.0.0");
        assertTrue(nowhere.audio().remoteHold());
    }

    /** The same matrix from the offerer's side, answers that RFC 3264 forbids included. */
    @ParameterizedTest
    @CsvSource({
        "SENDRECV, SENDRECV, SENDRECV, false", "SENDRECV, SENDONLY, RECVONLY, true", "SENDRECV, RECVONLY, SENDONLY, false",
        "SENDRECV, INACTIVE, INACTIVE, true", "SENDONLY, RECVONLY, SENDONLY, false", "SENDONLY, SENDRECV, SENDONLY, false",
        "SENDONLY, INACTIVE, INACTIVE, true", "SENDONLY, SENDONLY, INACTIVE, true", "RECVONLY, SENDONLY, RECVONLY, false",
        "RECVONLY, SENDRECV, RECVONLY, false", "RECVONLY, INACTIVE, INACTIVE, false", "RECVONLY, RECVONLY, INACTIVE, false",
        "INACTIVE, INACTIVE, INACTIVE, false", "INACTIVE, SENDRECV, INACTIVE, false", "INACTIVE, SENDONLY, INACTIVE, false",
        "INACTIVE, RECVONLY, INACTIVE, false"})
    void directionMatrixOfCompletions(Direction offered, Direction answered, Direction expected, boolean hold) {
        NegotiatedAudio audio = completed(Codecs.with(Codecs.PCMU).direction(offered), "m=audio 4000 RTP/AVP 0", "a=" + answered);
        assertEquals(expected, audio.direction());
        assertEquals(hold, audio.remoteHold());
    }

    @Test
    void anAnswerUsesOurPreferenceUnderTheOfferersNumbers() {
        SessionDescription offer = Codecs.session("m=audio 4000 RTP/AVP 0 8 111 101", "a=rtpmap:111 opus/48000/2", "a=fmtp:111 stereo=1",
            "a=rtpmap:101 telephone-event/8000", "a=fmtp:101 0-15", "a=ptime:40");
        Answered answer = answered(offer, Codecs.with(Codecs.OPUS, Codecs.PCMA, Codecs.PCMU));
        assertEquals("v=0\r\no=- 7 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 111 101\r\n"
            + "a=rtpmap:111 opus/48000/2\r\na=fmtp:111 useinbandfec=1\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\n"
            + "a=ptime:40\r\na=sendrecv\r\n", answer.answer().toString());
        Codec codec = answer.audio().codec();
        assertEquals(List.of("opus111/111"), names(answer.audio()));
        assertEquals("useinbandfec=1", codec.localParameters().raw());
        assertEquals("stereo=1", codec.remoteParameters().raw());
        assertEquals(Optional.of(new TelephoneEvent(101, 101, 8000, "0-15")), answer.audio().telephoneEvent());
        assertEquals("198.51.100.7:4000", answer.audio().remote().toString());
        assertEquals(40, answer.audio().sendPtime());
    }

    @Test
    void anAnswerMayListEveryCommonCodec() {
        SessionDescription offer = Codecs.session("m=audio 4000 RTP/AVP 0 3 8 111 100 101", "a=rtpmap:111 opus/48000/2",
            "a=rtpmap:100 telephone-event/48000", "a=rtpmap:101 telephone-event/8000");
        Answered answer = answered(offer, Codecs.with(Codecs.OPUS, Codecs.PCMA, Codecs.PCMU, Codecs.G722)
            .option(Option.ANSWER_ALL_CODECS, true));
        assertEquals(List.of("opus111/111", "PCMA8/8", "PCMU0/0"), names(answer.audio()));
        assertEquals(List.of("111", "8", "0", "100", "101"), answer.answer().media().get(0).formats());
        assertEquals(new TelephoneEvent(100, 100, 48000, "", Map.of(101, 8000)), answer.audio().telephoneEvent().orElseThrow());
        Answered narrow = answered(Codecs.session("m=audio 4000 RTP/AVP 0 111 101", "a=rtpmap:111 opus/48000/2",
            "a=rtpmap:101 telephone-event/8000"), Codecs.with(Codecs.OPUS, Codecs.PCMU).option(Option.ANSWER_ALL_CODECS, true));
        assertEquals(List.of("111", "0", "101"), narrow.answer().media().get(0).formats(), "no number twice");
    }

    @Test
    void telephoneEventNeedsBothSides() {
        String[] with = {"m=audio 4000 RTP/AVP 0 97", "a=rtpmap:97 telephone-event/8000"};
        assertEquals(Optional.empty(), answered(Codecs.session("m=audio 4000 RTP/AVP 0"), Codecs.with(Codecs.PCMU)).audio()
            .telephoneEvent());
        Answered without = answered(Codecs.session(with), Codecs.with(Codecs.PCMU).option(Option.TELEPHONE_EVENT, false));
        assertEquals(Optional.empty(), without.audio().telephoneEvent());
        assertEquals(List.of("0"), without.answer().media().get(0).formats());
        assertEquals(97, answered(Codecs.session(with), Codecs.with(Codecs.PCMU)).audio().telephoneEvent().orElseThrow()
            .sendPayloadType());
        assertEquals(Optional.empty(), completed(Codecs.with(Codecs.PCMU), "m=audio 4000 RTP/AVP 0").telephoneEvent());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "m=audio 4000 RTP/AVP 18|G729", "m=audio 4000 RTP/AVP 96 9|G722", "m=audio 4000 RTP/AVP 8 0|PCMU"})
    void fixedPayloadTypesNeedNoRtpmap(String media, String codec) {
        assertEquals(codec, answered(Codecs.session(media), Codecs.with(Codecs.G722, Codecs.PCMU, Codecs.G729)).audio().codec()
            .descriptor().name());
    }

    @Test
    void anRtpmapOutweighsTheFixedMeaningUnlessItOnlyExtendsTheName() {
        SessionDescription variant = Codecs.session("m=audio 4000 RTP/AVP 18", "a=rtpmap:18 G729a/8000");
        assertEquals("G729", answered(variant, Codecs.with(Codecs.G729)).audio().codec().descriptor().name());
        SessionDescription other = Codecs.session("m=audio 4000 RTP/AVP 0", "a=rtpmap:0 PCMA/8000");
        assertEquals("PCMA", answered(other, Codecs.with(Codecs.PCMU, Codecs.PCMA)).audio().codec().descriptor().name());
        SessionDescription dynamic = Codecs.session("m=audio 4000 RTP/AVP 97", "a=rtpmap:97 pcmu/8000");
        assertEquals(List.of("PCMU97/97"), names(answered(dynamic, Codecs.with(Codecs.PCMU)).audio()));
    }

    @Test
    void aFormatWhoseParametersCannotBeJoinedGivesWayToTheNext() {
        SessionDescription offer = Codecs.session("m=audio 4000 RTP/AVP 97 98", "a=rtpmap:97 iLBC/8000", "a=fmtp:97 mode=20",
            "a=rtpmap:98 iLBC/8000", "a=fmtp:98 mode=30");
        assertEquals(List.of("iLBC98/98"), names(answered(offer, Codecs.with(Codecs.ILBC)).audio()));
        assertEquals(Refusal.NO_COMMON_CODEC, refused(Codecs.session("m=audio 4000 RTP/AVP 97", "a=rtpmap:97 iLBC/8000",
            "a=fmtp:97 mode=20"), Codecs.with(Codecs.ILBC)).reason());
    }

    @Test
    void otherMediaAreRefusedInPlace() {
        SessionDescription offer = Codecs.session("m=video 5000 RTP/AVP 31", "a=mid:v", "a=sendonly", "m=audio 4000 RTP/AVP 0", "a=mid:a",
            "m=audio 4002 RTP/AVP 0", "m=image 6000 udptl t38", "m=application 9 TCP/BFCP *", "m=audio 0 RTP/AVP");
        Answered answer = answered(offer, Codecs.with(Codecs.PCMU).option(Option.TELEPHONE_EVENT, false));
        String text = answer.answer().toString();
        assertEquals("m=video 0 RTP/AVP 31\r\na=mid:v\r\nm=audio 4000 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=ptime:20\r\na=mid:a\r\n"
            + "a=sendrecv\r\nm=audio 0 RTP/AVP 0\r\nm=image 0 udptl t38\r\nm=application 0 TCP/BFCP *\r\nm=audio 0 RTP/AVP 0\r\n",
            text.substring(text.indexOf("m=")));
        assertEquals(1, answer.audio().mediaIndex());
    }

    @Test
    void theFirstAcceptableAudioIsTaken() {
        SessionDescription offer = Codecs.session("m=audio 4000 RTP/SAVP 0", "m=audio 0 RTP/AVP 0", "m=audio 4002 RTP/AVP 3",
            "m=audio 4004 RTP/AVPF 8", "m=audio 4006 RTP/AVP 8");
        Answered answer = answered(offer, Codecs.with(Codecs.PCMA));
        assertEquals(3, answer.audio().mediaIndex());
        assertEquals(MediaProfile.AVPF, answer.audio().profile());
        assertEquals("RTP/AVPF", answer.answer().media().get(3).protocol());
        assertEquals(List.of(0, 0, 0, 4000, 0), answer.answer().media().stream().map(MediaDescription::port).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "m=video 4000 RTP/AVP 31|NO_AUDIO|no audio is offered", "m=audio 0 RTP/AVP 0|NO_AUDIO|no audio is offered",
        "a=x|NO_AUDIO|no audio is offered",
        "m=audio 4000 RTP/SAVP 0|SECURE_PROFILE|the peer wants encrypted media (RTP/SAVP), which is not enabled",
        "m=audio 4000 RTP/SAVPF 0|SECURE_PROFILE|the peer wants encrypted media (RTP/SAVPF), which is not enabled",
        "m=audio 4000 UDP/TLS/RTP/SAVPF 0|SECURE_PROFILE|the peer wants encrypted media (UDP/TLS/RTP/SAVPF), which is not enabled",
        "m=audio 4000 udp 0|UNKNOWN_PROFILE|the peer's media protocol udp is not known",
        "m=audio 4000 RTP/AVP 8 3|NO_COMMON_CODEC|no common codec: the peer offers PCMA, GSM, we have PCMU",
        "m=audio 4000 RTP/AVP x 255|NO_COMMON_CODEC|no common codec: the peer offers nothing, we have PCMU"})
    void hopelessOffersAreRefusedWithASentence(String media, Refusal reason, String detail) {
        assertEquals(new Refused(reason, detail), refused(Codecs.session(media), Codecs.with(Codecs.PCMU)));
    }

    @Test
    void audioWithoutAnAddressIsRefused() {
        SessionDescription offer = Codecs.parse("v=0\no=- 1 1 IN IP4 h\nm=audio 4000 RTP/AVP 0\n");
        assertEquals(Refusal.NO_ADDRESS, refused(offer, Codecs.with(Codecs.PCMU)).reason());
    }

    @Test
    void theAnswerRepeatsTheOffersTime() {
        SessionDescription offer = Codecs.session("m=audio 4000 RTP/AVP 0").withLine(new Line('t', "3034423619 3042462419"));
        assertEquals("3034423619 3042462419", answered(offer, Codecs.with(Codecs.PCMU)).answer().line('t').orElseThrow().value());
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        // theirs: ptime, maxptime; ours: ptime; codec frame 10 or 30; expected to send, to receive
        "-, -, 0, PCMU, 20, 20", "30, -, 0, PCMU, 30, 30", "35, -, 0, PCMU, 30, 30", "5, -, 0, PCMU, 10, 10", "1000, -, 0, PCMU, 120, 120",
        "60, 40, 0, PCMU, 40, 60", "-, 10, 0, PCMU, 10, 20", "40, -, 20, PCMU, 40, 20", "-, -, 60, PCMU, 60, 60", "20, -, 0, iLBC, 30, 30",
        "60, -, 20, iLBC, 60, 30"})
    void packetTimes(String theirs, String theirMost, int ours, String codec, int send, int receive) {
        MediaDescription media = Codecs.session("m=audio 4000 RTP/AVP 0 97", "a=rtpmap:97 iLBC/8000").media().get(0);
        media = theirs == null ? media : media.with(Attribute.of("ptime", theirs));
        media = theirMost == null ? media : media.with(Attribute.of("maxptime", theirMost));
        SessionDescription offer = Codecs.session("a=x").withMedia(List.of(media));
        Answered answer = answered(offer, Codecs.with(codec.equals("PCMU") ? Codecs.PCMU : Codecs.ILBC).ptime(ours, 0));
        assertEquals(send, answer.audio().sendPtime());
        assertEquals(receive, answer.audio().receivePtime());
        assertEquals(receive, answer.answer().media().get(0).ptime().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "-|198.51.100.7:4001", "a=rtcp:5005|198.51.100.7:5005", "a=rtcp:5005 IN IP4 203.0.113.9|203.0.113.9:5005",
        "a=rtcp-mux|198.51.100.7:4000"})
    void whereTheirRtcpIs(String attribute, String expected) {
        SessionDescription offer = Codecs.session("m=audio 4000 RTP/AVP 0", attribute == null ? "a=x" : attribute);
        NegotiatedAudio audio = answered(offer, Codecs.with(Codecs.PCMU).option(Option.RTCP_MUX, true)).audio();
        assertEquals(expected, audio.remoteRtcp().orElseThrow().toString());
        assertEquals("a=rtcp-mux".equals(attribute), audio.rtcpMux());
    }

    @Test
    void rtcpMuxNeedsBothSidesAndNoPortLiesAboveTheLast() {
        SessionDescription offer = Codecs.session("m=audio 65535 RTP/AVP 0", "a=rtcp-mux");
        Answered apart = answered(offer, Codecs.with(Codecs.PCMU));
        assertFalse(apart.audio().rtcpMux());
        assertFalse(apart.answer().media().get(0).rtcpMux());
        assertEquals(Optional.empty(), apart.audio().remoteRtcp());
        assertTrue(answered(offer, Codecs.with(Codecs.PCMU).option(Option.RTCP_MUX, true)).answer().media().get(0).rtcpMux());
        assertFalse(completed(Codecs.with(Codecs.PCMU), "m=audio 4000 RTP/AVP 0", "a=rtcp-mux").rtcpMux(), "we did not offer it");
        assertTrue(completed(Codecs.with(Codecs.PCMU).option(Option.RTCP_MUX, true), "m=audio 4000 RTP/AVP 0", "a=rtcp-mux").rtcpMux());
    }

    @Test
    void namesMayStandForAddressesAndTheMediaLevelWins() {
        NegotiatedAudio audio = answered(Codecs.session("m=audio 4000 RTP/AVP 0", "c=IN IP4 media.example.com"), Codecs.with(Codecs.PCMU))
            .audio();
        assertEquals("media.example.com", audio.remote().host());
        assertEquals(Optional.empty(), audio.remote().literal());
    }

    @Test
    void completingFollowsTheAnswersOrderAndKeepsBothNumbersApart() {
        NegotiatedAudio audio = completed(Codecs.with(Codecs.OPUS, Codecs.PCMU, Codecs.PCMA), "m=audio 4000 RTP/AVP 8 120 110 0",
            "a=rtpmap:120 OPUS/48000/2", "a=fmtp:120 maxplaybackrate=16000", "a=rtpmap:110 telephone-event/8000", "a=fmtp:110 0-11");
        assertEquals(List.of("PCMA8/8", "opus120/96", "PCMU0/0"), names(audio));
        assertEquals("useinbandfec=1", audio.codecs().get(1).localParameters().raw());
        assertEquals("maxplaybackrate=16000", audio.codecs().get(1).remoteParameters().raw());
        assertEquals(Optional.of(new TelephoneEvent(110, 101, 8000, "0-11")), audio.telephoneEvent());
    }

    @Test
    void eventsOfEachClockRateThatWasAgreedOnMayCome() {
        NegotiatedAudio audio = completed(Codecs.with(Codecs.OPUS, Codecs.PCMU), "m=audio 4000 RTP/AVP 96 126 110",
            "a=rtpmap:96 opus/48000/2", "a=rtpmap:126 telephone-event/8000", "a=rtpmap:110 telephone-event/48000");
        TelephoneEvent event = audio.telephoneEvent().orElseThrow();
        assertEquals(new TelephoneEvent(110, 97, 48000, "", Map.of(101, 8000)), event);
        assertEquals(Map.of(97, 48000, 101, 8000), event.receivedTypes());
    }

    @Test
    void anUnspecifiedAddressIsHoldWithoutIceOnly() {
        String[] plain = {"m=audio 9 RTP/AVP 0", "c=IN IP4 0.0.0.0"};
        String[] ice = {"m=audio 9 RTP/AVP 0", "c=IN IP4 0.0.0.0", "a=ice-ufrag:abcd", "a=ice-pwd:abcdefghijklmnopqrstuv"};
        assertEquals(Direction.RECVONLY, answered(Codecs.session(plain), Codecs.with(Codecs.PCMU)).audio().direction());
        NegotiatedAudio audio = answered(Codecs.session(ice), Codecs.with(Codecs.PCMU)).audio();
        assertEquals(Direction.SENDRECV, audio.direction());
        assertFalse(audio.remoteHold());
    }

    @Test
    void anAnswerMaySwapOurNumbers() {
        NegotiatedAudio audio = completed(Codecs.with(Codecs.OPUS, Codecs.ILBC), "m=audio 4000 RTP/AVP 97 96", "a=rtpmap:97 opus/48000/2",
            "a=rtpmap:96 iLBC/8000");
        assertEquals(List.of("opus97/96", "iLBC96/97"), names(audio));
    }

    @Test
    void aBareDynamicNumberInTheAnswerMeansWhatWeOffered() {
        assertEquals(List.of("opus96/96"), names(completed(Codecs.with(Codecs.OPUS, Codecs.PCMU), "m=audio 4000 RTP/AVP 96")));
    }

    @Test
    void formatsWeDidNotOfferArePassedOver() {
        assertEquals(List.of("PCMU0/0"), names(completed(Codecs.with(Codecs.PCMU), "m=audio 4000 RTP/AVP 9 8 0")));
        Refused refused = assertInstanceOf(Refused.class, complete(Codecs.with(Codecs.PCMU), "m=audio 4000 RTP/AVP 9 8"));
        assertEquals(new Refused(Refusal.NO_COMMON_CODEC,
            "the peer answered with none of the codecs we offered, but with G722, PCMA"), refused);
    }

    @ParameterizedTest
    @CsvSource({"m=audio 0 RTP/AVP 0, REJECTED_BY_PEER", "m=audio 4000 RTP/SAVP 0, SECURE_PROFILE", "m=audio 4000 x 0, UNKNOWN_PROFILE",
        "m=video 4000 RTP/AVP 0, MISMATCH", "a=x, MISMATCH"})
    void unusableAnswersAreRefused(String media, Refusal reason) {
        assertEquals(reason, assertInstanceOf(Refused.class, complete(Codecs.with(Codecs.PCMU), media)).reason());
    }

    @Test
    void anAnswerWithMoreMediaThanOfferedIsRefused() {
        Refused refused = assertInstanceOf(Refused.class,
            complete(Codecs.with(Codecs.PCMU), "m=audio 4000 RTP/AVP 0", "m=video 4002 RTP/AVP 31"));
        assertEquals("the answer's media lines [audio, video] are not those of our offer [audio]", refused.detail());
    }

    @Test
    void bothEndsOfOneExchangeAgree() {
        AudioCapabilities a = Codecs.with(Codecs.G722, Codecs.OPUS, Codecs.PCMU).ptime(30, 0).build();
        AudioCapabilities b = AudioCapabilities.builder(new MediaAddress("192.0.2.2", 6000)).codec(Codecs.OPUS, Codecs.PROVIDER, 120)
            .codec(Codecs.PCMU, Codecs.PROVIDER).direction(Direction.SENDONLY).build();
        SessionDescription offer = OfferAnswer.offer(ORIGIN, a);
        Answered answer = assertInstanceOf(Answered.class, OfferAnswer.answer(offer, ORIGIN, b));
        NegotiatedAudio ours = assertInstanceOf(Completed.class, OfferAnswer.complete(offer, answer.answer(), a)).audio();
        NegotiatedAudio theirs = answer.audio();
        assertEquals(ours.direction(), theirs.direction().reverse());
        assertEquals(ours.remote(), theirs.local());
        assertEquals(ours.local(), theirs.remote());
        assertEquals(ours.codec().sendPayloadType(), theirs.codec().receivePayloadType());
        assertEquals(ours.codec().receivePayloadType(), theirs.codec().sendPayloadType());
        assertEquals(ours.codec().remoteParameters(), theirs.codec().localParameters());
        assertEquals(ours.telephoneEvent().orElseThrow().sendPayloadType(), theirs.telephoneEvent().orElseThrow().receivePayloadType());
        assertTrue(ours.remoteHold());
        assertFalse(theirs.remoteHold());
    }

    /** RFC 2543 hold in an answer: whatever the attribute says, nobody is at that address. */
    @ParameterizedTest
    @CsvSource({"sendrecv, 0.0.0.0, RECVONLY", "sendonly, 0.0.0.0, RECVONLY", "recvonly, 0.0.0.0, INACTIVE", "inactive, 0.0.0.0, INACTIVE",
        "sendrecv, ::, RECVONLY", "sendrecv, hold.invalid, RECVONLY"})
    void anAnswerFromNowhereTakesNoAudio(String direction, String host, Direction expected) {
        NegotiatedAudio audio = completed(Codecs.with(Codecs.PCMU), "m=audio 4000 RTP/AVP 0", "c=" + Connection.of(host), "a=" + direction);
        assertEquals(expected, audio.direction());
        assertTrue(audio.remoteHold());
    }

    @Test
    void aDirectionAtMediaLevelOutweighsTheSessions() {
        SessionDescription offer = Codecs.session("a=inactive", "m=audio 4000 RTP/AVP 0", "a=sendonly");
        assertEquals(Direction.RECVONLY, answered(offer, Codecs.with(Codecs.PCMU)).audio().direction());
        assertEquals(Direction.SENDRECV, completed(Codecs.with(Codecs.PCMU), "a=sendonly", "m=audio 4000 RTP/AVP 0", "a=sendrecv")
            .direction());
    }

    @Test
    void packetTimesOfAnAnswerAreThePeersForSendingAndOursForReceiving() {
        NegotiatedAudio audio = completed(Codecs.with(Codecs.PCMU).ptime(30, 60), "m=audio 4000 RTP/AVP 0", "a=ptime:40", "a=maxptime:200");
        assertEquals(40, audio.sendPtime());
        assertEquals(30, audio.receivePtime());
        NegotiatedAudio silent = completed(Codecs.with(Codecs.ILBC), "m=audio 4000 RTP/AVP 96", "a=rtpmap:96 iLBC/8000");
        assertEquals(30, silent.sendPtime());
        assertEquals(30, silent.receivePtime());
    }

    @Test
    void anAnswerMayChangeThePlainProfileButNotToAnUnknownOne() {
        assertEquals(MediaProfile.AVPF, completed(Codecs.with(Codecs.PCMU), "m=audio 4000 rtp/avpf 0").profile());
    }

    @Test
    void anAnswerWithoutAnAddressIsRefused() {
        AudioCapabilities ours = Codecs.with(Codecs.PCMU).build();
        SessionDescription answer = Codecs.parse("v=0\no=- 1 1 IN IP4 h\nm=audio 4000 RTP/AVP 0\n");
        assertEquals(Refusal.NO_ADDRESS, assertInstanceOf(Refused.class,
            OfferAnswer.complete(OfferAnswer.offer(ORIGIN, ours), answer, ours)).reason());
    }

    @Test
    void anAnsweredFormatWhoseParametersCannotBeJoinedIsPassedOver() {
        NegotiatedAudio audio = completed(Codecs.with(Codecs.ILBC, Codecs.PCMU), "m=audio 4000 RTP/AVP 96 0", "a=rtpmap:96 iLBC/8000",
            "a=fmtp:96 mode=20");
        assertEquals(List.of("PCMU0/0"), names(audio));
    }

    @Test
    void aRefusalNamesTheNearestMiss() {
        SessionDescription offer = Codecs.session("m=video 1 RTP/AVP 31", "m=audio 4000 RTP/SAVP 0", "m=audio 4002 RTP/AVP 3",
            "m=audio 4004 x 0");
        assertEquals(Refusal.NO_COMMON_CODEC, refused(offer, Codecs.with(Codecs.PCMU)).reason());
    }
}
