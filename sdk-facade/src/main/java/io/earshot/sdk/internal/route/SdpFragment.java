package io.earshot.sdk.internal.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The body of an INFO with candidates, {@code application/trickle-ice-sdpfrag} (RFC 8840 §9): whose search they belong to, and those of
 * each media line. What cannot be used is left out; one without credentials is none.
 *
 * @param ufrag the search of the sender's that these are of
 * @param lines the candidates, and perhaps {@code end-of-candidates}, by the {@code mid} of their media line; those without one by the
 *     empty name
 */
record SdpFragment(String ufrag, Map<String, List<String>> lines) {
    private static final int MOST_LINES = 512;
    private static final int MOST_SECTIONS = 16;
    private static final String END = "end-of-candidates";

    /** Reads one. */
    static Optional<SdpFragment> parse(String body) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        List<String> section = new ArrayList<>();
        String ufrag = "";
        boolean end = false;
        String mid = "";
        boolean session = true;
        for (String line : body.lines().limit(MOST_LINES).map(String::strip).toList()) {
            if (line.startsWith("m=")) {
                put(lines, mid, section);
                section = new ArrayList<>();
                mid = "";
                session = false;
            } else if (line.startsWith("a=ice-ufrag:") && ufrag.isEmpty()) {
                ufrag = line.substring(12).strip();
            } else if (line.startsWith("a=mid:")) {
                mid = line.substring(6).strip();
            } else if (line.startsWith("a=candidate:")) {
                section.add(line.substring(2));
            } else if (line.equals("a=" + END)) {
                end |= session;
                section.addAll(session ? List.of() : List.of(END));
            }
        }
        put(lines, mid, section);
        if (end) {
            lines.values().forEach(each -> each.add(END));
        }
        return ufrag.isEmpty() || lines.isEmpty() ? Optional.empty() : Optional.of(new SdpFragment(ufrag, lines));
    }

    private static void put(Map<String, List<String>> lines, String mid, List<String> section) {
        if (!section.isEmpty() && lines.size() < MOST_SECTIONS) {
            lines.computeIfAbsent(mid, name -> new ArrayList<>()).addAll(section);
        }
    }

    /**
     * Writes what we know of our ways to the media line of that name: all, as each INFO repeats what those before it told (§4.4).
     *
     * @param attributes each as behind {@code a=}
     */
    static String write(List<String> attributes, String mid) {
        StringBuilder out = new StringBuilder();
        for (String prefix : List.of("ice-pwd:", "ice-ufrag:")) {
            attributes.stream().filter(one -> one.startsWith(prefix)).forEach(one -> out.append("a=").append(one).append("\r\n"));
        }
        out.append("m=audio 9 RTP/AVP 0\r\na=mid:").append(mid).append("\r\n");
        attributes.stream().filter(one -> one.startsWith("candidate:") || one.equals(END))
                .forEach(one -> out.append("a=").append(one).append("\r\n"));
        return out.toString();
    }
}
