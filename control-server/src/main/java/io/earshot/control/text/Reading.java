package io.earshot.control.text;

/** What became of reading a request. */
public sealed interface Reading {
    /** It is a command, perhaps of a function that nobody knows. */
    record Read(Command command) implements Reading { }

    /**
     * It is none.
     *
     * @param why a sentence for who sent it
     */
    record Unreadable(String why) implements Reading { }
}
