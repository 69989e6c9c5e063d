package io.earshot.sdk.classic;

import io.earshot.api.Phone;
import io.earshot.api.PhoneBuilder;
import io.earshot.api.audio.AudioDevices.Role;
import io.earshot.api.audio.AudioSetup;
import io.earshot.api.audio.AudioSetup.Closing;
import io.earshot.api.audio.AudioSetup.Limit;
import io.earshot.api.audio.DeviceChoice;
import io.earshot.api.audio.LineStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What classic parameters say about sound devices. */
final class ClassicDevices {
    private static final int AT_ONCE = 2;
    private static final int BUFFER_MILLIS = 10;
    private static final int POLLED = 2;
    private static final int FIRST_TIME = 1;
    private static final int ALWAYS = 2;
    /** Beside what else is kept: that the levels were looked at. */
    private static final String MARK = "levels.checked";

    static final List<ClassicParameter> ROWS = ParameterGroup.DEVICE.rows(
            ClassicParameter.text("audiobackend", "auto", "sound system: auto for the best that is there, null for none, or its name "
                    + "(Earshot)"),
            ClassicParameter.text("audiodevicein", "Default", "microphone: Default, None, or its name or the beginning of it").live(),
            ClassicParameter.text("audiodeviceout", "Default", "speaker: Default, None, or its name or the beginning of it").live(),
            ClassicParameter.text("audiodevicering", "Default", "ringer: Default, All, None, or its name or the beginning of it").live(),
            ClassicParameter.number("enableaudiostreams", 0, 3, 3, "sound devices: 0 none, 1 no microphone, 2 no speaker, 3 both").live(),
            ClassicParameter.yesNo("useaudiodeviceplayback", true, "use the speaker").live(),
            ClassicParameter.yesNo("useaudiodevicerecord", true, "use the microphone").live(),
            ClassicParameter.number("changeaudiodevimmmediate", 1, 2, 1, "another device is used: 1 from the next call on, 2 at once",
                    "changeaudiodevimmediate").live(),
            ClassicParameter.number("volumein", 0, 100, 50, "microphone's volume in percent; 50 leaves it as it is").live(),
            ClassicParameter.number("volumeout", 0, 100, 50, "speaker's volume in percent; 50 leaves it as it is").live(),
            ClassicParameter.number("volumering", 0, 100, 50, "ringer's volume in percent; 50 leaves it as it is").live(),
            ClassicParameter.number("cancloseaudioline", 0, 4, 0, "close idle sound lines: 0 but on macOS, 1 yes, 2 no, 3 but on macOS, "
                    + "4 never"),
            ClassicParameter.number("singleaudiostream", 0, 5, 3, "open sound lines: 0 any number, 1 and 3 a second speaker line where it "
                    + "can be had, 2 one speaker line, 4 and 5 one of each"),
            ClassicParameter.number("checkvolumesettings", 0, 2, 0, "un-mute and turn up the system's own mixer where it is muted or very "
                    + "low: 0 no, 1 the first time with this datafolder, 2 at each start"),
            ClassicParameter.yesNo("stereomode", false, "ask speakers for two channels, both the same"),
            ClassicParameter.number("recaudiobuffers", 1, 100, 4, "buffers of 10 ms that the microphone's line has"),
            ClassicParameter.number("recaudiomode", 0, 2, 0, "the microphone is: 0 and 1 waited for, 2 asked every few milliseconds"),
            ClassicParameter.number("audiorecthread", 0, 1, 1, "0 gives the microphone no thread of its own, but one that it shares"),
            ClassicParameter.number("audioplaythread", 0, 1, 1, "the same for the speaker"),
            ClassicParameter.number("audioplaythread2", 0, 1, 1, "the same for a second line for playing, as that of the ringer"),
            ClassicParameter.text("charset_media", "", "characters of the names of devices, as UTF-8, where they come out garbled"));

    private ClassicDevices() {
    }

    /** Applies what has to be known before the phone is opened. */
    static void apply(ClassicParameters from, PhoneBuilder to) {
        boolean in = usesMicrophone(from);
        boolean out = usesSpeaker(from);
        Closing closing = switch ((int) from.number("cancloseaudioline")) {
            case 1 -> Closing.IDLE;
            case 2, 4 -> Closing.NEVER;
            default -> Closing.AUTO;
        };
        Limit limit = switch ((int) from.number("singleaudiostream")) {
            case 0 -> Limit.NONE;
            case 2 -> Limit.ONE_SPEAKER;
            case 4, 5 -> Limit.ONE_EACH;
            default -> Limit.AUTO;
        };
        to.audio(from.text("audiobackend")).audioSetup(AudioSetup.DEFAULT
                .withDevices(choice(from, "audiodevicein", in), choice(from, "audiodeviceout", out), choice(from, "audiodevicering", out))
                .withLines(closing, limit).withStyle(style(from)));
    }

    private static LineStyle style(ClassicParameters from) {
        Set<Role> shared = EnumSet.noneOf(Role.class);
        Map.of("audiorecthread", Role.MICROPHONE, "audioplaythread", Role.SPEAKER, "audioplaythread2", Role.RINGER)
                .forEach((name, role) -> {
                    if (from.number(name) == 0) {
                        shared.add(role);
                    }
                });
        LineStyle style = LineStyle.DEFAULT.withStereo(from.isOn("stereomode")).withShared(shared).withRaiseLevels(raises(from))
                .withCapture((int) from.number("recaudiobuffers") * BUFFER_MILLIS, from.number("recaudiomode") == POLLED);
        return from.given("charset_media").map(name -> style.withNames(ClassicCharsets.charset("charset_media", name))).orElse(style);
    }

    /** The first time is that of the folder for what has to survive. */
    private static boolean raises(ClassicParameters from) {
        long when = from.number("checkvolumesettings");
        if (when != FIRST_TIME || from.given("datafolder").isEmpty()) {
            return when == ALWAYS || when == FIRST_TIME;
        }
        try {
            Path folder = Files.createDirectories(Path.of(from.text("datafolder")));
            Files.createFile(folder.resolve(MARK));
            return true;
        } catch (IOException there) {
            return false;
        }
    }

    static boolean usesMicrophone(ClassicParameters from) {
        return from.isOn("useaudiodevicerecord") && from.number("enableaudiostreams") >= 2;
    }

    private static boolean usesSpeaker(ClassicParameters from) {
        return from.isOn("useaudiodeviceplayback") && from.number("enableaudiostreams") % 2 == 1;
    }

    private static DeviceChoice choice(ClassicParameters from, String name, boolean used) {
        return used ? DeviceChoice.parse(from.text(name)) : DeviceChoice.NONE;
    }

    /** Applies what can change while the phone runs. */
    static void apply(ClassicParameters from, Phone to) {
        to.audioDevices().volume(Role.MICROPHONE, (int) from.number("volumein"));
        to.audioDevices().volume(Role.SPEAKER, (int) from.number("volumeout"));
        to.audioDevices().volume(Role.RINGER, (int) from.number("volumering"));
        choose(to, Role.MICROPHONE, choice(from, "audiodevicein", usesMicrophone(from)), from);
        choose(to, Role.SPEAKER, choice(from, "audiodeviceout", usesSpeaker(from)), from);
        choose(to, Role.RINGER, choice(from, "audiodevicering", usesSpeaker(from)), from);
    }

    private static void choose(Phone to, Role role, DeviceChoice wanted, ClassicParameters from) {
        if (!wanted.equals(to.audioDevices().choice(role))) {
            to.audioDevices().choose(role, wanted, from.number("changeaudiodevimmmediate") == AT_ONCE);
        }
    }
}
