package io.earshot.sdk.internal.media;

/**
 * A source or sink as the bridge sees it. Confined to the media loop; nothing here allocates or blocks in steady state.
 *
 * <p>Each turn the bridge first pulls every source and then pushes to every sink.
 */
interface BridgePort {
    /** Returns the samples per second of what it gives; may change with a {@link #pull}, whose frame then has the new rate. */
    int rate();

    /** Returns the samples per second of what it takes; may change between turns. */
    default int sinkRate() {
        return rate();
    }

    /** Tells whether {@link #pull} gives anything. */
    boolean isSource();

    /** Tells whether {@link #push} takes anything. */
    boolean isSink();

    /** Tells whether it wants to be pushed to in this turn. */
    default boolean isListening() {
        return true;
    }

    /**
     * Fills one frame.
     *
     * @param samples {@link #rate()} before the call times the frame length
     * @return whether there is sound in it; if not, {@code frame} is undefined and counts as silence
     */
    default boolean pull(short[] frame, int samples) {
        return false;
    }

    /**
     * Takes one frame.
     *
     * @param sound whether any source contributed; if not, the frame is all zero
     */
    default void push(short[] frame, int samples, boolean sound) {
    }

    /** Frees what it holds; the port is out of the bridge already. */
    default void onRemoved() {
    }
}
