package io.earshot.sdk.internal.media;

import io.earshot.api.audio.AudioDevices.Role;

/** Microphone and speaker as {@link DevicePort} has them, without a desk. */
record BareDevice(LineKeeper keeper) implements BridgePort {
    @Override
    public int rate() {
        return DevicePort.RATE;
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
        return keeper.lines(Role.MICROPHONE).read(frame, samples);
    }

    @Override
    public void push(short[] frame, int samples, boolean sound) {
        keeper.lines(Role.SPEAKER).write(frame, samples);
    }
}
