package io.earshot.sdk.classic;

import io.earshot.api.PhoneBuilder;
import io.earshot.api.audio.Playout;
import io.earshot.api.audio.RtpSettings;
import java.time.Duration;

/** The classic parameters of sound over the network, as settings of the modern API. */
final class ClassicMedia {
    private static final int PORTS = 1000;
    private static final int FIRST_PORT = 20_000;
    private static final int LEAST_PACKETS = 2;
    private static final int MOST_PACKETS = 128;

    private ClassicMedia() {
    }

    /** Applies what concerns the whole phone. */
    static PhoneBuilder apply(ClassicParameters from, PhoneBuilder to) {
        int rtp = (int) from.number("rtpport");
        int limit = (int) Math.min(PORTS, from.number("sun.net.maxDatagramSockets"));
        if (rtp > 0 || limit > 0) {
            int even = rtp > 0 ? rtp + rtp % 2 : FIRST_PORT;
            to.rtpPorts(even, Math.min(65_535, even + (limit > 0 ? Math.max(2, limit) : PORTS) - 1));
        }
        return to.rtp(settings(from));
    }

    private static int mostPackets(ClassicParameters from) {
        long buffer = from.number("maxjitterpackets");
        if (from.given("audioqueuemaxsize").isEmpty()) {
            return (int) buffer;
        }
        long queue = Math.max(LEAST_PACKETS, Math.min(MOST_PACKETS, from.number("audioqueuemaxsize")));
        return (int) (from.given("maxjitterpackets").isEmpty() ? queue : Math.min(queue, buffer));
    }

    static RtpSettings settings(ClassicParameters from) {
        Playout playout = Playout.ofSize((int) from.number("jittersize")).withMostPackets(mostPackets(from))
                .withSpeedUp(from.number("allowspeedup") != 0).withDropFirst(from.number("allowfirstdrop") != 0);
        boolean reports = from.isOn("rtcp");
        return RtpSettings.DEFAULT.withConcealment(from.isOn("plc")).withOpening(ClassicNat.opening(from))
                .withPlayout(playout).withRtcp(reports, reports).withPortStep((int) from.number("incrtpport"))
                .withKeepAlive(Duration.ofMillis(from.number("rtpkeepaliveival")))
                .withTimeout(Duration.ofSeconds(from.number("mediatimeout")), Duration.ofSeconds(from.number("mediatimeout_notify")));
    }
}
