package io.earshot.sip.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.Uri;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdentityHeadersTest {
    private static Request invite(String... headers) {
        RequestBuilder builder = Request.builder(SipMethod.INVITE, Uri.parse("sip:bob@example.org"))
            .set(HeaderName.FROM, "\"Spoof\" <sip:mallory@evil.example>;tag=1");
        for (int i = 0; i < headers.length; i += 2) {
            builder.add(HeaderName.of(headers[i]), headers[i + 1]);
        }
        return builder.build();
    }

    @Test
    @Tag("rfc3326")
    void reasonsAreReadAndWritten() {
        List<Reason> reasons = Reason.of(invite("Reason", "SIP ;cause=200 ;text=\"Call completed elsewhere\", Q.850;cause=16"));
        assertEquals(List.of(Reason.sip(200, "Call completed elsewhere"), Reason.q850(16, "")), reasons);
        assertTrue(reasons.get(0).isAnsweredElsewhere());
        assertFalse(reasons.get(1).isAnsweredElsewhere());
        assertEquals("SIP;cause=200;text=\"Call completed elsewhere\"", reasons.get(0).toString());
        assertEquals(Optional.of(Reason.sip(480, "say \"no\" \\")), Reason.parse(Reason.sip(480, "say \"no\" \\").toString()));
        assertThrows(IllegalArgumentException.class, () -> Reason.sip(480, "a\r\nX: y"));
    }

    @Test
    @Tag("rfc5806")
    void diversionsAreReadLatestFirstAndCounted() {
        Request request = invite("Diversion", "<sip:bob@x>;reason=no-answer;counter=2, \"Al\" <sip:al@x>;privacy=full;screen=no");
        List<Diversion> all = Diversion.of(request);
        assertEquals(List.of("sip:bob@x", "sip:al@x"), all.stream().map(entry -> entry.uri().toString()).toList());
        assertEquals("no-answer", all.get(0).reason());
        assertEquals("full", all.get(1).privacy());
        assertEquals(3, Diversion.count(request));
        assertEquals("<sip:bob@x>;reason=user-busy;counter=1", Diversion.of(Uri.parse("sip:bob@x"), "user-busy").toString());
    }

    @Test
    @Tag("rfc7044")
    void historyGrowsByOneEntryThatSaysWhy() {
        List<HistoryEntry> first = HistoryEntry.after(List.of(), Uri.parse("sip:bob@x"), Reason.sip(486, "Busy Here"),
            Uri.parse("sip:carol@x"));
        assertEquals(List.of("1", "1.1"), first.stream().map(HistoryEntry::index).toList());
        Request carried = invite("History-Info", String.join(", ", first.stream().map(Object::toString).toList()));
        assertEquals(first, HistoryEntry.of(carried));
        assertEquals(Optional.of(Reason.sip(486, "Busy Here")), HistoryEntry.of(carried).get(0).reason());
        List<HistoryEntry> second = HistoryEntry.after(first, Uri.parse("sip:unused@x"), Reason.sip(302, ""), Uri.parse("sip:dave@x"));
        assertEquals(List.of("1", "1.1", "1.1.1"), second.stream().map(HistoryEntry::index).toList());
        assertEquals(Optional.of("mp=1.1"), second.get(2).cause());
    }

    @Test
    @Tag("rfc7433")
    void userToUserDataIsBytes() {
        List<UserToUser> read = UserToUser.of(invite("User-to-User", "56a390f3d2b7310023a2;encoding=hex;purpose=foo;content=bar"));
        assertEquals("foo", read.get(0).purpose());
        assertEquals((byte) 0x56, read.get(0).bytes()[0]);
        assertEquals("48C3A96C6C6F;encoding=hex", UserToUser.of("Héllo").toString());
        assertEquals("Héllo", new String(UserToUser.parse(UserToUser.of("Héllo").toString()).orElseThrow().bytes(),
            java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    @Tag("rfc3325")
    void assertionsCountOnlyFromThoseWeTrust() {
        Request request = invite("P-Asserted-Identity", "\"Alice\" <sip:alice@example.org>, <tel:+1555>");
        assertEquals("sip:alice@example.org", CallerIdentity.of(request, true).best().uri().toString());
        assertEquals(2, CallerIdentity.of(request, true).asserted().size());
        assertEquals("sip:mallory@evil.example", CallerIdentity.of(request, false).best().uri().toString());
        assertEquals(List.of(), CallerIdentity.of(request, false).asserted());
    }

    @Test
    @Tag("rfc3323")
    void privacyMakesACallerAnonymous() {
        assertTrue(CallerIdentity.of(invite("Privacy", "id; critical"), true).isAnonymous());
        assertFalse(CallerIdentity.of(invite("Privacy", "none"), true).isAnonymous());
        assertFalse(CallerIdentity.of(invite(), true).isAnonymous());
        Request anonymous = invite().toBuilder().set(HeaderName.FROM, "<sip:anonymous@anonymous.invalid>;tag=1").build();
        assertTrue(CallerIdentity.of(anonymous, true).isAnonymous());
    }

    @Test
    void remotePartyIdServesWhereThereIsNothingElse() {
        Request request = invite("Remote-Party-ID", "\"Al\" <sip:201@pbx>;party=calling;screen=yes;privacy=full");
        assertEquals("sip:201@pbx", CallerIdentity.of(request, true).best().uri().toString());
        assertTrue(CallerIdentity.of(request, true).isAnonymous());
        assertEquals(List.of(), CallerIdentity.of(invite("Remote-Party-ID", "<sip:9@pbx>;party=called"), true).asserted());
    }

    static Stream<Arguments> answerModes() {
        return Stream.of(Arguments.of("P-Auto-Answer", "normal", 0), Arguments.of("Call-Info", "<sip:x>;answer-after=3", 3),
            Arguments.of("Call-Info", "answer-after=0", -1), Arguments.of("Alert-Info", "<http://x>;info=alert-autoanswer;delay=2", 2),
            Arguments.of("Alert-Info", "info=alert-autoanswer", 0), Arguments.of("Alert-Info", "Ring Answer", 0),
            Arguments.of("Alert-Info", "<http://x/ring.wav>", -1), Arguments.of("Answer-Mode", "Auto", 0),
            Arguments.of("Priv-Answer-Mode", "Auto;require", 0), Arguments.of("Call-Info", "<sip:x>;answer-after=99999", 600));
    }

    @ParameterizedTest
    @MethodSource("answerModes")
    @Tag("rfc5373")
    void everyHeaderThatAsksForAnAutomaticAnswerIsUnderstood(String name, String value, int delay) {
        Optional<AnswerMode> mode = AnswerMode.of(invite(name, value));
        assertEquals(delay >= 0, mode.filter(AnswerMode::automatic).isPresent());
        mode.ifPresent(known -> assertEquals(delay, known.delaySeconds()));
    }

    @Test
    @Tag("rfc5373")
    void manualMeansThatAPersonIsWanted() {
        assertFalse(AnswerMode.of(invite("Answer-Mode", "Manual", "P-Auto-Answer", "normal")).orElseThrow().automatic());
    }

    @Test
    void callInfoIconsAreRead() {
        List<InfoLink> links = InfoLink.of(invite("Call-Info", "<http://x/a.png>;purpose=icon, <http://x/>;purpose=info"),
            HeaderName.CALL_INFO);
        assertEquals(List.of("icon", "info"), links.stream().map(link -> link.parameter("purpose")).toList());
        assertEquals("http://x/a.png", links.get(0).target());
    }

    /** Mutated values of every header: nothing throws, and what is read can be written and read again. */
    @Test
    void mutatedValuesNeverThrow() {
        SplittableRandom random = new SplittableRandom(5806);
        List<String> seeds = List.of("<sip:bob@x>;reason=no-answer;counter=2", "SIP;cause=200;text=\"a \\\"b\"",
            "<sip:b@x?Reason=SIP%3Bcause%3D302>;index=1.1;mp=1", "56a3;encoding=hex", "<http://x>;info=alert-autoanswer;delay=1",
            "\"A\" <sip:a@b>;party=calling;privacy=full", "id;critical");
        List<HeaderName> names = List.of(HeaderName.DIVERSION, HeaderName.REASON, HeaderName.HISTORY_INFO, HeaderName.USER_TO_USER,
            HeaderName.ALERT_INFO, HeaderName.CALL_INFO, HeaderName.REMOTE_PARTY_ID, HeaderName.PRIVACY, HeaderName.ANSWER_MODE);
        int read = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
            for (int i = random.nextInt(4); i >= 0; i--) {
                int at = random.nextInt(text.length());
                text.setCharAt(at, random.nextInt(3) == 0 ? text.charAt(random.nextInt(text.length())) : (char) random.nextInt(32, 127));
            }
            Request request = invite(names.get(random.nextInt(names.size())).canonical(), text.toString());
            read += Diversion.of(request).size() + HistoryEntry.of(request).size() + UserToUser.of(request).size()
                + InfoLink.of(request, HeaderName.ALERT_INFO).size();
            Reason.of(request).forEach(reason -> assertEquals(Optional.of(reason), Reason.parse(reason.toString())));
            AnswerMode.of(request);
            CallerIdentity.of(request, true).isAnonymous();
        }
        assertTrue(read > 1_000, "only " + read);
        assertEquals(OptionalInt.empty(), Reason.parse("SIP;cause=99999999999").orElseThrow().cause());
    }
}
