package io.earshot.softphone;

import io.earshot.sdk.window.PhoneWindows;
import io.earshot.sdk.window.WindowHost;
import io.earshot.sdk.window.WindowProvider;
import java.util.Optional;

/** The windows in Swing. This class itself loads on a runtime without {@code java.desktop} too. */
public final class SoftphoneProvider implements WindowProvider {
    /** Made by the service loader. */
    public SoftphoneProvider() {
    }

    @Override
    public Optional<String> obstacle() {
        try {
            return Display.obstacle();
        } catch (LinkageError none) {
            return Optional.of("this Java runtime has no desktop (" + none.getMessage() + ")");
        }
    }

    @Override
    public PhoneWindows windows(WindowHost host) {
        return new SwingWindows(host);
    }
}
