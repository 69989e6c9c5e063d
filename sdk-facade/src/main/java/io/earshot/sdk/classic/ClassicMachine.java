package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.yesNo;

import io.earshot.api.PhoneBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What parameters say of the machine that the phone runs on: how fast it is, what system, where. */
final class ClassicMachine {
    static final List<ClassicParameter> CODECS = ParameterGroup.CODEC.live(
            yesNo("disablewbbonmac", false, "true leaves wideband out on macOS", "disablewbomac"),
            number("cpuspeed", 0, 100_000, 8000, "speed of the processor in MHz: up to 2000, codecs that need little of it come first, "
                    + "where their parameters say nothing else"));
    static final List<ClassicParameter> ROWS = ParameterGroup.OTHER.rows(
            number("geolocation", 0, 1, 0, "1 sends the country of locale, or else of this machine's settings, in an X-Country header; "
                    + "nobody is asked for it").live(),
            yesNo("increasepriority", false, "higher priority for all threads; those of sound devices have the highest already"),
            yesNo("java.awt.headless", false, "true lets Java show no window, as the JVM option does").atStart(),
            yesNo("java.net.preferIPv4Stack", false, "true lets Java open sockets of IPv4 only, as the JVM option does, where it "
                    + "has opened none before").atStart());

    private static final int HIGHER = 8;
    private static final int SLOW = 2000;
    private static final Map<String, Long> FRUGAL = Map.ofEntries(Map.entry("use_pcmu", 3L), Map.entry("use_pcma", 2L),
            Map.entry("use_g729", 1L), Map.entry("use_gsm", 2L), Map.entry("use_speex", 1L), Map.entry("use_speexwb", 1L),
            Map.entry("use_speexuwb", 0L), Map.entry("use_opus", 1L), Map.entry("use_opuswb", 1L), Map.entry("use_opusuwb", 0L),
            Map.entry("use_opusswb", 0L), Map.entry("use_ilbc", 1L));
    private static final Set<String> WIDE = Set.of("use_speexwb", "use_speexuwb", "use_opuswb", "use_opusswb", "use_opusuwb", "use_g722");

    private ClassicMachine() {
    }

    /**
     * Returns how wanted a codec is on this machine, 0 to 3.
     *
     * @param parameter that says so where it is given
     * @param system as {@code os.name} has it
     */
    static long use(ClassicParameters from, String parameter, String system) {
        if (WIDE.contains(parameter) && from.isOn("disablewbbonmac") && system.toLowerCase(Locale.ROOT).startsWith("mac")) {
            return 0;
        }
        Long frugal = FRUGAL.get(parameter);
        boolean slow = from.number("cpuspeed") > 0 && from.number("cpuspeed") <= SLOW;
        return slow && frugal != null && from.given(parameter).isEmpty() ? frugal : from.number(parameter);
    }

    /** Returns the country to tell, if that is wanted and known. */
    static Optional<String> country(ClassicParameters from, Locale system) {
        if (from.number("geolocation") == 0) {
            return Optional.empty();
        }
        String given = Locale.forLanguageTag(from.text("locale").strip().replace('_', '-')).getCountry();
        return Optional.of(given.isEmpty() ? system.getCountry() : given).filter(country -> country.matches("[A-Z]{2}"));
    }

    /** Applies what concerns the whole phone. */
    static void apply(ClassicParameters from, PhoneBuilder to) {
        if (from.isOn("increasepriority")) {
            to.threadPriority(HIGHER);
        }
    }

    /** Sets what Java itself reads, before it does. */
    static void prepare(ClassicParameters from) {
        for (String option : List.of("java.awt.headless", "java.net.preferIPv4Stack")) {
            from.given(option).ifPresent(value -> System.setProperty(option, value));
        }
    }
}
