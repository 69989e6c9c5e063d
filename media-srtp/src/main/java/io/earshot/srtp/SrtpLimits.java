package io.earshot.srtp;

/**
 * Bounds of one direction of a stream.
 *
 * @param replayWindow packets behind the newest that are still accepted, 64 to 32768, a multiple of 64 (RFC 3711 §3.3.2)
 * @param maxSources SSRCs that are kept apart, 1 to 1024; a packet of one more is refused. None is forgotten to make room: its old packets
 *     could then be played again
 * @param maxKeys master keys with different MKI that a receiver holds at once, 1 to 64
 * @param grace packets under a new key after which its predecessor without MKI is forgotten, 0 to 65536
 */
public record SrtpLimits(int replayWindow, int maxSources, int maxKeys, int grace) {
    /** A window of 128 packets, 64 sources, 8 keys, 64 packets of grace. */
    public static final SrtpLimits DEFAULT = new SrtpLimits(128, 64, 8, 64);

    public SrtpLimits {
        if (replayWindow < 64 || replayWindow > 32_768 || replayWindow % 64 != 0) {
            throw new IllegalArgumentException("replayWindow must be a multiple of 64 from 64 to 32768, not " + replayWindow);
        }
        if (maxSources < 1 || maxSources > 1024) {
            throw new IllegalArgumentException("maxSources must be 1 to 1024, not " + maxSources);
        }
        if (maxKeys < 1 || maxKeys > 64) {
            throw new IllegalArgumentException("maxKeys must be 1 to 64, not " + maxKeys);
        }
        if (grace < 0 || grace > 65_536) {
            throw new IllegalArgumentException("grace must be 0 to 65536, not " + grace);
        }
    }

    /** Returns these limits with another replay window. */
    public SrtpLimits withReplayWindow(int packets) {
        return new SrtpLimits(packets, maxSources, maxKeys, grace);
    }

    /** Returns these limits with another number of sources. */
    public SrtpLimits withMaxSources(int sources) {
        return new SrtpLimits(replayWindow, sources, maxKeys, grace);
    }
}
