package io.earshot.api.audio;

import java.util.List;

/**
 * The sound devices of a phone: what there is, what is used for what, and how loud. Devices come and go while calls run: a call whose
 * device is pulled out goes on with the default one, silently when there is none, and takes the chosen one again when it is back. Safe
 * for use by any thread.
 */
public interface AudioDevices {
    /** What devices are used for. */
    enum Role {
        /** What the peers hear. */
        MICROPHONE,
        /** What calls are heard on. */
        SPEAKER,
        /** What rings. */
        RINGER
    }

    /**
     * Returns the names of the devices that can be used so, the default one first; empty where there is none. Asks the sound system, which
     * may take some milliseconds.
     *
     * @throws io.earshot.api.VoipException when the sound system was not found; the message names the artifact
     */
    List<String> names(Role role);

    /** Returns what was chosen. */
    DeviceChoice choice(Role role);

    /**
     * Chooses a device. One that is not there is waited for, and the default one used until then.
     *
     * @param now whether calls change over at once; otherwise when the device is next opened
     */
    void choose(Role role, DeviceChoice choice, boolean now);

    /** Chooses a device at once. */
    default void choose(Role role, DeviceChoice choice) {
        choose(role, choice, true);
    }

    /** Returns the names of the devices that are open now; none when nothing is connected, or plugged in. */
    List<String> inUse(Role role);

    /** Returns the volume in percent: 50 leaves the sound as it is. */
    int volume(Role role);

    /**
     * Sets the volume.
     *
     * @param percent 0 (silent) to 100 (12 dB louder than 50)
     * @throws IllegalArgumentException when it is out of this range
     */
    void volume(Role role, int percent);

    /** Returns what is done to the microphone's sound. */
    VoiceProcessing processing();

    /** Changes what is done to the microphone's sound, also during calls; the echo canceller learns the room anew, in a second or so. */
    void processing(VoiceProcessing settings);

    /**
     * Returns what was heard since this was last asked for: {@link Role#MICROPHONE} what the user says, after processing;
     * {@link Role#SPEAKER} what the user hears. {@link VoiceReport#NOTHING} the first time, and while the device is not connected.
     */
    VoiceReport voice(Role role);

    /** Returns the sink that rings: what is connected to it is heard on the ringer's device, or all of them. */
    AudioPort ringer();
}
