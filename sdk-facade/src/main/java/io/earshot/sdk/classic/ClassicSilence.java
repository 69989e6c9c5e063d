package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;

import io.earshot.api.Call;
import io.earshot.api.audio.AudioDevices;
import java.util.List;

/** Whether packets go on when there is nothing to say: a muted, a disabled, a missing microphone. Safe for use by any thread. */
final class ClassicSilence {
    static final List<ClassicParameter> ROWS = ParameterGroup.MEDIA.rows(
            number("sendrtponfailed", 0, 3, 1, "no microphone can be opened: 0 sends nothing, 1 silence for five seconds, 2 "
                    + "and 3 silence").live(),
            number("sendrtpondisabled", 0, 3, 3, "microphone not used (useaudiodevicerecord): 0 sends nothing, 1 silence for five "
                    + "seconds, 2 and 3 silence").live(),
            number("earlymedia", 0, 6, 2, "before the answer we send: 0, 1 and 3 nothing, 2 and 4 silence, which opens routers, 5 our "
                    + "sound once the peer's may come, 6 our sound at once").live());

    static final int SPEAKS = 5;
    static final int SPEAKS_ALWAYS = 6;

    private static final int BEGINNING = 1;
    private static final long BEGINNING_SECONDS = 5;

    private final ClassicPhone phone;

    ClassicSilence(ClassicPhone phone) {
        this.phone = phone;
    }

    /** A call of ours begins. */
    void onDialled(ClassicLine line) {
        long mode = phone.parameters().number("earlymedia");
        line.call().audio().sendSilence(mode == 2 || mode >= 4);
    }

    /** Decides anew for a call. */
    void refresh(ClassicLine line) {
        if (line.call().state() == Call.State.ESTABLISHED) {
            line.call().audio().sendSilence(isWanted(line));
        }
    }

    private boolean isWanted(ClassicLine line) {
        ClassicParameters from = phone.parameters();
        if (line.mute().isMicrophone()) {
            return from.isOn("sendrtponmuted");
        }
        if (!from.text("audiosource").equals("device")) {
            return true;
        }
        if (!ClassicDevices.usesMicrophone(from)) {
            return isWanted(from.number("sendrtpondisabled"), line);
        }
        boolean failed = phone.running().map(on -> on.phone().audioDevices().inUse(AudioDevices.Role.MICROPHONE).isEmpty()).orElse(false);
        return !failed || isWanted(from.number("sendrtponfailed"), line);
    }

    private static boolean isWanted(long mode, ClassicLine line) {
        return mode > BEGINNING || mode == BEGINNING && line.seconds() < BEGINNING_SECONDS;
    }
}
