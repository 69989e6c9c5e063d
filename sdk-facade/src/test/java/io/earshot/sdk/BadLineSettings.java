package io.earshot.sdk;

import io.earshot.api.ServerPing;
import io.earshot.api.WireCharacters;
import io.earshot.api.audio.LineStyle;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The rows of how lines of sound and of text, and ways to servers are served. */
final class BadLineSettings extends BadArguments {
    BadLineSettings() {
        subject(LineStyle.class, LineStyle.DEFAULT);
        subject(ServerPing.class, ServerPing.NEVER);
        subject(WireCharacters.class, WireCharacters.DEFAULT);
        for (int millis : new int[] {9, 1001, -1}) {
            wrong(millis, "captureMillis " + millis + " is not between 10 and 1000; 40 is usual", "LineStyle.captureMillis",
                    "LineStyle.withCapture");
        }
        fine("any lines may share a thread", "LineStyle.shared", "LineStyle.withShared");
        wrong(Duration.ofSeconds(2), "interval must be 3 s to 1 h, or zero to stop, not 2 s", "ServerPing.interval", "ServerPing.of:2");
        wrong(Duration.ofHours(2), "connectionInterval must be 3 s to 1 h, or zero to stop, not 2 h", "ServerPing.connectionInterval",
                "ServerPing.withConnectionInterval");
        sample(40, "LineStyle.captureMillis");
        sample(StandardCharsets.UTF_8, "WireCharacters.headers", "WireCharacters.bodies");
    }
}
