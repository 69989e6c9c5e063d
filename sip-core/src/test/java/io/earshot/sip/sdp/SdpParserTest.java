package io.earshot.sip.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.sdp.SdpResult.Malformed;
import io.earshot.sip.sdp.SdpResult.Parsed;
import io.earshot.sip.sdp.SdpResult.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("rfc8866")
class SdpParserTest {
    private static final String HEAD = "v=0\r\no=- 1 2 IN IP4 h\r\ns=-\r\nt=0 0\r\n";

    /** Every line type of RFC 8866, and some that nobody knows. */
    private static final String FULL = "v=0\r\no=jdoe 3724394400 3724394405 IN IP4 198.51.100.1\r\ns=Call to John Smith\r\n"
        + "i=SDP Offer #1\r\nu=http://www.jdoe.example.com/home.html\r\ne=Jane Doe <jane@jdoe.example.com>\r\np=+1 617 555-6011\r\n"
        + "c=IN IP4 198.51.100.1\r\nb=AS:128\r\nt=0 0\r\nr=604800 3600 0 90000\r\nz=0 0\r\nk=prompt\r\na=recvonly\r\na=group:BUNDLE a v\r\n"
        + "x=unknown\r\nm=audio 49170 RTP/AVP 0 96\r\ni=voice\r\nc=IN IP6 2001:db8::2\r\nb=TIAS:64000\r\na=rtpmap:96 opus/48000/2\r\n"
        + "a=fmtp:96 useinbandfec=1; stereo=0\r\na=x-vendor: some thing\r\na=mid:a\r\na=sendrecv\r\n"
        + "m=video 51372/2 RTP/AVPF 99\r\na=rtpmap:99 h263-1998/90000\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n";

    @Test
    void whatIsReadIsWrittenByteForByte() {
        assertEquals(FULL, Codecs.parse(FULL).toString());
        assertEquals(FULL, new String(SdpWriter.write(Codecs.parse(FULL)), StandardCharsets.UTF_8));
    }

    @Test
    void typedViewsReadTheLines() {
        SessionDescription sdp = Codecs.parse(FULL);
        MediaDescription audio = sdp.media().get(0);
        MediaDescription video = sdp.media().get(1);
        assertEquals(new Origin("jdoe", "3724394400", "3724394405", "IP4", "198.51.100.1"), sdp.origin());
        assertEquals(List.of("BUNDLE a v"), sdp.groups());
        assertEquals("Call to John Smith", sdp.line('s').orElseThrow().value());
        assertEquals(Optional.of(new Connection("IP6", "2001:db8::2")), sdp.connection(audio));
        assertEquals(Optional.of(new Connection("IP4", "198.51.100.1")), sdp.connection(video));
        assertEquals(Direction.SENDRECV, sdp.direction(audio));
        assertEquals(Direction.RECVONLY, sdp.direction(video), "inherited from the session");
        assertEquals(Map.of(0, new RtpMap(0, "PCMU", 8000, 1), 96, new RtpMap(96, "opus", 48000, 2)), audio.rtpMaps());
        assertEquals(List.of(0, 96), List.copyOf(audio.rtpMaps().keySet()));
        assertEquals("useinbandfec=1; stereo=0", audio.fmtp(96).raw());
        assertEquals("", audio.fmtp(0).raw());
        assertEquals(Optional.of("a"), audio.mid());
        assertEquals("some thing", audio.attribute("X-Vendor").orElseThrow().value());
        assertEquals(2, video.portCount());
        assertEquals(List.of("webrtc-datachannel"), sdp.media().get(2).formats());
        assertEquals(List.of(), sdp.media().get(2).payloadTypes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n", "\r\n\r\n", "  \r\n", "\t\n", "\n\r"})
    void lineEndsAndTrailingBlanksMayBeSloppy(String end) {
        SessionDescription sdp = Codecs.parse(FULL.replace("\r\n", end));
        assertEquals(FULL, sdp.toString());
        assertEquals(sdp, Codecs.parse((FULL + "\u0000").replace("\r\n", end)), "a NUL at the end");
    }

    @Test
    void absentNameAndTimeArePutIn() {
        assertEquals("v=0\r\no=- 1 1 IN IP4 h\r\ns=-\r\nc=IN IP4 h\r\nt=0 0\r\na=x\r\nm=audio 4 RTP/AVP 0\r\n",
            Codecs.parse("v=0\no=- 1 1 IN IP4 h\nc=IN IP4 h\na=x\nm=audio 4 RTP/AVP 0").toString());
    }

    @Test
    void linesMayStandInAnyOrder() {
        SessionDescription sdp = Codecs.parse("v=0\nt=0 0\na=sendonly\nc=IN IP4 1.2.3.4\ns=-\no=me 1 1 IN IP4 h\nm=audio 4 RTP/AVP 0\n");
        assertEquals(Direction.SENDONLY, sdp.direction(sdp.media().get(0)));
        assertEquals("1.2.3.4", sdp.connection(sdp.media().get(0)).orElseThrow().address());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "o=John Doe 1 2 IN IP4 h|John Doe", "o=- 0 0 IN IP4 h|-", "o=a  18446744073709551616   9 IN IP6 ::1|a"})
    void originsOfRealPhonesAreRead(String line, String user) {
        assertEquals(user, Codecs.parse("v=0\n" + line + "\n").origin().username());
    }

    @Test
    void attributesInOddCaseAndSpacingAreUnderstood() {
        MediaDescription audio = Codecs.parse(HEAD + "m=audio  4000   RTP/AVP  97 101\nc=IN IP4 h\na=RTPMAP: 97  Speex/16000\n"
            + "a=rtpmap:101 TELEPHONE-EVENT/8000/1\na=FMTP:101   0-15\na=PTime:30.0\na=maxptime: 60\na=SendOnly\na=rtcp-mux\n")
            .media().get(0);
        assertEquals(new RtpMap(97, "Speex", 16000, 1), audio.rtpMaps().get(97));
        assertTrue(OfferAnswer.isTelephoneEvent(audio.rtpMaps().get(101)));
        assertEquals("0-15", audio.fmtp(101).raw());
        assertEquals(OptionalInt.of(30), audio.ptime());
        assertEquals(OptionalInt.of(60), audio.maxptime());
        assertEquals(Optional.of(Direction.SENDONLY), audio.direction());
        assertTrue(audio.rtcpMux());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "53020|h:53020", "53020 IN IP4 126.16.64.4|126.16.64.4:53020", "53020 IN IP6 2001:db8::1|[2001:db8::1]:53020",
        "53020 rubbish|h:53020", "0|", "70000|", "x|", "''|"})
    void rtcpAttribute(String value, String expected) {
        MediaDescription audio = MediaDescription.of("audio", 4, "RTP/AVP", List.of("0")).with(Attribute.of("rtcp", value));
        assertEquals(Optional.ofNullable(expected), audio.rtcp("h").map(MediaAddress::toString));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtpmap:", "rtpmap:x PCMU/8000", "rtpmap:97", "rtpmap:97 x", "rtpmap:97 /8000", "rtpmap:97 x/", "rtpmap:97 x/0",
        "rtpmap:97 x/99999999999", "rtpmap:-1 x/8000", "rtpmap:128 x/8000", "rtpmap:97 x/8000/0", "rtpmap:\u0669\u0667 x/8000",
        "rtpmap:97 x\u0001/8000", "fmtp:", "fmtp:97", "fmtp:x y", "ptime:0", "ptime:-20", "ptime:99999999999999", "ptime:", "mid:",
        "rtcp:", ":", "", " ", "group:"})
    void unreadableAttributesAreKeptAndPassedOver(String attribute) {
        MediaDescription audio = Codecs.parse(HEAD + "m=audio 4 RTP/AVP 97 0 x 97 200 -1\na=" + attribute + "\n").media().get(0);
        assertEquals(List.of(97, 0), audio.payloadTypes());
        assertEquals(List.of(0), List.copyOf(audio.rtpMaps().keySet()));
        assertEquals("", audio.fmtp(97).raw());
        assertEquals(OptionalInt.empty(), audio.ptime());
        assertEquals(Optional.empty(), audio.mid());
        assertEquals(Optional.empty(), audio.rtcp("h"));
        assertEquals(attribute.stripTrailing(), audio.attributes().get(0).text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "IN IP4 0.0.0.0|true", "IN IP6 ::|true", "IN IP6 0:0:0:0:0:0:0:0|true", "IN IP4 anon.invalid|true", "IN IP4 10.0.0.0|false",
        "IN IP6 ::1|false", "in ip4 media.example.com|false", "IN IP4 224.2.1.1/127/3|false"})
    void connectionsAndTheAddressOfNobody(String value, boolean unspecified) {
        assertEquals(unspecified, Codecs.parse(HEAD + "c=" + value + "\n").connection().orElseThrow().isUnspecified());
    }

    @Test
    void multicastSuffixesAreCutFromTheAddress() {
        assertEquals(Optional.of(new Connection("IP4", "224.2.1.1")), Connection.parse("IN IP4 224.2.1.1/127/3"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "|EMPTY", "'\r\n \n'|EMPTY", "hello|NOT_SDP", "'o=- 1 1 IN IP4 h\nv=0'|NOT_SDP", "v=1|NOT_SDP", "<xml/>|NOT_SDP",
        "'v=0\nm=audio 4 RTP/AVP 0'|BAD_ORIGIN", "'v=0\no=- 1 IN IP4 h'|BAD_ORIGIN", "'v=0\no=- x 1 IN IP4 h'|BAD_ORIGIN",
        "'v=0\no=- -1 1 IN IP4 h'|BAD_ORIGIN", "'v=0\no=- 1 1 IN IP4 h\nrubbish'|BAD_LINE", "'v=0\no=- 1 1 IN IP4 h\n1=x'|BAD_LINE",
        "'v=0\no=- 1 1 IN IP4 h\na'|BAD_LINE", "'v=0\no=- 1 1 IN IP4 h\nv=0'|BAD_LINE",
        "'v=0\no=- 1 1 IN IP4 h\nm=audio 4 x 0\no=- 1 1 IN IP4 h'|BAD_LINE",
        "'v=0\no=- 1 1 IN IP4 h\nc=IN IP4'|BAD_CONNECTION", "'v=0\no=- 1 1 IN IP4 h\nc=IN IP9 h'|BAD_CONNECTION",
        "'v=0\no=- 1 1 IN IP4 h\nc=ATM IP4 h'|BAD_CONNECTION", "'v=0\no=- 1 1 IN IP4 h\nc=IN IP4 a<b'|BAD_CONNECTION",
        "'v=0\no=- 1 1 IN IP4 h\nm=audio'|BAD_MEDIA", "'v=0\no=- 1 1 IN IP4 h\nm=audio 65536 RTP/AVP 0'|BAD_MEDIA",
        "'v=0\no=- 1 1 IN IP4 h\nm=audio -1 RTP/AVP 0'|BAD_MEDIA", "'v=0\no=- 1 1 IN IP4 h\nm=audio x RTP/AVP 0'|BAD_MEDIA",
        "'v=0\no=- 1 1 IN IP4 h\nm=audio 4/0 RTP/AVP 0'|BAD_MEDIA", "'v=0\no=- 1 1 IN IP4 h\nm=audio 99999999999 RTP/AVP 0'|BAD_MEDIA"})
    void brokenDescriptionsGetAVerdict(String text, Reason reason) {
        assertEquals(reason, Codecs.malformed(text == null ? "" : text).reason());
    }

    @Test
    void theVerdictTellsWhere() {
        Malformed malformed = Codecs.malformed("v=0\r\no=- 1 1 IN IP4 h\r\nrubbish\r\n");
        assertEquals(23, malformed.offset());
        assertEquals("line 3 is not letter=value", malformed.detail());
        assertEquals(Reason.BAD_LINE, Codecs.malformed(HEAD + "a=x\u0000y\r\n").reason());
    }

    @Test
    void everyLimitIsEnforcedAndReachable() {
        SdpLimits limits = new SdpLimits(400, 60, 12, 2, 3, 4);
        SdpParser parser = new SdpParser(limits);
        String media = "m=audio 4 RTP/AVP 0 1 2 3\n";
        assertInstanceOf(Parsed.class, parser.parse((HEAD + media + media + "a=x\na=x\na=x\n").getBytes(StandardCharsets.UTF_8)));
        for (String tooMuch : List.of(media + media + media, "a=x\n".repeat(4), "a=" + "x".repeat(59) + "\n",
                "m=audio 4 RTP/AVP 0 1 2 3 4\n", "b=x\n".repeat(9), "\n".repeat(400))) {
            SdpResult result = parser.parse((HEAD + tooMuch).getBytes(StandardCharsets.UTF_8));
            Malformed malformed = assertInstanceOf(Malformed.class, result, tooMuch);
            assertEquals(Reason.TOO_LARGE, malformed.reason(), tooMuch);
        }
    }

    @Test
    void twentyThousandAttributesAndSixtyFourKibibytesEndFast() {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertEquals(Reason.TOO_LARGE, Codecs.malformed(HEAD + "a=x\n".repeat(20_000)).reason());
            SessionDescription big = Codecs.parse(HEAD + "m=audio 4 RTP/AVP" + " 97".repeat(128) + "\n"
                + "a=rtpmap:97 x/8000\n".repeat(2_048));
            assertEquals(1, big.media().get(0).rtpMaps().size());
        });
    }

    @Test
    void textIsUtf8AndNotUtf8IsForgiven() {
        assertEquals("\u00fcber", Codecs.parse("v=0\no=- 1 1 IN IP4 h\ns=\u00fcber\n").line('s').orElseThrow().value());
        byte[] latin = "v=0\no=- 1 1 IN IP4 h\ns=\u00fc\n".getBytes(StandardCharsets.ISO_8859_1);
        assertInstanceOf(Parsed.class, new SdpParser().parse(latin));
    }

    @Test
    void survivesMutationsAndReadsBackWhatItWrites() {
        Random random = new Random(8866);
        String[] tokens = {"a=", "m=", "c=", "IN IP4 ", "rtpmap:", "fmtp:", "\r\n", "\n", "=", ":", "/", " ", "0", "65536", "-1", "\u0000",
            "99999999999999999999", "m=audio 1 RTP/AVP 0\n", "a=ptime:", "\u00e9", "v=0\n", "o=- 1 1 IN IP4 h\n", "ptime", "96"};
        AudioCapabilities capabilities = Codecs.with(Codecs.PCMU, Codecs.OPUS, Codecs.ILBC).build();
        SessionDescription ours = OfferAnswer.offer(Origin.first("-", "1", "192.0.2.1"), capabilities);
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            int parsed = 0;
            for (int run = 0; run < 20_000; run++) {
                byte[] bytes = mutate(random, FULL, tokens);
                if (new SdpParser().parse(bytes) instanceof Parsed good) {
                    parsed++;
                    SessionDescription sdp = good.description();
                    assertEquals(sdp, Codecs.parse(sdp.toString()));
                    OfferAnswer.answer(sdp, ours.origin(), capabilities);
                    OfferAnswer.complete(ours, sdp, capabilities);
                }
            }
            assertTrue(parsed > 2_000, "only " + parsed + " mutations were still descriptions");
        });
    }

    private static byte[] mutate(Random random, String seed, String[] tokens) {
        StringBuilder text = new StringBuilder(seed);
        for (int edits = random.nextInt(6); edits >= 0; edits--) {
            int at = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), at + random.nextInt(12));
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, tokens[random.nextInt(tokens.length)]);
                case 1 -> text.delete(at, to);
                case 2 -> text.replace(at, to, tokens[random.nextInt(tokens.length)]);
                default -> text.insert(at, text.substring(0, random.nextInt(Math.min(text.length(), 200) + 1)));
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(4) == 0 && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }
}
