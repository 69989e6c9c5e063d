package io.earshot.audio.javasound;

import io.earshot.api.audio.spi.AudioBackend.AudioDevice;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Names of devices whose bytes the JDK took for other characters than they are. */
final class DeviceNames {
    private static final int LAST_BYTE = 0xFF;

    private DeviceNames() {
    }

    /** Returns the device with its name in these characters; as it is when the name cannot be bytes that were misread. */
    static AudioDevice in(Charset characters, AudioDevice device) {
        if (device.name().chars().anyMatch(c -> c > LAST_BYTE)) {
            return device;
        }
        try {
            String name = characters.newDecoder().decode(ByteBuffer.wrap(device.name().getBytes(StandardCharsets.ISO_8859_1))).toString();
            return new AudioDevice(device.id(), name, device.capture(), device.playback());
        } catch (CharacterCodingException other) {
            return device;
        }
    }
}
