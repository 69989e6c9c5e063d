package io.earshot.sdk.internal.media;

import io.earshot.api.audio.AudioDevices.Role;
import io.earshot.api.audio.VoiceReport;

/** Microphone and speaker in the bridge. Which lines they are, the desk knows. Confined to the media loop. */
final class DevicePort implements BridgePort {
    static final int RATE = 16_000;

    private final DeviceDesk desk;
    private final VoicePath voice = new VoicePath();
    private final VoiceEar ear = new VoiceEar();

    DevicePort(DeviceDesk desk) {
        this.desk = desk;
    }

    VoicePath voice() {
        return voice;
    }

    /** Returns what was heard: of the speaker, or of the microphone. */
    VoiceReport report(Role role) {
        return role == Role.MICROPHONE ? voice.report() : ear.report(RATE);
    }

    @Override
    public int rate() {
        return RATE;
    }

    @Override
    public boolean isSource() {
        return true;
    }

    @Override
    public boolean isSink() {
        return true;
    }

    @Override
    public boolean pull(short[] frame, int samples) {
        if (!desk.lines(Role.MICROPHONE).read(frame, samples)) {
            return false;
        }
        int volume = desk.volume(Role.MICROPHONE);
        DeviceVolume.apply(volume, frame, samples);
        voice.captured(frame, samples);
        return volume > 0;
    }

    @Override
    public void push(short[] frame, int samples, boolean sound) {
        DeviceVolume.apply(desk.volume(Role.SPEAKER), frame, samples);
        desk.mixRing(frame, samples);
        voice.played(frame, samples);
        ear.hear(frame, samples, RATE);
        desk.lines(Role.SPEAKER).write(frame, samples);
    }
}
