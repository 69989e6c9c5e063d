package io.earshot.sdk.classic;

import io.earshot.api.audio.AudioDevices;
import io.earshot.api.audio.AudioDevices.Role;
import io.earshot.api.audio.DeviceChoice;
import java.util.List;
import java.util.Optional;

/** The functions of sound devices and volumes: 0 recording, 1 playback, 2 ringing. What they set is kept as parameters. */
final class ClassicDeviceCalls {
    private static final List<Role> ROLES = List.of(Role.MICROPHONE, Role.SPEAKER, Role.RINGER);
    private static final List<String> DEVICES = List.of("audiodevicein", "audiodeviceout", "audiodevicering");
    private static final List<String> VOLUMES = List.of("volumein", "volumeout", "volumering");
    private static final int AT_ONCE = 2;

    private final ClassicPhone phone;

    ClassicDeviceCalls(ClassicPhone phone) {
        this.phone = phone;
    }

    private static int checked(int device) {
        if (device < 0 || device >= ROLES.size()) {
            throw new IllegalArgumentException("There is no kind " + device + " of sound devices: 0 is recording, 1 playback, 2 ringing.");
        }
        return device;
    }

    private Optional<AudioDevices> open() {
        return phone.running().map(on -> on.phone().audioDevices());
    }

    /** Returns the names with CRLF between; none before the start. */
    String list(int device) {
        Role role = ROLES.get(checked(device));
        return open().map(all -> String.join("\r\n", all.names(role))).orElse("");
    }

    /** Returns what is used: a name, Default or All. */
    String get(int device) {
        return phone.parameters().text(DEVICES.get(checked(device)));
    }

    /**
     * Chooses a device.
     *
     * @param name a name, Default, All, or its number in the list, 0 for the default
     * @param when 0 as {@code changeaudiodevimmmediate} says, 1 from the next call on, 2 at once
     */
    boolean set(int device, String name, int when) {
        String chosen = name.strip().matches("[0-9]") ? numbered(device, Integer.parseInt(name.strip())) : name.strip();
        if (!phone.set(List.of(DEVICES.get(checked(device)) + "=" + DeviceChoice.parse(chosen)))) {
            return false;
        }
        long rule = when == 0 ? phone.parameters().number("changeaudiodevimmmediate") : when;
        open().ifPresent(all -> all.choose(ROLES.get(device), DeviceChoice.parse(chosen), rule == AT_ONCE));
        return true;
    }

    private String numbered(int device, int number) {
        if (number == 0) {
            return "Default";
        }
        List<String> names = open().map(all -> all.names(ROLES.get(checked(device)))).orElse(List.of());
        if (number > names.size()) {
            throw new IllegalArgumentException("There is no sound device " + number + "; the list has " + names.size() + ".");
        }
        return names.get(number - 1);
    }

    boolean volume(int device, int percent) {
        if (!phone.set(List.of(VOLUMES.get(checked(device)) + "=" + percent))) {
            return false;
        }
        open().ifPresent(all -> all.volume(ROLES.get(device), percent));
        return true;
    }

    int volume(int device) {
        return (int) phone.parameters().number(VOLUMES.get(checked(device)));
    }
}
