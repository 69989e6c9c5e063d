package io.earshot.softphone;

import java.awt.AWTError;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.util.Optional;

/** Looks whether there is a display. */
final class Display {
    private Display() {
    }

    static Optional<String> obstacle() {
        try {
            return GraphicsEnvironment.isHeadless() || GraphicsEnvironment.getLocalGraphicsEnvironment().getScreenDevices().length == 0
                    ? Optional.of("this machine has no display") : Optional.empty();
        } catch (HeadlessException | AWTError none) {
            String why = String.valueOf(none.getMessage()).replaceAll("\\s+", " ").strip().replaceFirst("\\.$", "");
            return Optional.of("the display cannot be used (" + why + ")");
        }
    }
}
