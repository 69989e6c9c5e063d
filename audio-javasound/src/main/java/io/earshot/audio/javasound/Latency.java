package io.earshot.audio.javasound;

/** Where time is spent between the card and the engine. */
final class Latency {
    /** What is moved at once. */
    static final int BLOCK_MILLIS = 10;
    /** What the card's line holds. */
    static final int LINE_MILLIS = 40;
    /** What lies in the queue before it flows, and on average: a turn of the engine and a block. */
    static final int PREFILL_MILLIS = 30;
    /** How far the mean level of the queue may be off before a sample is added or left out. */
    static final int SLACK_MILLIS = 6;
    /** What the queue holds at most. */
    static final int QUEUE_MILLIS = 120;

    private Latency() {
    }
}
