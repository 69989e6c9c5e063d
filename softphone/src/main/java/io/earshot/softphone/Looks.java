package io.earshot.softphone;

import io.earshot.softphone.model.Look;
import java.awt.Frame;
import javax.swing.UIManager;
import javax.swing.UnsupportedLookAndFeelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets the look of windows. */
final class Looks {
    private static final Logger LOG = LoggerFactory.getLogger(Looks.class);
    private static final String NATIVE = "flatlaf.useNativeLibrary";

    private Looks() {
    }

    /** Sets it where this program has no window yet: one that has keeps its own. */
    static void apply(Look look) {
        if (Frame.getFrames().length > 0) {
            return;
        }
        if (System.getProperty(NATIVE) == null) {
            System.setProperty(NATIVE, "false"); // it is for window borders only, and JDK 24 and later warn of native code
        }
        if (!set(look.className().isEmpty() ? UIManager.getSystemLookAndFeelClassName() : look.className())) {
            set(UIManager.getSystemLookAndFeelClassName());
        }
    }

    private static boolean set(String className) {
        try {
            UIManager.setLookAndFeel(className);
            return true;
        } catch (ReflectiveOperationException | UnsupportedLookAndFeelException | LinkageError none) {
            LOG.info("The look {} cannot be had here: {}", className, none.toString());
            return false;
        }
    }
}
