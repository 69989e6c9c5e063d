package io.earshot.sdk.classic;

import io.earshot.api.Phone;
import io.earshot.api.VoipException;
import io.earshot.api.audio.AudioDevices;
import io.earshot.api.audio.AudioDevices.Role;
import io.earshot.api.audio.DeviceChoice;
import io.earshot.api.audio.VoiceProcessing;
import java.util.List;
import java.util.regex.Pattern;

/** Guesses by the names of devices whether calls are heard in a headset, where there is no echo to take out ({@code aec=1}, B-165). */
final class ClassicHeadset {
    private static final int UNLESS_HEADSET = 1;
    private static final Pattern NAMES = Pattern.compile("(?i)head[ -]?(set|phone)|ear[ -]?(phone|piece|bud)|airpods");

    private ClassicHeadset() {
    }

    /** Returns whether the name of a device is that of something worn on the head. */
    static boolean isOne(String device) {
        return NAMES.matcher(device).find();
    }

    /** A call begins: its sound is processed as the parameters say and the devices need. */
    static void apply(ClassicParameters from, Phone to) {
        if (from.number("aec") != UNLESS_HEADSET) {
            return;
        }
        AudioDevices devices = to.audioDevices();
        VoiceProcessing wanted = ClassicVoice.processing(from);
        VoiceProcessing fitting = wanted.echoCancellation() && isWorn(devices)
                ? wanted.withEchoCancellation(false).withHowlingGuard(false) : wanted;
        if (!fitting.equals(devices.processing())) {
            devices.processing(fitting);
        }
    }

    /** The speaker in use counts; before it is open, the one that will be. */
    private static boolean isWorn(AudioDevices devices) {
        DeviceChoice choice = devices.choice(Role.SPEAKER);
        if (choice.kind() == DeviceChoice.Kind.NONE) {
            return false;
        }
        List<String> used = devices.inUse(Role.SPEAKER);
        return (used.isEmpty() ? next(devices, choice) : used).stream().anyMatch(ClassicHeadset::isOne);
    }

    private static List<String> next(AudioDevices devices, DeviceChoice choice) {
        try {
            List<String> there = devices.names(Role.SPEAKER);
            List<String> named = there.stream().filter(name -> name.startsWith(choice.name())).limit(1).toList();
            return named.isEmpty() ? there.stream().limit(1).toList() : named;
        } catch (VoipException silent) {
            return List.of(); // without a sound system there is no echo either
        }
    }
}
