package io.earshot.sdk.classic;

import io.earshot.api.Phone;
import io.earshot.api.audio.AudioDevices;
import io.earshot.api.audio.AudioDevices.Role;
import io.earshot.api.audio.DeviceChoice;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The functions of sound devices and volumes: 0 recording, 1 playback, 2 ringing. */
final class ClassicDeviceCalls {
    private static final int AT_ONCE = 2;
    private static final int DEFAULT_VOLUME = 50;
    private final ClassicPhone phone;

    ClassicDeviceCalls(ClassicPhone phone) {
        this.phone = phone;
    }

    /** Returns the devices of a kind, a line for each; empty when there is none. */
    String list(int device) {
        return ask(device, "", (devices, role) -> String.join("\r\n", devices.names(role)));
    }

    /** Returns the device that is chosen. */
    String get(int device) {
        return ask(device, "Default", (devices, role) -> devices.choice(role).toString());
    }

    /**
     * Chooses a device.
     *
     * @param name Default, All (to ring), None, the name or its beginning, or the place in the list from 0
     * @param when 1 from the next call on, 2 at once, 0 as changeaudiodevimmmediate says
     */
    boolean set(int device, String name, int when) {
        return ask(device, false, (devices, role) -> {
            long moment = when == 0 ? phone.parameters().number("changeaudiodevimmmediate") : when;
            devices.choose(role, DeviceChoice.parse(named(devices.names(role), name)), moment == AT_ONCE);
            return true;
        });
    }

    private static String named(List<String> names, String text) {
        if (!text.strip().matches("[0-9]")) {
            return text;
        }
        int place = Integer.parseInt(text.strip());
        if (place >= names.size()) {
            throw new IllegalArgumentException("there is no device " + place + ": the list has " + names.size());
        }
        return names.get(place);
    }

    boolean volume(int device, int percent) {
        return ask(device, false, (devices, role) -> {
            devices.volume(role, percent);
            return true;
        });
    }

    int volume(int device) {
        return ask(device, DEFAULT_VOLUME, AudioDevices::volume);
    }

    /** What is asked of the devices. */
    private interface Question<R> {
        R answer(AudioDevices devices, Role role);
    }

    private <R> R ask(int device, R otherwise, Question<R> question) {
        Optional<Role> role = role(device);
        Function<Phone, R> asking = open -> question.answer(open.audioDevices(), role.orElseThrow(
                () -> new IllegalArgumentException("device " + device + " is none: 0 records, 1 plays, 2 rings")));
        return phone.asked(asking).orElse(otherwise);
    }

    private static Optional<Role> role(int device) {
        return device >= 0 && device < Role.values().length ? Optional.of(Role.values()[device]) : Optional.empty();
    }
}
