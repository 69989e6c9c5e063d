package io.earshot.sdk.window;

import java.util.List;

/** The windows of one phone. Called by any thread; no method waits for the user or for the drawing. */
public interface PhoneWindows extends AutoCloseable {
    /** The kinds of windows. */
    enum Kind {
        /** The phone itself. */
        PHONE("softphone"),
        /** The log. */
        LOG("log"),
        /** The choice of sound devices. */
        DEVICES("audio device"),
        /** Chat. */
        CHAT("chat"),
        /** The question whom to transfer to. */
        TRANSFER("transfer");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** Returns its word in sentences, as in "There is no chat window". */
        public String word() {
            return word;
        }
    }

    /**
     * Opens a window, or brings it to the front.
     *
     * @param peer with whom to chat; empty for the others, and when the user is to say
     */
    void show(Kind kind, String peer);

    /**
     * Takes a notification of the phone.
     *
     * @param fields of its line, the type first
     */
    void on(List<String> fields);

    /** Closes all windows. Twice is harmless. */
    @Override
    void close();
}
