package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.codec.CodecPreferences;
import io.earshot.api.codec.FinalCodec;
import io.earshot.sdk.internal.registry.CodecDesk;
import io.earshot.sdk.internal.registry.CodecPlan;
import io.earshot.sdk.internal.registry.Codecs;
import io.earshot.sdk.internal.registry.FakeCodecs;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The classic parameters of codecs. */
class ClassicCodecsTest {
    private static final Codecs ALL = Codecs.of(List.of(new FakeCodecs()));

    private static CodecPreferences preferences(String... arguments) {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(List.of(arguments));
        assertEquals(List.of(), parsed.problems());
        return ClassicCodecs.of(parsed.parameters());
    }

    private static CodecPlan plan(String... arguments) {
        return new CodecDesk(ALL, false, preferences(arguments)).plan(List.of());
    }

    private static String names(List<Codecs.Entry> entries) {
        return entries.stream().map(entry -> entry.codec().name()
                + (entry.codec().name().equals("speex") ? "/" + entry.codec().rtpClockRate() : "")).collect(Collectors.joining(" "));
    }

    /** B-146, with the defaults of the parameters (C-09): PCMU and GSM are offered because alwaysallowlowcodec is 1. */
    @Test
    void b146TheDefaultOrder() {
        assertEquals("opus speex/16000 G729 PCMU PCMA GSM", names(plan().offered()));
        assertEquals("opus speex/16000 G729 PCMU PCMA GSM G722 speex/32000 speex/8000 iLBC", names(plan().accepted()));
    }

    @ParameterizedTest
    @CsvSource({"pcmu, 1", "pcma, 2", "g729, 2", "gsm, 1", "ilbc, 1", "speex, 1", "speexwb, 2", "speexuwb, 1", "opus, 1", "opuswb, 2",
        "opusswb, 1", "opusuwb, 1"})
    void b146EachCodecHasTheLevelOfTheSpecificationWhereNothingIsSaid(String codec, int level) {
        assertEquals(level, ClassicParameters.parse(List.of()).parameters().number("use_" + codec));
    }

    /** Levels 0 to 3 of one codec by what they do: never taken, taken from the peer, offered, offered first. */
    @ParameterizedTest
    @CsvSource({"pcma, PCMA", "g729, G729", "ilbc, iLBC", "speex, speex/8000", "speexwb, speex/16000", "speexuwb, speex/32000",
        "opuswb, opus"})
    void b149EachLevelOfACodec(String parameter, String name) {
        for (int level = 0; level <= 3; level++) {
            CodecPlan plan = plan("use_" + parameter + "=" + level, "use_opus=0", "use_opusswb=0", "use_opusuwb=0");
            List<String> offered = List.of(names(plan.offered()).split(" "));
            assertEquals(level > 0, List.of(names(plan.accepted()).split(" ")).contains(name), "accepted at " + level);
            assertEquals(level > 1, offered.contains(name), "offered at " + level);
            assertTrue(level < 3 || offered.get(0).equals(name), "first at 3: " + offered);
        }
    }

    @Test
    void b152OneKeepsBasicCodecsUnlessTheyAreForbidden() {
        assertEquals("opus speex/16000 G729 PCMA GSM", names(plan("use_pcmu=0").offered()));
        assertEquals("opus speex/16000 G729 PCMU PCMA", names(plan("alwaysallowlowcodec=1", "use_gsm=0").offered()));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 10", "2, 20", "3, 30", "4, 40", "12, 120"})
    void codecframecountIsTheLengthOfPackets(int parameter, int millis) {
        assertEquals(millis, preferences("codecframecount=" + parameter).packetMillis());
    }

    @Test
    void b147TheOrderOfEquals() {
        String[] equal = Stream.of("pcmu", "pcma", "g729", "gsm", "ilbc", "speex", "speexwb", "speexuwb", "opus")
                .map(name -> "use_" + name + "=2").toArray(String[]::new);
        assertEquals("opus speex/16000 G729 PCMU PCMA speex/32000 speex/8000 GSM iLBC", names(plan(equal).offered()));
    }

    @ParameterizedTest
    @CsvSource({"use_gsm=3,GSM opus", "use_speexuwb=3,speex/32000 opus", "prefcodec=g729,G729 opus", "prefcodec=speexwb,speex/16000 opus",
        "prefcodec=iLBC,iLBC opus", "use_pcmu=3,PCMU opus", "prefcodec=opuswb,opus speex/16000", "use_l16=3,L16 opus"})
    void b148OneParameterPutsACodecFirst(String argument, String order) {
        assertTrue(names(plan(argument).offered()).startsWith(order), names(plan(argument).offered()));
    }

    @Test
    void b149OneCodecIsForced() {
        String[] others = Stream.of("pcmu", "pcma", "g729", "ilbc", "speex", "speexwb", "speexuwb", "opus", "opuswb", "opusswb", "opusuwb",
                "g722").map(name -> "use_" + name + "=0").toArray(String[]::new);
        assertEquals("GSM", names(plan(others).accepted()));
    }

    @ParameterizedTest
    @CsvSource({"use_opuswb=2,16000", "use_opusswb=3,24000", "use_opus=3,16000", "use_opusuwb=2,0", "use_opusuwb=0,16000"})
    void opusIsAsWideAsTheWidestOfItsBandsThatIsOffered(String argument, int rate) {
        Codecs.Entry opus = plan(argument).offered().stream().filter(one -> one.codec().name().equals("opus")).findFirst().orElseThrow();
        assertEquals(rate == 0 ? "useinbandfec=1" : "useinbandfec=1;maxplaybackrate=" + rate + ";sprop-maxcapturerate=" + rate,
                opus.provider().offer(opus.codec()).raw());
    }

    @Test
    void narrowbandOpusAlone() {
        CodecPlan plan = plan("use_opus=2", "use_opuswb=0");
        assertEquals(8000, plan.preferences().parameters("opus", 48_000).orElseThrow().getInt("maxplaybackrate").orElseThrow());
    }

    @Test
    void b151AndB152AndTheRest() {
        assertEquals("opus speex/16000 G729 PCMA", names(plan("alwaysallowlowcodec=0").offered()));
        assertEquals("opus speex/16000 G729 PCMU PCMA GSM", names(plan("alwaysallowlowcodec=2", "use_pcmu=0", "usgsm=0").offered()));
        CodecDesk desk = new CodecDesk(ALL, false, preferences("disablewbforpstn=2"));
        assertEquals("G729 PCMU PCMA GSM", names(desk.towards("0301234567", desk.plan(List.of())).offered()));
        desk = new CodecDesk(ALL, false, preferences());
        assertEquals("G729 PCMU PCMA GSM", names(desk.towards("0301234567", desk.plan(List.of())).offered()), "the first call");
        assertEquals("G729 PCMU PCMA GSM", names(desk.towards("alice", desk.plan(List.of())).offered()), "and so the others");
        desk = new CodecDesk(ALL, false, preferences("disablewbforpstn=0"));
        assertEquals(names(plan().offered()), names(desk.towards("0301234567", desk.plan(List.of())).offered()));
        assertEquals(40, preferences("codecframecount=4").packetMillis());
        assertEquals(10, preferences("codeccodecframecount=1").packetMillis());
        assertEquals(0, preferences().packetMillis());
        assertFalse(preferences().silenceSuppression());
        assertTrue(preferences("silencesuppress=1").silenceSuppression());
        assertEquals(0, preferences().redundancy());
        assertEquals(3, preferences("audioredundancy=3").redundancy());
        assertEquals(FinalCodec.NEVER, preferences("setfinalcodec=0").finalCodec());
        assertEquals(FinalCodec.AUTOMATIC, preferences().finalCodec());
        assertEquals(FinalCodec.WHEN_SEVERAL, preferences("setfinalcodec=2").finalCodec());
        assertEquals(FinalCodec.ALWAYS, preferences("setfinalcodec=3").finalCodec());
    }
}
