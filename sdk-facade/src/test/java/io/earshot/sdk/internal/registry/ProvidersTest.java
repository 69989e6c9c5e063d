package io.earshot.sdk.internal.registry;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.earshot.api.audio.VoiceProcessing;
import io.earshot.api.audio.spi.VoiceProcessor;
import io.earshot.api.audio.spi.VoiceProcessorProvider;
import io.earshot.dsp.voice.SoftwareVoiceProcessor;
import org.junit.jupiter.api.Test;

class ProvidersTest {
    @Test
    void aNativeEngineThatFailsToOpenIsReplacedByTheOneInJava() {
        VoiceProcessorProvider broken = new VoiceProcessorProvider() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public int priority() {
                return 100;
            }

            @Override
            public boolean isAvailable() {
                return true;
            }

            @Override
            public VoiceProcessor open(int sampleRate, VoiceProcessing settings) {
                throw new UnsatisfiedLinkError("libpulse.so.0: cannot open shared object file");
            }
        };
        try (VoiceProcessor opened = Providers.voice(broken, 16_000, VoiceProcessing.ALL)) {
            assertInstanceOf(SoftwareVoiceProcessor.class, opened);
        }
    }
}
