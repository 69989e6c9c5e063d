package io.earshot.sdk.classic;

import io.earshot.api.Call;
import io.earshot.api.audio.AudioBridge;
import io.earshot.api.audio.AudioDevices;
import io.earshot.api.audio.PcmSink;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Notices a microphone that gives no sound at all, as one that is switched off does ({@code enablenomicvoicewarning}). For any thread. */
final class ClassicMicrophone {
    private static final int RATE = 8_000;
    private static final int BUFFER_MILLIS = 2_000;
    private static final int PATIENCE = 10;

    private final ClassicPhone phone;
    private final Map<Call, Ear> ears = new ConcurrentHashMap<>();
    private final Set<Call> done = ConcurrentHashMap.newKeySet();

    /** What listens to the microphone during a call, and for how many seconds in vain. */
    private record Ear(PcmSink sink, int seconds) { }

    ClassicMicrophone(ClassicPhone phone) {
        this.phone = phone;
    }

    /** A second of a connected call has gone by. */
    void onSecond(ClassicLine line) {
        ClassicParameters from = phone.parameters();
        boolean wanted = from.number("enablenomicvoicewarning") == 1 && from.text("audiosource").equals("device");
        if (!wanted || done.contains(line.call())) {
            return;
        }
        phone.running().map(ClassicPhone.Running::phone).filter(open -> !open.audioDevices().inUse(AudioDevices.Role.MICROPHONE).isEmpty())
                .ifPresent(open -> listen(line, open.bridge()));
    }

    private void listen(ClassicLine line, AudioBridge bridge) {
        Ear ear = ears.computeIfAbsent(line.call(), call -> {
            PcmSink sink = bridge.pcmSink(RATE, BUFFER_MILLIS);
            bridge.connect(bridge.device(), sink);
            return new Ear(sink, 0);
        });
        if (isHeard(ear.sink)) {
            end(line);
        } else if (ear.seconds >= PATIENCE) {
            phone.send(Notification.event("WARNING", "no signal from the microphone"));
            end(line);
        } else {
            ears.put(line.call(), new Ear(ear.sink, ear.seconds + 1));
        }
    }

    private static boolean isHeard(PcmSink sink) {
        short[] samples = new short[RATE / 10];
        int peak = 0;
        for (int count = sink.poll(samples, 0, samples.length); count > 0; count = sink.poll(samples, 0, samples.length)) {
            for (int i = 0; i < count; i++) {
                peak = Math.max(peak, Math.abs(samples[i]));
            }
        }
        return peak > 0;
    }

    private void end(ClassicLine line) {
        done.add(line.call());
        Optional.ofNullable(ears.remove(line.call())).ifPresent(ear -> ear.sink.close());
    }

    void onFinished(ClassicLine line) {
        end(line);
        done.remove(line.call());
    }
}
