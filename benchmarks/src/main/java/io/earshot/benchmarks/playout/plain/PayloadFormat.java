package io.earshot.benchmarks.playout.plain;

import static java.util.Objects.requireNonNull;

import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.CodecDescriptor;

/**
 * A payload type with the codec opened for it. The codec stays its maker's to close.
 *
 * @param payloadType 0 to 127
 * @param descriptor rates and channels
 * @param codec does the work
 */
public record PayloadFormat(int payloadType, CodecDescriptor descriptor, AudioCodec codec) {
    public PayloadFormat {
        requireNonNull(descriptor, "descriptor");
        requireNonNull(codec, "codec");
        if (payloadType < 0 || payloadType > 127) {
            throw new IllegalArgumentException("payload type " + payloadType + " is outside 0 to 127");
        }
    }

    /** Returns how many samples of all channels so many timestamp ticks are. */
    int samples(long ticks) {
        return (int) (ticks * descriptor.sampleRate() / descriptor.rtpClockRate()) * descriptor.channels();
    }

    /** Returns how many timestamp ticks so many samples of all channels are. */
    int ticks(int samples) {
        return (int) ((long) samples / descriptor.channels() * descriptor.rtpClockRate() / descriptor.sampleRate());
    }

    /** Returns the milliseconds that so many samples of all channels last. */
    double millis(long samples) {
        return samples * 1000.0 / descriptor.channels() / descriptor.sampleRate();
    }
}
