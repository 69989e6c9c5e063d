package io.earshot.sdk;

import io.earshot.api.WireCharacters;
import io.earshot.api.audio.LineStyle;
import java.nio.charset.StandardCharsets;

/** The rows of how lines of sound and of text are served. */
final class BadLineSettings extends BadArguments {
    BadLineSettings() {
        subject(LineStyle.class, LineStyle.DEFAULT);
        subject(WireCharacters.class, WireCharacters.DEFAULT);
        for (int millis : new int[] {9, 1001, -1}) {
            wrong(millis, "captureMillis " + millis + " is not between 10 and 1000; 40 is usual", "LineStyle.captureMillis",
                    "LineStyle.withCapture");
        }
        fine("any lines may share a thread", "LineStyle.shared", "LineStyle.withShared");
        sample(40, "LineStyle.captureMillis");
        sample(StandardCharsets.UTF_8, "WireCharacters.headers", "WireCharacters.bodies");
    }
}
