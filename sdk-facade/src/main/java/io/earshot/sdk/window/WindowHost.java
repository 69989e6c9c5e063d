package io.earshot.sdk.window;

import java.util.List;
import java.util.Optional;

/** What windows may use of their phone. Safe for use by any thread; only {@link #run} may take long, and belongs on no drawing thread. */
public interface WindowHost {
    /**
     * Runs a classic function, as {@code run("API_Call", -1, "bob")}.
     *
     * @param arguments in the function's order; those at the end may be left out
     * @return a {@link Boolean}, {@link Integer} or {@link String}, as the function says
     * @throws IllegalArgumentException when there is no such function
     */
    Object run(String function, Object... arguments);

    /** Does something later, one after the other, on a thread that may block. */
    void execute(Runnable task);

    /**
     * Returns the value of a parameter, its default when it was not given.
     *
     * @throws IllegalArgumentException when there is no such parameter
     */
    String parameter(String name);

    /** Returns the value of a parameter if it was given and is not empty. */
    Optional<String> given(String name);

    /** Returns the state of the phone in the words of STATUS, in English. */
    String status();

    /** Tells whether our account is registered. */
    boolean isRegistered();

    /** Returns the calls there are, by line. */
    List<LineView> lines();

    /** Returns the current line. */
    int line();

    /** Returns the code of the user's language: en, ru, hu, ro, de, it, es, tr, pt, ja or fr. */
    String language();

    /** Returns a status text in the user's language; one that is not known stays as it is. */
    String word(String english);

    /** The user has closed the window of the phone. */
    void closed();
}
