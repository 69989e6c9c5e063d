package io.earshot.sip.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.events.DialogInfo.Dialog;
import io.earshot.sip.events.DialogInfo.Party;
import io.earshot.sip.events.MessageSummary.Counts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    private final SplittableRandom chance = new SplittableRandom(5);

    // ---- documents of the RFCs' kind

    @Test
    @Tag("rfc3863")
    @Tag("rfc4480")
    void presenceSaysWhetherWhatAndWhy() {
        Presence presence = Presence.parse("""
            <?xml version="1.0" encoding="UTF-8"?>
            <p:presence xmlns:p="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model"
                xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" entity="pres:someone@example.com">
              <p:tuple id="bs35r9"><p:status><p:basic>open</p:basic></p:status>
                <p:contact priority="0.8">im:someone@mobilecarrier.net</p:contact>
                <p:note xml:lang="en">Don't Disturb Please!</p:note><p:timestamp>2026-10-27T16:49:29Z</p:timestamp></p:tuple>
              <p:tuple id="eg92n8"><p:status><p:basic>closed</p:basic></p:status></p:tuple>
              <dm:person id="p1"><rpid:activities from="2026-05-30T12:00:00+05:00" until="2026-05-30T17:00:00+05:00">
                <rpid:note>Far away</rpid:note><rpid:away/><rpid:meal/></rpid:activities><rpid:mood><rpid:angry/></rpid:mood>
                <rpid:user-input>idle</rpid:user-input></dm:person>
            </p:presence>""").value().orElseThrow();
        assertEquals(Optional.of(true), presence.isOpen());
        assertEquals(List.of("away", "meal"), presence.activities());
        assertEquals(Optional.of("Don't Disturb Please!"), presence.remark());
        assertEquals(Optional.of("0.8"), presence.tuples().get(0).priority());
        assertEquals(Optional.of("2026-05-30T17:00:00+05:00"), presence.persons().get(0).until());
        assertEquals(Optional.of("angry"), presence.persons().get(0).mood());
        assertEquals(Optional.of("idle"), presence.persons().get(0).userInput());
    }

    @Test
    @Tag("rfc3863")
    void activitiesInsideATupleAreFoundToo() {
        Presence presence = Presence.parse("<presence entity='sip:b@x'><tuple id='t'><status><basic>open</basic>"
            + "<ep:activities xmlns:ep='urn:x'><ep:busy/></ep:activities></status></tuple></presence>").value().orElseThrow();
        assertEquals(List.of("busy"), presence.activities());
    }

    @Test
    @Tag("rfc4235")
    void dialogInfoTellsTheCallsOfALine() {
        DialogInfo info = DialogInfo.parse("""
            <dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="7" state="partial" entity="sip:alice@example.com">
              <dialog id="as7d900as8" call-id="a84b4c76e66710" local-tag="1928301774" remote-tag="" direction="initiator">
                <state event="cancelled">terminated</state>
                <remote><identity display="Bob">sip:bob@example.com</identity><target uri="sip:bob@10.0.0.1"/></remote>
              </dialog><dialog id="x"><state>something</state></dialog></dialog-info>""").value().orElseThrow();
        Dialog dialog = info.dialogs().get(0);
        assertEquals(7, info.version());
        assertEquals(false, info.full());
        assertEquals(DialogInfo.State.TERMINATED, dialog.state());
        assertEquals(DialogInfo.Direction.INITIATOR, dialog.direction());
        assertEquals(Optional.empty(), dialog.remoteTag());
        assertEquals(Optional.of("cancelled"), dialog.event());
        assertEquals(new Party(Optional.of("sip:bob@example.com"), Optional.of("Bob"), Optional.of("sip:bob@10.0.0.1")), dialog.remote());
        assertEquals(DialogInfo.State.UNKNOWN, info.dialogs().get(1).state());
    }

    @Test
    @Tag("rfc4235")
    void aTableFollowsFullAndPartialDocumentsByTheirVersions() {
        DialogTable table = new DialogTable();
        assertEquals(DialogTable.Outcome.TAKEN, table.take(info(0, true, dialog("a", DialogInfo.State.EARLY))));
        assertEquals(DialogTable.Outcome.TAKEN, table.take(info(1, false, dialog("b", DialogInfo.State.TRYING))));
        assertEquals(2, table.dialogs().size());
        assertEquals(DialogTable.Outcome.STALE, table.take(info(1, false, dialog("b", DialogInfo.State.CONFIRMED))));
        assertEquals(DialogTable.Outcome.TAKEN, table.take(info(2, false, dialog("a", DialogInfo.State.TERMINATED))));
        assertEquals(2, table.dialogs().size(), "an end is seen once");
        assertEquals(DialogTable.Outcome.GAP, table.take(info(4, false)));
        assertEquals(List.of("b"), table.dialogs().stream().map(Dialog::id).toList());
        assertEquals(DialogTable.Outcome.TAKEN, table.take(info(1, true)), "a full one of a server that started anew counts");
        assertEquals(List.of(), table.dialogs());
    }

    private static DialogInfo info(long version, boolean full, Dialog... dialogs) {
        return new DialogInfo(version, full, "sip:x@y", List.of(dialogs));
    }

    private static Dialog dialog(String id, DialogInfo.State state) {
        return new Dialog(id, Optional.empty(), Optional.empty(), Optional.empty(), DialogInfo.Direction.UNKNOWN, state, Optional.empty(),
            Party.UNKNOWN, Party.UNKNOWN);
    }

    @Test
    @Tag("rfc3842")
    void messageSummaryCountsTheMailbox() {
        MessageSummary summary = MessageSummary.parse("Messages-Waiting: yes\r\nMessage-Account: sip:alice@vmail.example.com\r\n"
            + "Voice-Message: 4/8 (1/2)\r\nFax-message: 1/0\nTo: somebody\r\nBroken-message: x\r\n").value().orElseThrow();
        assertTrue(summary.waiting());
        assertEquals(new Counts(4, 8, 1, 2), summary.voice());
        assertEquals(new Counts(1, 0, 0, 0), summary.counts().get("fax-message"));
        assertEquals(2, summary.counts().size());
        assertEquals(Optional.of("sip:alice@vmail.example.com"), summary.account());
        assertInstanceOf(Reading.Malformed.class, MessageSummary.parse("hello\r\n"));
    }

    @Test
    @Tag("rfc3680")
    @Tag("rfc3858")
    void anotherDocumentThanTheExpectedIsNamed() {
        Reading<RegInfo> reading = RegInfo.parse("<watcherinfo version='0' state='full'/>");
        assertEquals(new Reading.Malformed<RegInfo>("the root element is <watcherinfo>, not <reginfo>"), reading);
    }

    // ---- what is written is read

    @Test
    void everyDocumentIsReadAsItWasWritten() {
        for (int i = 0; i < 500; i++) {
            check(new Presence(word(), list(this::tuple), list(this::person), list(this::note)), Presence::write, Presence::parse);
            check(new DialogInfo(chance.nextInt(1000), chance.nextBoolean(), word(), list(this::dialog)), DialogInfo::write,
                DialogInfo::parse);
            check(new WatcherInfo(chance.nextInt(1000), chance.nextBoolean(), list(() -> new WatcherInfo.WatcherList(word(), word(),
                list(() -> new WatcherInfo.Watcher(word(), "pending", "subscribe", word(), maybe(word())))))), WatcherInfo::write,
                WatcherInfo::parse);
            check(new RegInfo(chance.nextInt(1000), chance.nextBoolean(), list(() -> new RegInfo.Registration(word(), word(), "active",
                list(() -> new RegInfo.Contact(word(), "active", "registered", word(), chance.nextInt(-1, 4000), chance.nextInt(-1, 9),
                    maybe(word())))))), RegInfo::write, RegInfo::parse);
            Map<String, Counts> counts = new HashMap<>();
            list(() -> counts.put(List.of("voice-message", "fax-message", "text-message").get(chance.nextInt(3)), count()));
            check(new MessageSummary(chance.nextBoolean(), maybe("sip:a@b"), counts), MessageSummary::write, MessageSummary::parse);
        }
    }

    private static <T> void check(T document, Function<T, String> writer, Function<String, Reading<T>> reader) {
        assertEquals(new Reading.Read<>(document), reader.apply(writer.apply(document)));
    }

    @Test
    void readingNeverThrowsWhateverIsChanged() {
        List<String> texts = List.of(new Presence("sip:a", list(this::tuple), list(this::person), List.of()).write(),
            new DialogInfo(1, true, "sip:a", List.of(dialog(), dialog())).write(), "Messages-Waiting: yes\r\nVoice-Message: 4/8 (1/2)\r\n");
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(texts.get(i % 3));
            for (int n = chance.nextInt(1, 6); n > 0; n--) {
                text.setCharAt(chance.nextInt(text.length()), (char) chance.nextInt(' ', '~'));
            }
            assertNotNull(Presence.parse(text.toString()));
            assertNotNull(DialogInfo.parse(text.toString()));
            assertNotNull(MessageSummary.parse(text.toString()));
        }
    }

    // ---- anything

    private String word() {
        String alphabet = "abc<>&\"'éß日 x";
        StringBuilder out = new StringBuilder("w");
        for (int n = chance.nextInt(8); n > 0; n--) {
            out.append(alphabet.charAt(chance.nextInt(alphabet.length())));
        }
        return out.append('e').toString();
    }

    private <T> Optional<T> maybe(T value) {
        return chance.nextBoolean() ? Optional.of(value) : Optional.empty();
    }

    private <T> List<T> list(Supplier<T> element) {
        List<T> out = new ArrayList<>();
        for (int n = chance.nextInt(4); n > 0; n--) {
            out.add(element.get());
        }
        return out;
    }

    private Counts count() {
        return new Counts(chance.nextInt(100), chance.nextInt(100), chance.nextInt(9), chance.nextInt(9));
    }

    private Note note() {
        return new Note(chance.nextBoolean() ? "" : "de", word());
    }

    private Tuple tuple() {
        Optional<String> contact = maybe(word());
        return new Tuple(word(), maybe(chance.nextBoolean()), contact, contact.isPresent() ? maybe("0.5") : Optional.empty(),
            list(this::note),
            maybe("2026-01-01T00:00:00Z"));
    }

    private Person person() {
        List<String> doing = chance.nextBoolean() ? List.of() : List.of("away", "on-the-phone");
        return new Person(word(), doing, maybe("happy"), maybe("office"), maybe("idle"),
            doing.isEmpty() ? Optional.empty() : maybe("2026-01-01T00:00:00Z"), doing.isEmpty() ? Optional.empty() : maybe("2027"),
            list(this::note));
    }

    private Dialog dialog() {
        DialogInfo.State state = DialogInfo.State.values()[chance.nextInt(6)];
        return new Dialog(word(), maybe(word()), maybe(word()), maybe(word()), DialogInfo.Direction.values()[chance.nextInt(3)], state,
            state == DialogInfo.State.UNKNOWN ? Optional.empty() : maybe("cancelled"), party(), party());
    }

    private Party party() {
        Optional<String> identity = maybe(word());
        return new Party(identity, identity.isPresent() ? maybe(word()) : Optional.empty(), maybe(word()));
    }
}
