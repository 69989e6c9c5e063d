package io.earshot.sdk.classic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Parameters that a server sets from afar, by the headers {@code x-mparam} and {@code x-mparamp} ({@code name=value} pairs with semicolons
 * between them; the second kind is to be kept). Only the server that the account is configured for may, and only what makes calls sound or
 * run differently: not who we are, where we register, what we answer by ourselves, where calls are forwarded, how they are encrypted, or
 * what is written where.
 */
final class ServerParameters {
    /** What the network may change. */
    static final Set<String> ALLOWED = Set.of("loglevel", "aec", "aec2", "agc", "denoise", "vad", "plc", "silencesuppress", "jittersize",
        "maxjitterpackets", "codecframecount", "prefcodec", "use_pcmu", "use_pcma", "use_g729", "use_gsm", "use_ilbc", "use_speex",
        "use_speexwb", "use_speexuwb", "use_opus", "use_opuswb", "use_opusswb", "use_opusuwb", "dtmfmode", "keepaliveival",
        "keepalivetype", "natkeepalive", "rtpkeepaliveival", "registerinterval", "presenceexpire", "ringtimeout", "calltimeout",
        "mediatimeout", "earlymedia", "prack", "timer", "rtcp", "holdtypeonhold", "rejectonbusy", "udptos");

    private static final int MOST = 32;
    private static final int LONGEST = 1_024;

    private ServerParameters() {
    }

    /**
     * One change.
     *
     * @param name of the parameter
     * @param value checked against the parameter's type
     * @param persistent whether it holds after a restart too
     */
    record Change(String name, String value, boolean persistent) { }

    /**
     * What headers ask for.
     *
     * @param changes what may be done, in order
     * @param problems a sentence for each thing that may not
     */
    record Verdict(List<Change> changes, List<String> problems) {
        Verdict {
            changes = List.copyOf(changes);
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads the headers of one message.
     *
     * @param passing values of {@code x-mparam}
     * @param lasting values of {@code x-mparamp}
     * @param fromServer whether the message came from the server that the account is registered at
     */
    static Verdict read(List<String> passing, List<String> lasting, boolean fromServer) {
        List<Change> changes = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        if (!fromServer && !(passing.isEmpty() && lasting.isEmpty())) {
            return new Verdict(List.of(), List.of("somebody who is not our server wants to set parameters (x-mparam); ignored"));
        }
        passing.forEach(value -> read(value, false, changes, problems));
        lasting.forEach(value -> read(value, true, changes, problems));
        return new Verdict(changes, problems);
    }

    private static void read(String value, boolean persistent, List<Change> changes, List<String> problems) {
        if (value.length() > LONGEST) {
            problems.add("x-mparam of " + value.length() + " characters is ignored; at most " + LONGEST + " are read");
            return;
        }
        for (String pair : value.split(";")) {
            int equals = pair.indexOf('=');
            String name = (equals < 0 ? pair : pair.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
            if (name.isEmpty() && equals < 0) {
                continue;
            }
            if (changes.size() + problems.size() >= MOST) {
                problems.add("more than " + MOST + " parameters in x-mparam; the rest is ignored");
                return;
            }
            if (!ALLOWED.contains(name)) {
                problems.add("the server may not set parameter '" + printable(name) + "' (x-mparam)");
                continue;
            }
            ClassicParameters.Parsed parsed = ClassicParameters.parse(List.of(name + "=" + (equals < 0 ? "" : pair.substring(equals + 1))));
            if (parsed.problems().isEmpty()) {
                changes.add(new Change(name, pair.substring(equals + 1).strip(), persistent));
            } else {
                problems.addAll(parsed.problems());
            }
        }
    }

    private static String printable(String name) {
        String short40 = name.length() > 40 ? name.substring(0, 40) + "…" : name;
        return short40.replaceAll("[^ -~…]", "?");
    }
}
