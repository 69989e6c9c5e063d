package io.earshot.sdk.internal.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.calls.AutoAnswer;
import io.earshot.api.calls.CallLimits;
import io.earshot.api.calls.CallRules;
import io.earshot.api.calls.Dialling;
import io.earshot.api.calls.Forwarding;
import io.earshot.api.calls.Screening;
import io.earshot.sdk.internal.rules.Rules.Arrival;
import io.earshot.sdk.internal.rules.Rules.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules as functions. The names of behaviours are those of the specification. */
class RulesTest {
    private static String dialled(Dialling how, String text) {
        return new Rules(CallRules.NONE.with(how)).dialled(text, "alice").target();
    }

    private static Arrival from(String caller, int others) {
        return new Arrival(caller, "sip:" + caller + "@example.org", others, 0, Optional.empty(), true, false);
    }

    private static Verdict judge(CallRules rules, Arrival call) {
        return new Rules(rules).judge(call);
    }

    @ParameterizedTest
    @CsvSource({"+1 (555) 010-99.7;1, +15550109971", "bob-smith, bob-smith", "sip:1-2@x, sip:1-2@x", "12-34@x, 12-34@x"})
    void b079NumbersAreCleanedUnlessTheyHaveLetters(String text, String wanted) {
        assertEquals(wanted, dialled(Dialling.PLAIN.withNormalise(Dialling.Normalise.ON), text));
    }

    @Test
    void b079CleaningIsLeftToTheOwnUserName() {
        Rules auto = new Rules(CallRules.NONE.with(Dialling.PLAIN.withNormalise(Dialling.Normalise.AUTO)));
        assertEquals("1234", auto.dialled("12-34", "alice").target());
        assertEquals("12-34", auto.dialled("12-34", "al.ice").target());
        assertEquals("12-34", dialled(Dialling.PLAIN, "12-34"));
    }

    @ParameterizedTest
    @CsvSource({"07123456, 00407123456", "0712345, 0712345", "0712345678901, 0712345678901", "741, 0040741", "99, 99"})
    void b079TheFirstRewriteRuleThatFitsCounts(String number, String wanted) {
        assertEquals(wanted, dialled(Dialling.PLAIN.withRewriteRules("07;00407;8;12,74;004074"), number));
    }

    @ParameterizedTest
    @CsvSource({"12345678, 0012345678", "1234567, 1234567", "0012345678, 0012345678"})
    void b079TheExampleOfAdvancedRulesAddsAPrefix(String number, String wanted) {
        assertEquals(wanted, dialled(Dialling.PLAIN.withAdvancedRules("_P_0_P_6_P_00_P_8_P_3_P_0_P_00_P_0_P_L_"), number));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {";0;1;0049;1;2|00491234|1234", ";0;2;99;1;2|123499|1234", ";0;3;5;1;0;5;77|15253|177253",
        ";0;4;110;1;1;;112|110|112", ";0;5;9;1;4;;#|123|123#", ";0;0;;1;3;;8;1,;0;0;;1;3;;9|1|81", ";0;0;;1;3;;8,;0;0;;1;3;;9|1|981",
        ";1;0;;1;3;;8|1|1"})
    void b079EveryActionOfAdvancedRules(String rules, String number, String wanted) {
        assertEquals(wanted, dialled(Dialling.PLAIN.withAdvancedRules(rules), number));
    }

    @Test
    void b079ThePrefixComesLastAndBeforeNumbersOnly() {
        Dialling how = Dialling.PLAIN.withPrefix("77#").withRewriteRules("0;+49");
        assertEquals("77#+4930", dialled(how, "030"));
        assertEquals("bob", dialled(how, "bob"));
    }

    @Test
    void b058WhatFollowsTheCommaIsForAfterTheAnswer() {
        Rules rules = new Rules(CallRules.NONE);
        assertEquals(new Rules.Dialled("123", "456", Optional.empty()), rules.dialled("123,456", "alice"));
        assertEquals("12  3#", rules.dialled("5,12,3#", "alice").postDial());
        assertEquals("", rules.dialled("sip:a@b,c", "alice").postDial());
    }

    @Test
    void rulesThatCannotBeReadAreNamed() {
        assertEquals("the rewrite rule '07' is not of the form from;to;minlength;maxlength",
                assertThrows(IllegalArgumentException.class, () -> NumberRules.parse("1;2,07")).getMessage());
        assertEquals("the rewrite rule '07;1;x' has 'x' where a length is wanted",
                assertThrows(IllegalArgumentException.class, () -> NumberRules.parse("07;1;x")).getMessage());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> AdvancedRules.parse(";0;1;2;3;77")).getMessage().contains("77"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> AdvancedRules.parse("0;1")).getMessage().contains("separator"));
    }

    @Test
    void randomRulesAreReadOrNamedAndNeverLoop() {
        SplittableRandom random = new SplittableRandom(79);
        int read = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(";");
            for (int i = random.nextInt(20); i > 0; i--) {
                text.append("0123456789;;;;,_PL+".charAt(random.nextInt(19)));
            }
            try {
                AdvancedRules.parse(text.toString()).apply("0040123456", random.nextBoolean());
                read++;
            } catch (IllegalArgumentException named) {
                assertTrue(named.getMessage().contains("rule"));
            }
        }
        assertTrue(read > 500, "only " + read);
    }

    @Test
    void b064IgnoredRejectedAndBlacklistedCallsDoNotRing() {
        CallRules none = CallRules.NONE;
        assertInstanceOf(Verdict.Ring.class, judge(none, from("bob", 0)));
        assertInstanceOf(Verdict.Ignore.class, judge(none.with(Screening.NONE.withDoNotDisturb(Screening.DoNotDisturb.IGNORE)),
                from("bob", 0)));
        Verdict.Refuse busy = assertInstanceOf(Verdict.Refuse.class, judge(none.with(Screening.NONE
                .withDoNotDisturb(Screening.DoNotDisturb.BUSY)), from("bob", 0)));
        assertEquals(486, busy.status());
        CallRules listed = none.with(Screening.NONE.withBlacklist(List.of(" Bob ", "carol@example.org")));
        assertEquals(603, assertInstanceOf(Verdict.Refuse.class, judge(listed, from("bob", 0))).status());
        assertEquals(603, assertInstanceOf(Verdict.Refuse.class, judge(listed, from("carol", 0))).status());
        assertInstanceOf(Verdict.Ring.class, judge(listed, from("dave", 0)));
    }

    @Test
    void b066CallsAreForwardedAlwaysOrWhileBusy() {
        CallRules always = CallRules.NONE.with(Forwarding.NONE.withAlways("200"));
        assertEquals("unconditional", assertInstanceOf(Verdict.Forward.class, judge(always, from("bob", 0))).reason());
        CallRules busy = CallRules.NONE.with(Forwarding.NONE.withOnBusy("201")).with(CallLimits.NONE.withCallWaiting(false));
        assertInstanceOf(Verdict.Ring.class, judge(busy, from("bob", 0)));
        Verdict.Forward forward = assertInstanceOf(Verdict.Forward.class, judge(busy, from("bob", 1)));
        assertEquals("201 user-busy 486", forward.target() + " " + forward.reason() + " " + forward.cause());
    }

    @Test
    void b068EveryCallIsTransferredButOneThatWeTransferredHere() {
        CallRules moving = CallRules.NONE.with(Forwarding.NONE.withTransferAlways("200"));
        assertEquals("200", assertInstanceOf(Verdict.Transfer.class, judge(moving, from("bob", 1))).target());
        Arrival back = new Arrival("bob", "sip:bob@x", 0, 0, Optional.empty(), true, true);
        assertInstanceOf(Verdict.Ring.class, judge(moving, back));
        CallRules both = CallRules.NONE.with(Forwarding.NONE.withAlways("201").withTransferAlways("200"));
        assertEquals("201", assertInstanceOf(Verdict.Forward.class, judge(both, from("bob", 0))).target());
    }

    @Test
    void forwardingEndsWhenACallWasDivertedTooOften() {
        Arrival tired = new Arrival("bob", "sip:bob@x", 0, 10, Optional.empty(), true, false);
        CallRules always = CallRules.NONE.with(Forwarding.NONE.withAlways("200"));
        assertEquals(480, assertInstanceOf(Verdict.Refuse.class, judge(always, tired)).status());
    }

    @Test
    void b069TheLimitOfCallsAndRejectOnBusyRefuseNewOnes() {
        CallRules one = CallRules.NONE.with(CallLimits.NONE.withMostCalls(1));
        assertInstanceOf(Verdict.Ring.class, judge(one, from("bob", 0)));
        assertEquals(486, assertInstanceOf(Verdict.Refuse.class, judge(one, from("bob", 1))).status());
        assertInstanceOf(Verdict.Refuse.class, judge(CallRules.NONE.with(CallLimits.NONE.withMostCalls(0)), from("bob", 0)));
        CallRules noWaiting = CallRules.NONE.with(CallLimits.NONE.withCallWaiting(false));
        assertEquals(486, assertInstanceOf(Verdict.Refuse.class, judge(noWaiting, from("bob", 1))).status());
    }

    @Test
    void b063HeadersThatAskForAnAnswerCountFromThoseWeTrust() {
        CallRules obeying = CallRules.NONE.with(AutoAnswer.NEVER.onRequestOf(AutoAnswer.OnRequest.TRUSTED));
        Optional<Duration> asked = Optional.of(Duration.ofSeconds(2));
        Arrival friend = new Arrival("bob", "sip:bob@x", 0, 0, asked, true, false);
        Arrival stranger = new Arrival("bob", "sip:bob@x", 0, 0, asked, false, false);
        assertEquals(new Verdict.Ring(asked), judge(obeying, friend));
        assertEquals(new Verdict.Ring(Optional.empty()), judge(obeying, stranger));
        assertEquals(new Verdict.Ring(Optional.empty()), judge(CallRules.NONE, friend));
        assertEquals(new Verdict.Ring(Optional.of(Duration.ZERO)), judge(CallRules.NONE.with(AutoAnswer.after(Duration.ZERO)), stranger));
    }

    @Test
    void advancedRulesDecideOnCallsThatComeIn() {
        CallRules rules = CallRules.NONE.with(Dialling.PLAIN.withAdvancedRules(";1;1;1;1;13,;1;1;2;1;11,;1;1;3;1;12;;900,;1;1;4;1;10"));
        assertEquals(603, assertInstanceOf(Verdict.Refuse.class, judge(rules, from("100", 0))).status());
        assertInstanceOf(Verdict.Ignore.class, judge(rules, from("200", 0)));
        assertEquals("900", assertInstanceOf(Verdict.Forward.class, judge(rules, from("300", 0))).target());
        assertEquals(new Verdict.Ring(Optional.of(Duration.ZERO)), judge(rules, from("400", 0)));
    }
}
