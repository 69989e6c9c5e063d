package io.earshot.cli;

import io.earshot.api.tunnel.TunnelVisit;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Consumer;

/** Prints a line for each who comes to a tunnel gateway, or goes; not more in a minute than a disk can bear. For one thread. */
final class VisitLog implements Consumer<TunnelVisit> {
    static final int MOST = 100;

    private final PrintWriter out;
    private final InstantSource clock;
    private Instant minute = Instant.EPOCH;
    private int printed;

    VisitLog(PrintWriter out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void accept(TunnelVisit visit) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (!now.truncatedTo(ChronoUnit.MINUTES).equals(minute)) {
            if (printed > MOST) {
                out.println(minute + " and " + (printed - MOST) + " more in that minute");
            }
            minute = now.truncatedTo(ChronoUnit.MINUTES);
            printed = 0;
        }
        printed++;
        if (printed <= MOST) {
            out.println(now + " " + visit.kind().name().toLowerCase(Locale.ROOT) + " " + visit.from().getHostAddress()
                    + (visit.user().isEmpty() ? "" : " as '" + printable(visit.user()) + "'")
                    + (visit.reason().isEmpty() ? "" : ": " + visit.reason()));
        }
    }

    /** What somebody says who need not be known must not look like another line. */
    private static String printable(String user) {
        return user.replaceAll("[^\\p{L}\\p{N}._@+-]", "?");
    }
}
