package io.earshot.api.audio;

/**
 * A stretch of sound.
 *
 * @param samples 16 bit mono; the receiver's own
 * @param position index of the first sample since the sink was made; jumps over what was dropped. Divided by the rate it is the time
 * @param sampleRate samples per second
 */
public record PcmFrame(short[] samples, long position, int sampleRate) {
    /** Returns when the first sample was heard, in nanoseconds since the sink was made. */
    public long nanos() {
        return position / sampleRate * 1_000_000_000L + position % sampleRate * 1_000_000_000L / sampleRate;
    }
}
