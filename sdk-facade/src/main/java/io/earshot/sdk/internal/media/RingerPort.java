package io.earshot.sdk.internal.media;

import io.earshot.api.audio.AudioDevices.Role;

/** What rings: a sink whose sound goes to lines of its own, or into the speaker's where only one may be open. On the media loop. */
final class RingerPort implements BridgePort {
    private final DeviceDesk desk;
    private final short[] last = new short[Bridge.MAX_FRAME];
    private boolean ringing;

    RingerPort(DeviceDesk desk) {
        this.desk = desk;
    }

    @Override
    public int rate() {
        return DevicePort.RATE;
    }

    @Override
    public boolean isSource() {
        return false;
    }

    @Override
    public boolean isSink() {
        return true;
    }

    @Override
    public void push(short[] frame, int samples, boolean sound) {
        DeviceVolume.apply(desk.volume(Role.RINGER), frame, samples);
        OpenLines own = desk.lines(Role.RINGER);
        ringing = sound && own.isEmpty() && desk.ringsOnSpeaker();
        if (ringing) {
            System.arraycopy(frame, 0, last, 0, samples);
        } else {
            own.write(frame, samples);
        }
    }

    /** Adds the ring to what the speaker plays: this turn's or the one's before. */
    void mixInto(short[] frame, int samples) {
        if (ringing) {
            for (int i = 0; i < samples; i++) {
                frame[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, frame[i] + last[i]));
            }
            ringing = false;
        }
    }
}
