package io.earshot.distribution;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cases of {@code interop/cases} by the RFCs and peers that comments before them name. */
final class InteropCases {
    private static final Pattern NAMED = Pattern.compile("# with ([^:]+): RFC ([0-9, ]+)");
    private static final Pattern CASE = Pattern.compile("case_([a-z0-9_]+)\\(\\).*");

    private InteropCases() {
    }

    /** Returns, for each RFC, the peers and the cases with them. */
    static Map<Integer, Map<String, Set<String>>> byRfc() {
        Map<Integer, Map<String, Set<String>>> rows = new TreeMap<>();
        for (Path file : SourceTree.files(SourceTree.ROOT.resolve("interop/cases"), ".sh")) {
            Map<String, String> rfcs = new TreeMap<>();
            for (String line : SourceTree.read(file).split("\n")) {
                Matcher named = NAMED.matcher(line);
                Matcher begun = CASE.matcher(line);
                if (line.isEmpty()) {
                    rfcs.clear();
                } else if (named.matches()) {
                    rfcs.put(named.group(1), named.group(2));
                } else if (begun.matches()) {
                    String name = begun.group(1).replace('_', '-');
                    rfcs.forEach((peer, numbers) -> {
                        for (String rfc : numbers.split(",")) {
                            rows.computeIfAbsent(Integer.valueOf(rfc.strip()), absent -> new TreeMap<>())
                                    .computeIfAbsent(peer, absent -> new TreeSet<>()).add(name);
                        }
                    });
                }
            }
        }
        return rows;
    }
}
