package io.earshot.sdk.classic;

import io.earshot.api.Call;
import io.earshot.api.CallQuality;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** What is told again and again: how long calls last, how they sound (RTPSTAT, {@code jsscripstats}). Safe for use by any thread. */
final class ClassicReports {
    private static final long SECOND = 1000;
    private static final int AUTOMATIC = 6;

    private final ClassicPhone phone;
    private final ClassicLines lines;
    private final BiConsumer<Long, Runnable> later;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final AtomicLong turns = new AtomicLong();
    private final Map<String, CallQuality> before = new ConcurrentHashMap<>();

    ClassicReports(ClassicPhone phone, ClassicLines lines, BiConsumer<Long, Runnable> later) {
        this.phone = phone;
        this.lines = lines;
        this.later = later;
    }

    /** Begins, once. */
    void begin() {
        if (running.compareAndSet(false, true)) {
            again();
        }
    }

    private void again() {
        later.accept(SECOND, () -> {
            if (phone.isStarted()) {
                onSecond(turns.incrementAndGet());
                again();
            } else {
                running.set(false);
                before.clear();
            }
        });
    }

    private List<ClassicLine> connected() {
        return lines.all().stream().filter(line -> line.call().state() == Call.State.ESTABLISHED).toList();
    }

    /** A second has gone by. */
    void onSecond(long turn) {
        List<ClassicLine> talking = connected();
        if (talking.isEmpty()) {
            return;
        }
        talking.forEach(phone.parts().silence()::refresh);
        talking.forEach(phone.parts().microphone()::onSecond);
        phone.parts().voices().onSecond(turn);
        phone.parts().player().ear().onSecond();
        long wanted = phone.parameters().number("rtpstat");
        long every = wanted < 0 ? AUTOMATIC : wanted;
        if (every > 0 && turn % every == 0 && !asked.get()) {
            phone.send(new Notification(1, List.of(rtp().split(","))));
        }
        long media = phone.parameters().number("jsscripstats");
        if (media > 0 && turn % media == 0) {
            talking.forEach(ClassicLine::sayWithMedia);
        }
    }

    /** A call told how it sounds: the general state goes with it (B-205). */
    void onQuality(ClassicLine line, CallQuality quality) {
        phone.parts().measurement().onQuality(line, quality);
        phone.send(Notification.status("In Call (" + line.seconds() + " sec)"));
    }

    /** Returns {@code RTPSTAT,quality,sent,rec,issues,loss} since it was asked for the last time; from now on it is not told by itself. */
    String asked() {
        asked.set(true);
        return rtp();
    }

    private String rtp() {
        long sent = 0;
        long received = 0;
        long lost = 0;
        long discarded = 0;
        long concealed = 0;
        double mos = 0;
        for (ClassicLine line : connected()) {
            CallQuality now = line.call().quality();
            CallQuality old = before.getOrDefault(line.call().callId(), CallQuality.NONE);
            before.put(line.call().callId(), now);
            sent += now.packetsSent() - old.packetsSent();
            received += now.packetsReceived() - old.packetsReceived();
            lost += Math.max(0, now.packetsLost() - old.packetsLost());
            discarded += now.heard().discarded() - old.heard().discarded();
            concealed += now.concealed().minus(old.concealed()).toMillis();
            mos = mos == 0 ? now.mos() : Math.min(mos, now.mos());
        }
        long issues = lost + discarded + (concealed > 0 ? 1 : 0);
        return "RTPSTAT," + points(mos, received) + "," + sent + "," + received + "," + issues + "," + lost;
    }

    /** The E-model's 1 to 4.5 as 0 to 5; no sound at all is 0. */
    static int points(double mos, long received) {
        if (received == 0 && mos == 0) {
            return 0;
        }
        return mos >= 4.2 ? 5 : mos >= 3.8 ? 4 : mos >= 3.3 ? 3 : mos >= 2.5 ? 2 : 1;
    }
}
