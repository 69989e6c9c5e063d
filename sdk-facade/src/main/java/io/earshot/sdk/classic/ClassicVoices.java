package io.earshot.sdk.classic;

import io.earshot.api.Call;
import io.earshot.api.audio.AudioBridge;
import io.earshot.api.audio.PcmSink;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Who speaks how loudly: API_VAD and the VAD notification ({@code vadstat}, {@code vadstat_ival}, {@code vadbyline}). Listens only when
 * somebody wants to know. Levels are those of 16 bit samples. Safe for use by any thread.
 */
final class ClassicVoices {
    private static final int RATE = 8_000;
    private static final int BUFFER_MILLIS = 4_000;
    private static final int LOUD = 500;
    private static final int LOCAL = 0;
    private static final Level NOTHING = new Level(0, 0);

    private final ClassicPhone phone;
    private final ClassicLines lines;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Map<Integer, PcmSink> ears = new ConcurrentHashMap<>();
    private final Map<Integer, Level> levels = new ConcurrentHashMap<>();
    private final Map<Integer, Boolean> spoke = new ConcurrentHashMap<>();

    /** What was heard since the time before. */
    private record Level(long average, int peak) {
        boolean speaking() {
            return peak > LOUD;
        }
    }

    ClassicVoices(ClassicPhone phone, ClassicLines lines) {
        this.phone = phone;
        this.lines = lines;
    }

    private boolean isOn() {
        return asked.get() || phone.parameters().number("vadstat") >= 3 || phone.parameters().number("forcevad") == 3;
    }

    /** Returns the report: of everything, or with a line above 0 of its peer. It is not told by itself from then on. */
    String asked(int line) {
        asked.set(true);
        listen();
        measure();
        return line > 0 ? report(line) : report();
    }

    /** A second has gone by. */
    void onSecond(long turn) {
        if (!isOn()) {
            return;
        }
        listen();
        long every = Math.max(1, Math.round(phone.parameters().number("vadstat_ival") / 1000.0));
        boolean due = turn % every == 0;
        boolean onChange = phone.parameters().number("vadstat") >= 4;
        if (asked.get() || !due && !onChange) {
            return;
        }
        measure();
        if (changed() && onChange || due) {
            tell();
        }
    }

    private void tell() {
        if (phone.parameters().isOn("vadbyline")) {
            lines.all().forEach(line -> phone.send(new Notification(1, List.of("VAD", report(line.number())))));
        } else {
            phone.send(new Notification(1, List.of("VAD", report())));
        }
    }

    private boolean changed() {
        boolean changed = false;
        for (Map.Entry<Integer, Level> one : levels.entrySet()) {
            changed |= !Boolean.valueOf(one.getValue().speaking()).equals(spoke.put(one.getKey(), one.getValue().speaking()));
        }
        return changed;
    }

    // ---- listening

    private void listen() {
        for (ClassicLine line : lines.all()) {
            if (isListenedTo(line)) {
                ears.computeIfAbsent(line.number(), number -> line.call().audio().output(RATE));
                phone.running().ifPresent(on -> local(on.phone().bridge(), line));
            }
        }
    }

    private boolean isListenedTo(ClassicLine line) {
        long force = phone.parameters().number("forcevad");
        boolean mixed = phone.parts().conference().isMember(line);
        boolean still = line.mute().mark() != 0 || lines.hold(line) != 0;
        boolean listened = line.call().state() == Call.State.ESTABLISHED && (!mixed || force == 1 || force == 3)
                && (!still || force >= 2);
        if (!listened) {
            onFinished(line);
        }
        return listened;
    }

    /** What goes to a peer is what its port is connected with. */
    private void local(AudioBridge bridge, ClassicLine line) {
        PcmSink ear = ears.computeIfAbsent(LOCAL, key -> bridge.pcmSink(RATE, BUFFER_MILLIS));
        bridge.connections().stream().filter(edge -> edge.sink() == line.call().audio().port() && edge.source().isSource())
                .filter(edge -> bridge.connections().stream().noneMatch(known -> known.source() == edge.source() && known.sink() == ear))
                .forEach(edge -> bridge.connect(edge.source(), ear));
    }

    private void measure() {
        ears.forEach((line, ear) -> levels.put(line, level(ear)));
    }

    private static Level level(PcmSink ear) {
        short[] samples = new short[RATE / 10];
        long sum = 0;
        long all = 0;
        int peak = 0;
        for (int count = ear.poll(samples, 0, samples.length); count > 0; count = ear.poll(samples, 0, samples.length)) {
            for (int i = 0; i < count; i++) {
                int size = Math.abs(samples[i]);
                sum += size;
                peak = Math.max(peak, size);
            }
            all += count;
        }
        return all == 0 ? NOTHING : new Level(sum / all, peak);
    }

    void onFinished(ClassicLine line) {
        Optional.ofNullable(ears.remove(line.number())).ifPresent(PcmSink::close);
        levels.remove(line.number());
        spoke.remove(line.number());
    }

    void clear() {
        ears.clear();
        levels.clear();
        spoke.clear();
    }

    // ---- words

    private String report() {
        Level remote = levels.entrySet().stream().filter(one -> one.getKey() != LOCAL).map(Map.Entry::getValue)
                .max((a, b) -> Integer.compare(a.peak, b.peak)).orElse(NOTHING);
        return words("local", 3, levels.getOrDefault(LOCAL, NOTHING)) + " " + words("remote", 2, remote);
    }

    private String report(int line) {
        return "line: " + line + " " + words("remote", 2, levels.getOrDefault(line, NOTHING));
    }

    private String words(String who, int which, Level level) {
        long mode = phone.parameters().number("vad");
        boolean on = mode == 0 || mode == 4 || mode == which;
        return who + "_vad: " + (on ? "ON" : "OFF") + " " + who + "_avg: " + level.average + " " + who + "_max: " + level.peak + " " + who
                + "_speaking: " + (level.speaking() ? "yes" : "no");
    }
}
