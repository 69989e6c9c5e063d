package io.earshot.sdk.classic;

import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The name of a recording, as parameter {@code voicerecfilename} wants it; the hours go to 23 (coverage C-50). */
final class RecordingName {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT)
            .withZone(ZoneId.systemDefault());

    private RecordingName() {
    }

    static String of(ClassicParameters from, ClassicLine line) {
        String time = TIME.format(InstantSource.system().instant());
        String user = ClassicLine.userOf(line.call().account().address());
        String name = switch ((int) from.number("voicerecfilename")) {
            case 1 -> time + "_" + line.call().callId();
            case 2 -> line.call().callId();
            case 3 -> time + "_" + user;
            case 4 -> time + "_" + user + "_" + line.peer();
            default -> time + "_" + line.peer();
        };
        String plain = (from.text("voicerecfilenameprefix") + name).replaceAll("[^A-Za-z0-9._+-]", "_");
        // Two calls may begin within a second.
        return plain + "_" + line.call().id() + "." + ClassicRecordings.format(from).extension();
    }
}
