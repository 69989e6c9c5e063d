package io.earshot.control;

import java.util.Map;

/** What runs the functions: a phone, or in tests something simpler. */
public interface CommandTarget {
    /**
     * Runs a function. Called by several threads, each command of a connection after the one before; may block, though not for long.
     *
     * @param function with its {@code API_}; perhaps one that does not exist
     * @param arguments by their names in lower case, or {@code param1}, {@code param2} … where the function has no names for them
     * @return {@code OK: …}, {@code ERROR: …} or a value
     */
    String run(String function, Map<String, String> arguments);

    /** Hears that the session of the programs that drive the phone over HTTP has timed out. */
    default void expired() {
    }
}
