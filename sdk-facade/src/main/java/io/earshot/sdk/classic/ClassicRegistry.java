package io.earshot.sdk.classic;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The classic parameters that this version knows, a row for each, from the classes that own them. */
final class ClassicRegistry {
    static final List<ClassicParameter> ROWS = Stream.of(
            LineRows.ROWS,
            TalkRows.ROWS,
            ServiceRows.ROWS,
            SocketRows.ROWS,
            ClassicRules.ROWS,
            ClassicHolding.ROWS,
            ClassicSilence.ROWS,
            ClassicTones.ROWS,
            ClassicLog.ROWS,
            ClassicMeasurement.ROWS,
            ClassicExit.ROWS,
            ClassicApiRows.ROWS,
            ClassicCodecs.ROWS,
            ClassicDevices.ROWS,
            ClassicRecordings.ROWS,
            ClassicRegistration.ROWS,
            ClassicSecurity.ROWS,
            ClassicNat.ROWS,
            ClassicStreams.ROWS,
            ClassicVoice.ROWS,
            ClassicTunnel.ROWS,
            ClassicProxy.ROWS,
            ClassicWebSockets.ROWS,
            WindowRows.ROWS,
            FormerRows.ROWS,
            ClassicAnswering.ROWS,
            ClassicNeighbours.ROWS,
            ClassicCharsets.ROWS,
            ClassicMachine.CODECS,
            ClassicMachine.ROWS,
            JsSipNames.ROWS,
            ForeignRows.ROWS).flatMap(List::stream).toList();

    /** Each row under its name and its aliases, in small letters. */
    private static final Map<String, ClassicParameter> INDEX = index();
    /** The rows that stand for many names. */
    private static final List<ClassicParameter> PATTERNS = ROWS.stream().filter(ClassicParameter::isPattern).toList();

    private ClassicRegistry() {
    }

    private static Map<String, ClassicParameter> index() {
        Map<String, ClassicParameter> index = new HashMap<>();
        for (ClassicParameter row : ROWS) {
            index.put(row.name().toLowerCase(Locale.ROOT), row);
            row.aliases().forEach(alias -> index.put(alias.toLowerCase(Locale.ROOT), row));
        }
        return Map.copyOf(index);
    }

    /** Returns the row of a name or an alias, in any case. */
    static Optional<ClassicParameter> find(String name) {
        ClassicParameter row = INDEX.get(name.toLowerCase(Locale.ROOT));
        return row != null ? Optional.of(row) : PATTERNS.stream().filter(many -> many.matchesPattern(name)).findFirst();
    }
}
