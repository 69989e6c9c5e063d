package io.earshot.sdk.window;

import java.util.Optional;

/**
 * Draws windows for phones. Found by {@link java.util.ServiceLoader}; the module {@code io.earshot.softphone} is one. Without any,
 * functions that open windows fail with a sentence and everything else works.
 */
public interface WindowProvider {
    /** Returns why there can be no windows here, as the end of a sentence ("this machine has no display"); empty when there can be. */
    Optional<String> obstacle();

    /** Makes the windows of one phone; none is shown yet. Returns at once. */
    PhoneWindows windows(WindowHost host);
}
