package io.earshot.testkit.audio;

/** An open line of either direction. */
interface FakeLine {
    void close();
}
