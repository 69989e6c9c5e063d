package io.earshot.dsp.webrtc;

import io.earshot.api.audio.VoiceProcessing;
import io.earshot.api.audio.spi.VoiceProcessor;
import io.earshot.api.audio.spi.VoiceProcessorProvider;

/** Offers {@link WebRtcVoiceProcessor} where its library can be loaded, ahead of the one in Java. */
public final class WebRtcProvider implements VoiceProcessorProvider {
    /** For {@link java.util.ServiceLoader}. */
    public WebRtcProvider() {
        // Nothing is loaded before isAvailable().
    }

    @Override
    public String name() {
        return "webrtc";
    }

    @Override
    public int priority() {
        return 100;
    }

    @Override
    public boolean isAvailable() {
        return NativeLibrary.isLoaded();
    }

    @Override
    public VoiceProcessor open(int sampleRate, VoiceProcessing settings) {
        return new WebRtcVoiceProcessor(sampleRate, settings);
    }
}
