package io.earshot.api.audio;

import static io.earshot.api.check.Check.requireNonNull;

/**
 * How a phone begins with the sound devices; {@link AudioDevices} changes it while it runs. Immutable.
 *
 * @param microphone what is recorded
 * @param speaker what calls are heard on
 * @param ringer what rings
 * @param closing when lines are closed
 * @param limit how many lines may be open at once
 * @param style how lines are opened and served
 */
public record AudioSetup(DeviceChoice microphone, DeviceChoice speaker, DeviceChoice ringer, Closing closing, Limit limit,
        LineStyle style) {
    /** The system's devices, closed when idle but on macOS, as many lines as there are roles. */
    public static final AudioSetup DEFAULT = new AudioSetup(DeviceChoice.DEFAULT, DeviceChoice.DEFAULT, DeviceChoice.DEFAULT,
            Closing.AUTO, Limit.AUTO, LineStyle.DEFAULT);

    /** When a line that nothing is connected with is closed. */
    public enum Closing {
        /** When idle, but never on macOS, where opening again may fail. */
        AUTO,
        /** When idle. */
        IDLE,
        /** When the phone is closed. */
        NEVER
    }

    /** How many lines are open at once. */
    public enum Limit {
        /** As many as are wanted. */
        NONE,
        /** As many as are wanted; ringing goes to the speaker's line where a second line cannot be opened. */
        AUTO,
        /** One for playing: ringing goes to the speaker's line. Any number for recording. */
        ONE_SPEAKER,
        /** One microphone and one for playing. */
        ONE_EACH
    }

    public AudioSetup {
        requireNonNull(microphone, "microphone");
        requireNonNull(speaker, "speaker");
        requireNonNull(ringer, "ringer");
        requireNonNull(closing, "closing");
        requireNonNull(limit, "limit");
        requireNonNull(style, "style");
    }

    /** Returns this with other devices. */
    public AudioSetup withDevices(DeviceChoice forMicrophone, DeviceChoice forSpeaker, DeviceChoice forRinger) {
        return new AudioSetup(forMicrophone, forSpeaker, forRinger, closing, limit, style);
    }

    /** Returns this with other rules for lines. */
    public AudioSetup withLines(Closing when, Limit howMany) {
        return new AudioSetup(microphone, speaker, ringer, when, howMany, style);
    }

    /** Returns this with lines of another style. */
    public AudioSetup withStyle(LineStyle wanted) {
        return new AudioSetup(microphone, speaker, ringer, closing, limit, wanted);
    }
}
