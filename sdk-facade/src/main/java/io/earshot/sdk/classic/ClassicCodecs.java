package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.text;

import io.earshot.api.codec.BasicCodecs;
import io.earshot.api.codec.CodecPreferences;
import io.earshot.api.codec.CodecUse;
import io.earshot.api.codec.FinalCodec;
import io.earshot.api.codec.PhoneNumberCodecs;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The classic parameters of codecs as {@link CodecPreferences} (B-145 to B-153). */
final class ClassicCodecs {
    private static final String LEVELS = ": 0 never, 1 when the peer offers it, 2 normal, 3 first";
    private static final int MOST_FRAMES = 12;

    static final List<ClassicParameter> ROWS = ParameterGroup.CODEC.live(
            number("use_pcmu", 0, 3, 1, "G.711 u-law" + LEVELS),
            number("use_pcma", 0, 3, 2, "G.711 A-law" + LEVELS),
            number("use_g729", 0, 3, 2, "G.729" + LEVELS),
            number("use_gsm", 0, 3, 1, "GSM full rate" + LEVELS, "usgsm"),
            number("use_ilbc", 0, 3, 1, "iLBC" + LEVELS),
            number("use_speex", 0, 3, 1, "Speex of 8 kHz" + LEVELS),
            number("use_speexwb", 0, 3, 2, "Speex of 16 kHz" + LEVELS, "usespeexwb"),
            number("use_speexuwb", 0, 3, 1, "Speex of 32 kHz" + LEVELS),
            number("use_opus", 0, 3, 1, "Opus of 8 kHz" + LEVELS),
            number("use_opuswb", 0, 3, 2, "Opus of 16 kHz" + LEVELS),
            number("use_opusswb", 0, 3, 1, "Opus of 24 kHz" + LEVELS),
            number("use_opusuwb", 0, 3, 1, "Opus of 48 kHz" + LEVELS, "use_opusuw"),
            number("use_g722", 0, 3, 1, "G.722" + LEVELS + " (Earshot)"),
            number("use_l16", 0, 3, 0, "sound that is not compressed" + LEVELS + " (Earshot)"),
            text("prefcodec", "", "the codec to put first, as g729 or speexwb"),
            number("disablewbforpstn", 0, 2, 1, "calls to telephone numbers without wideband: 0 no, 1 as the first call, 2 each"),
            number("alwaysallowlowcodec", 0, 2, 1, "offer PCMU and GSM: 0 as set, 1 unless they are 0, 2 always"),
            number("setfinalcodec", 0, 3, 1,
                    "the chosen codec in the ACK: 0 never, 1 as 2 where servers get along, 2 if the answer has several, 3 always"),
            number("codecframecount", 0, MOST_FRAMES, 0, "packets: 0 of 20 ms, else of so many times 10 ms, 4 for least bandwidth",
                    "codeccodecframecount"),
            number("silencesuppress", -1, 1, -1, "1 does not send pauses; -1 is 0"),
            number("audioredundancy", 0, 3, 0, "repeats each packet in so many after it, with peers that can (RFC 2198, Earshot)"));

    /** Each parameter's codec as SDP names it. */
    private static final Map<String, String> NAMES = Map.ofEntries(Map.entry("pcmu", "PCMU"), Map.entry("pcma", "PCMA"),
            Map.entry("g729", "G729"), Map.entry("gsm", "GSM"), Map.entry("ilbc", "iLBC"), Map.entry("speex", "speex/8000"),
            Map.entry("speexwb", "speex/16000"), Map.entry("speexuwb", "speex/32000"), Map.entry("g722", "G722"), Map.entry("l16", "L16"));
    /** Bands of Opus, which is one codec on the wire (RFC 7587 §3.1), the widest first, with their sample rates. */
    private static final List<Map.Entry<String, Integer>> OPUS = List.of(Map.entry("opusuwb", 48_000), Map.entry("opusswb", 24_000),
            Map.entry("opuswb", 16_000), Map.entry("opus", 8_000));
    private static final Set<String> OPUS_ALIASES = Set.of("opus", "opuswb", "opusswb", "opusuwb");

    private ClassicCodecs() {
    }

    /** Returns the preferences that the parameters stand for. */
    static CodecPreferences of(ClassicParameters from) {
        return of(from, System.getProperty("os.name", ""));
    }

    static CodecPreferences of(ClassicParameters from, String system) {
        CodecPreferences out = CodecPreferences.DEFAULT;
        for (Map.Entry<String, String> codec : NAMES.entrySet()) {
            out = out.with(codec.getValue(), use(ClassicMachine.use(from, "use_" + codec.getKey(), system)));
        }
        out = opus(from, system, out);
        String preferred = from.text("prefcodec").strip().toLowerCase(Locale.ROOT);
        if (!preferred.isEmpty()) {
            out = out.withPreferred(OPUS_ALIASES.contains(preferred) ? "opus" : NAMES.getOrDefault(preferred, preferred));
        }
        return out.withPacketMillis((int) from.number("codecframecount") * 10)
                .withSilenceSuppression(from.number("silencesuppress") == 1).withRedundancy((int) from.number("audioredundancy"))
                .withFinalCodec(FinalCodec.values()[(int) from.number("setfinalcodec")])
                .withBasics(BasicCodecs.values()[(int) from.number("alwaysallowlowcodec")])
                .withPhoneNumbers(PhoneNumberCodecs.values()[(int) from.number("disablewbforpstn")]);
    }

    /** Opus is as wanted as the most wanted of its bands, and as wide as the widest that is wanted so, or offered. */
    private static CodecPreferences opus(ClassicParameters from, String system, CodecPreferences to) {
        long best = OPUS.stream().mapToLong(band -> ClassicMachine.use(from, "use_" + band.getKey(), system)).max().orElse(0);
        long least = Math.min(2, best);
        int rate = OPUS.stream().filter(band -> ClassicMachine.use(from, "use_" + band.getKey(), system) >= Math.max(1, least))
                .map(Map.Entry::getValue).findFirst().orElse(48_000);
        CodecPreferences out = to.with("opus", use(best));
        return rate == 48_000 ? out
                : out.withParameters("opus", "maxplaybackrate=" + rate + ";sprop-maxcapturerate=" + rate);
    }

    private static CodecUse use(long level) {
        return CodecUse.values()[(int) level];
    }
}
