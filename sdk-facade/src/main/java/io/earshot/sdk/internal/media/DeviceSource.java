package io.earshot.sdk.internal.media;

import io.earshot.api.audio.spi.AudioBackendProvider;

/** Which sound system to open when a program first asks for sound. */
@FunctionalInterface
public interface DeviceSource {
    /**
     * Returns the provider.
     *
     * @throws io.earshot.api.VoipException when it is not there; the message names the artifact
     */
    AudioBackendProvider provider();
}
