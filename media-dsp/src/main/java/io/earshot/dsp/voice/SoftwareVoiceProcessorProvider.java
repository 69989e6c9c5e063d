package io.earshot.dsp.voice;

import io.earshot.api.audio.VoiceProcessing;
import io.earshot.api.audio.spi.VoiceProcessor;
import io.earshot.api.audio.spi.VoiceProcessorProvider;

/** Offers {@link SoftwareVoiceProcessor}, which works everywhere. */
public final class SoftwareVoiceProcessorProvider implements VoiceProcessorProvider {
    /** For {@link java.util.ServiceLoader}. */
    public SoftwareVoiceProcessorProvider() {
    }

    @Override
    public String name() {
        return "software";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public VoiceProcessor open(int sampleRate, VoiceProcessing settings) {
        return new SoftwareVoiceProcessor(sampleRate, settings);
    }
}
