package io.earshot.sdk.internal.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.earshot.api.VoipException;
import io.earshot.api.codec.BasicCodecs;
import io.earshot.api.codec.CodecPreferences;
import io.earshot.api.codec.CodecUse;
import io.earshot.api.codec.PhoneNumberCodecs;
import io.earshot.api.codec.spi.FormatParameters;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which codecs a call gets. */
class CodecDeskTest {
    private static final Codecs ALL = Codecs.of(List.of(new FakeCodecs()));
    private static final CodecPreferences DEFAULT = CodecPreferences.DEFAULT;

    private static String names(List<Codecs.Entry> entries) {
        return entries.stream().map(entry -> entry.codec().name()
                + (entry.codec().name().equals("speex") ? "/" + entry.codec().rtpClockRate() : "")).collect(Collectors.joining(" "));
    }

    private static CodecPlan plan(CodecPreferences wanted) {
        return new CodecDesk(ALL, false, wanted).plan(List.of());
    }

    private static String offered(CodecPreferences wanted) {
        return names(plan(wanted).offered());
    }

    private static String said(CodecPlan plan, String codec) {
        Codecs.Entry entry = plan.offered().stream().filter(one -> one.codec().name().equals(codec)).findFirst().orElseThrow();
        return entry.provider().offer(entry.codec()).raw();
    }

    @Test
    void b146TheirOwnPrioritiesOrderThem() {
        String usual = "opus speex/16000 G722 G729 PCMU PCMA speex/32000 speex/8000 GSM iLBC";
        assertEquals(usual, offered(DEFAULT));
        assertEquals(usual + " L16", names(plan(DEFAULT).accepted()));
    }

    @Test
    void b148TheFirstIsFirst() {
        assertEquals("GSM opus", offered(DEFAULT.with("gsm", CodecUse.FIRST)).substring(0, 8));
        assertEquals("L16 opus", offered(DEFAULT.with("L16", CodecUse.FIRST)).substring(0, 8));
    }

    @Test
    void thePreferredIsBeforeTheFirstAndOfferedEvenIfOnlyAccepted() {
        assertEquals("speex/8000 GSM opus", offered(DEFAULT.with("GSM", CodecUse.FIRST).with("speex/8000", CodecUse.ACCEPT)
                .withPreferred("SPEEX/8000")).substring(0, 19));
    }

    @Test
    void b149OneIsForcedWhenTheOthersAreNever() {
        CodecPreferences one = DEFAULT;
        for (Codecs.Entry entry : ALL.entries()) {
            one = one.with(entry.codec().name(), CodecUse.NEVER);
        }
        CodecPreferences none = one;
        assertEquals("G729", names(plan(one.with("G729", CodecUse.FIRST)).accepted()));
        assertEquals("No codec is left: the preferences set all that are there to NEVER; allow one, as PCMU.",
                assertThrows(VoipException.class, () -> plan(none)).getMessage());
        assertEquals("PCMU GSM", offered(none.withBasics(BasicCodecs.ALWAYS)));
        CodecDesk desk = new CodecDesk(ALL, false, DEFAULT);
        assertThrows(VoipException.class, () -> desk.preferences(none));
        assertEquals(DEFAULT, desk.preferences(), "what cannot be used is not put into force");
    }

    @Test
    void b149WhatIsOnlyAcceptedIsNotOffered() {
        CodecPlan plan = plan(DEFAULT.with("PCMU", CodecUse.ACCEPT).with("GSM", CodecUse.ACCEPT).with("opus", CodecUse.ACCEPT)
                .with("speex", CodecUse.NEVER));
        assertEquals("G722 G729 PCMA iLBC", names(plan.offered()));
        assertEquals("G722 G729 PCMA iLBC opus PCMU GSM L16", names(plan.accepted()));
    }

    @Test
    void b152BasicCodecsAreKept() {
        CodecPreferences low = DEFAULT.with("PCMU", CodecUse.ACCEPT).with("GSM", CodecUse.NEVER);
        assertEquals("opus speex/16000 G722 G729 PCMA speex/32000 speex/8000 iLBC", offered(low));
        assertEquals("opus speex/16000 G722 G729 PCMU PCMA speex/32000 speex/8000 iLBC", offered(low.withBasics(BasicCodecs.IF_ACCEPTED)));
        assertEquals("opus speex/16000 G722 G729 PCMU PCMA speex/32000 speex/8000 GSM iLBC", offered(low.withBasics(BasicCodecs.ALWAYS)));
    }

    @Test
    void b151TelephoneNumbersGetNoWideband() {
        CodecDesk each = new CodecDesk(ALL, false, DEFAULT.withPhoneNumbers(PhoneNumberCodecs.NARROWBAND));
        CodecPlan plan = each.plan(List.of());
        String narrow = "G729 PCMU PCMA speex/8000 GSM iLBC";
        assertEquals(narrow, names(each.towards("+49 (30) 1234-567", plan).offered()));
        assertEquals(plan, each.towards("1234", plan), "an extension");
        assertEquals(plan, each.towards("alice1234567", plan));
        CodecDesk first = new CodecDesk(ALL, false, DEFAULT.withPhoneNumbers(PhoneNumberCodecs.AS_FIRST_CALL));
        assertEquals(narrow, names(first.towards("0301234567", first.plan(List.of())).offered()));
        assertEquals(narrow, names(first.towards("alice", first.plan(List.of())).offered()));
        CodecDesk other = new CodecDesk(ALL, false, DEFAULT.withPhoneNumbers(PhoneNumberCodecs.AS_FIRST_CALL));
        CodecPlan whole = other.plan(List.of());
        other.towards("alice", whole);
        assertEquals(whole, other.towards("0301234567", whole));
        CodecDesk thin = new CodecDesk(ALL, false, DEFAULT.withPhoneNumbers(PhoneNumberCodecs.NARROWBAND)
                .withParameters("opus", "maxplaybackrate=8000"));
        assertEquals("opus " + narrow, names(thin.towards("0301234567", thin.plan(List.of())).offered()));
        CodecPlan wide = each.plan(List.of("opus"));
        assertEquals(wide, each.towards("0301234567", wide), "better wideband than nothing");
    }

    @Test
    void peersAreToldMore() {
        CodecPlan plan = plan(DEFAULT.withParameters("opus", "maxplaybackrate=16000;useinbandfec=0"));
        assertEquals("useinbandfec=0;maxplaybackrate=16000", said(plan, "opus"));
        assertEquals("annexb=no", said(plan, "G729"));
        assertEquals("", said(plan(DEFAULT.withSilenceSuppression(true)), "G729"));
        assertEquals("annexb=no", said(new CodecDesk(ALL, false, DEFAULT).plan(List.of("G729")), "G729"));
    }

    @Test
    void whatIsLocalIsForTheCodecAlone() {
        CodecPlan plan = plan(DEFAULT.withParameters("G729", "Local-decoder=full;x=1"));
        assertEquals("annexb=no;x=1", said(plan, "G729"));
        Codecs.Entry entry = plan.offered().stream().filter(one -> one.codec().name().equals("G729")).findFirst().orElseThrow();
        assertEquals("x=1", entry.provider().answer(entry.codec(), FormatParameters.NONE).orElseThrow().raw().replace("annexb=no;", ""));
        String opened = assertThrows(UnsupportedOperationException.class,
                () -> entry.provider().open(entry.codec(), entry.provider().offer(entry.codec()), FormatParameters.NONE)).getMessage();
        assertEquals("opened with annexb=no;x=1;local-decoder=full", opened);
    }

    @Test
    void aCallsOwnListIsTakenAsItIs() {
        CodecDesk desk = new CodecDesk(ALL, false, DEFAULT.with("GSM", CodecUse.FIRST).with("PCMA", CodecUse.NEVER));
        assertEquals("PCMA L16", names(desk.plan(List.of("PCMA", "l16")).offered()));
        assertEquals("PCMU PCMA", names(desk.otherThan(desk.plan(List.of("PCMA", "l16"))).orElseThrow().offered()));
        CodecDesk named = new CodecDesk(ALL.select(List.of("L16", "PCMA")), true, DEFAULT);
        assertEquals("L16 PCMA", names(named.plan(List.of()).offered()), "whoever names L16 offers it");
    }

    @Test
    void b073AnotherTryHasOtherCodecsAndNoneThatAreForbidden() {
        CodecDesk desk = new CodecDesk(ALL, false, DEFAULT.with("PCMA", CodecUse.NEVER));
        assertEquals("PCMU", names(desk.otherThan(desk.plan(List.of())).orElseThrow().offered()));
        assertEquals(Optional.empty(), desk.otherThan(desk.plan(List.of("PCMU"))), "it has been refused already");
        CodecPreferences none = DEFAULT.with("PCMA", CodecUse.NEVER).with("PCMU", CodecUse.NEVER);
        assertEquals(Optional.empty(), new CodecDesk(ALL, false, none).otherThan(new CodecDesk(ALL, false, none).plan(List.of())));
    }

    @Test
    void preferencesThatMeanNothingAreRefused() {
        assertEquals("'a b' names no codec: write it like PCMA or speex/16000",
                assertThrows(IllegalArgumentException.class, () -> DEFAULT.with("a b", CodecUse.FIRST)).getMessage());
        assertEquals("a packet must be 10 to 120 ms long, or 0 for the codec's own length, not 5",
                assertThrows(IllegalArgumentException.class, () -> DEFAULT.withPacketMillis(5)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> DEFAULT.withPacketMillis(121));
        assertEquals("format parameters must be printable ASCII in one line, not 'a??b'",
                assertThrows(IllegalArgumentException.class, () -> DEFAULT.withParameters("opus", "a\r\nb")).getMessage());
    }
}
