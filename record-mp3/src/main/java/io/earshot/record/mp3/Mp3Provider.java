package io.earshot.record.mp3;

import io.earshot.api.audio.spi.RecordingEncoder;
import io.earshot.api.audio.spi.RecordingEncoderProvider;

/** Offers MP3: speech of one channel at 32 to 64 kbit/s, twice that for two. */
public final class Mp3Provider implements RecordingEncoderProvider {
    /** For {@link java.util.ServiceLoader}. */
    public Mp3Provider() {
    }

    @Override
    public String format() {
        return "MP3";
    }

    @Override
    public RecordingEncoder open(int sampleRate, int channels) {
        return new Mp3Encoder(sampleRate, channels);
    }
}
