package io.earshot.dsp.webrtc;

import dev.onvoid.webrtc.media.audio.AudioProcessing;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The library of this platform: looked for once in a process, and missed with one line in the log. */
final class NativeLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

    private NativeLibrary() {
    }

    /** Loads on first use. */
    private static final class Loaded {
        static final boolean YES = load();

        private static boolean load() {
            try {
                new AudioProcessing().dispose();
                return true;
            } catch (LinkageError | RuntimeException missing) {
                LOG.warn("The native voice processing of WebRTC is not used, that in Java is: {}", reason(missing));
                return false;
            }
        }
    }

    static boolean isLoaded() {
        return Loaded.YES;
    }

    /** The library's loader stumbles over a resource that is not there. */
    static String reason(Throwable missing) {
        Throwable root = missing;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root instanceof NullPointerException
                ? "there is no library for " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                        + "; put dev.onvoid.webrtc:webrtc-java with the classifier of this platform on the class path"
                : String.valueOf(root.getMessage());
    }
}
