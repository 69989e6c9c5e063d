package io.earshot.sdk.internal.media;

import io.earshot.api.audio.AudioDevices.Role;

/** Microphone and speaker in the bridge. Which lines they are, the desk knows. Confined to the media loop. */
final class DevicePort implements BridgePort {
    static final int RATE = 16_000;

    private final DeviceDesk desk;

    DevicePort(DeviceDesk desk) {
        this.desk = desk;
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
        return volume > 0;
    }

    @Override
    public void push(short[] frame, int samples, boolean sound) {
        DeviceVolume.apply(desk.volume(Role.SPEAKER), frame, samples);
        desk.mixRing(frame, samples);
        desk.lines(Role.SPEAKER).write(frame, samples);
    }
}
