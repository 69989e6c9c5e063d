package io.earshot.sdk.classic;

import java.util.List;
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
            ClassicApiRows.ROWS,
            ClassicCodecs.ROWS,
            ClassicDevices.ROWS,
            ClassicRecordings.ROWS,
            ClassicRegistration.ROWS,
            ClassicSecurity.ROWS,
            ClassicStreams.ROWS,
            ClassicVoice.ROWS,
            ClassicWebSockets.ROWS,
            WindowRows.ROWS,
            FormerRows.ROWS,
            ForeignRows.ROWS).flatMap(List::stream).toList();

    private ClassicRegistry() {
    }

    /** Returns the row of a name or an alias, in any case. */
    static Optional<ClassicParameter> find(String name) {
        return ROWS.stream().filter(row -> row.isCalled(name)).findFirst();
    }
}
