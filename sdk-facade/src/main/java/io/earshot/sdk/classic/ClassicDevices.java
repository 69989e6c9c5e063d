package io.earshot.sdk.classic;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The sound devices and volumes: 0 recording, 1 playback, 2 ringing. */
final class ClassicDevices {
    private final ClassicPhone phone;
    private final Map<Integer, Integer> volumes = new ConcurrentHashMap<>();

    ClassicDevices(ClassicPhone phone) {
        this.phone = phone;
    }

    String list(int device) {
        return "";
    }

    String get(int device) {
        return "Default";
    }

    boolean set(int device, String name, int when) {
        return false;
    }

    boolean volume(int device, int percent) {
        volumes.put(device, percent);
        return true;
    }

    int volume(int device) {
        return volumes.getOrDefault(device, 50);
    }
}
