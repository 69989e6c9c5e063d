package io.earshot.api.audio;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.time.Duration;

/**
 * How sound is recorded. Immutable; the {@code with} methods return changed copies.
 *
 * @param format of the file
 * @param layout where the two sides of a call go
 * @param sampleRate 8000, 16000, 24000, 32000 or 48000; 0 for the call's. GSM has 8000 and Opus 48000 whatever is said here
 * @param longest when it ends by itself; zero for never
 * @param sync how the sides are kept in step
 */
public record RecordingConfig(Format format, Layout layout, int sampleRate, Duration longest, Sync sync) {
    /** WAV, stereo, at the call's rate, without end. */
    public static final RecordingConfig DEFAULT = new RecordingConfig(Format.WAV, Layout.STEREO, 0, Duration.ZERO, Sync.AT_ONCE);

    /** Formats of files. Each can be played at any moment, also after the program was killed. */
    public enum Format {
        /** 16 bit PCM. */
        WAV("wav"),
        /** GSM full rate without a header; needs {@code codec-gsm}. Stereo makes two files, {@code x-in.gsm} and {@code x-out.gsm}. */
        GSM("gsm"),
        /** Opus in Ogg (RFC 7845); needs {@code codec-opus}. */
        OPUS("opus"),
        /** MP3; needs {@code record-mp3}. */
        MP3("mp3");

        private final String extension;

        Format(String extension) {
            this.extension = extension;
        }

        /** Returns how names of such files end, without the dot. */
        public String extension() {
            return extension;
        }
    }

    /** Where the sides of a call go. */
    public enum Layout {
        /** What the peer says on the left, what the peer hears on the right. */
        STEREO,
        /** Both in one channel. */
        MIXED
    }

    /** How the sides are kept in step; they always are, the question is what stands for the time in which one has no sound. */
    public enum Sync {
        /** It begins at once; silence stands for what is missing. */
        AT_ONCE,
        /** It begins at once; faint noise stands for what is missing, so that players and people see that the line is alive. */
        NOISE,
        /** It begins when both sides have had sound. */
        BOTH_SIDES
    }

    /** Checks. */
    public RecordingConfig {
        requireNonNull(format, "format");
        requireNonNull(layout, "layout");
        requireNonNull(sync, "sync");
        Check.range(longest, Duration.ZERO, Duration.ofDays(365), "longest");
        if (sampleRate != 0 && sampleRate != 8000 && sampleRate != 16_000 && sampleRate != 24_000 && sampleRate != 32_000
                && sampleRate != 48_000) {
            throw new IllegalArgumentException("sample rate must be 0, 8000, 16000, 24000, 32000 or 48000, not " + sampleRate);
        }
    }

    /** Returns a copy in another format. */
    public RecordingConfig withFormat(Format other) {
        return new RecordingConfig(other, layout, sampleRate, longest, sync);
    }

    /** Returns a copy with the sides elsewhere. */
    public RecordingConfig withLayout(Layout other) {
        return new RecordingConfig(format, other, sampleRate, longest, sync);
    }

    /** Returns a copy with another sample rate; 0 for the call's. */
    public RecordingConfig withSampleRate(int rate) {
        return new RecordingConfig(format, layout, rate, longest, sync);
    }

    /** Returns a copy that ends by itself; zero for never. */
    public RecordingConfig withLongest(Duration most) {
        return new RecordingConfig(format, layout, sampleRate, most, sync);
    }

    /** Returns a copy with the sides in step in another way. */
    public RecordingConfig withSync(Sync way) {
        return new RecordingConfig(format, layout, sampleRate, longest, way);
    }
}
