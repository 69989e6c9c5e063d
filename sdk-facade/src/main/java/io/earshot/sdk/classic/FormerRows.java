package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.text;
import static io.earshot.sdk.classic.ClassicParameter.yesNo;

import java.util.List;

/** Parameters whose reason is gone; accepted so that old configurations keep working. */
final class FormerRows {
    private static final String NATIVE = "signal processing is Java; a native engine comes as a module of its own";
    private static final String JAVA_SOUND = "the sound system of Java picks devices by name: audiodeviceout";
    private static final String JAVA_SOUND_ALONE = "the sound system of Java has no say over other programs";
    private static final String INSTALLER = "there is no installer: the runtime image is unpacked";
    static final List<ClassicParameter> ROWS = ParameterGroup.OTHER.rows(
            text("mediaenchext", "dll", "file extension of the native sound module").without(NATIVE),
            number("focusaudio", 0, 2, 0, "other programs' sound is lowered during calls").without(JAVA_SOUND_ALONE),
            number("usecommdevice", 0, 1, 0, "the communication device of Windows").without(JAVA_SOUND),
            yesNo("has_video", false, "video").without("this SDK is for sound; offers of video are declined"),
            text("installer.-c", "", "console mode of the installer").without(INSTALLER),
            text("installer.-dir", "", "folder of the installer").without(INSTALLER),
            text("installer.-overwrite", "", "overwriting by the installer").without(INSTALLER),
            text("installer.-q", "", "silent mode of the installer").without(INSTALLER),
            text("installer.-splash", "", "progress window of the installer").without(INSTALLER));

    private FormerRows() {
    }
}
