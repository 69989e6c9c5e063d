package io.earshot.sdk.classic;

import io.earshot.api.audio.VoiceProcessing;
import java.util.List;
import java.util.Locale;

/** What classic parameters say about the processing of the microphone's sound. */
final class ClassicVoice {
    private static final int NOISE_DB = 15;

    static final List<ClassicParameter> ROWS = ParameterGroup.VOICE.rows(
            ClassicParameter.number("aec", 0, 3, 1, "echo of the speaker in the microphone: 0 stays, 1 is taken out unless the speaker "
                    + "is a headset by its name, 2 and 3 is taken out"),
            ClassicParameter.number("aec2", 0, 3, 1, "what the echo canceller leaves: 0 stays, 1 to 3 is attenuated"),
            ClassicParameter.text("aectype", "auto", "way of echo cancellation: none for none, every other word for the one there is",
                    "aec2type"),
            ClassicParameter.yesNo("plc", true, "gaps of lost packets are bridged by what came before; false leaves them silent"),
            ClassicParameter.number("agc", 0, 3, 3, "level of speech: 0 stays, 1 to 3 is brought to -20 dBFS"),
            ClassicParameter.number("denoise", 0, 3, 3, "steady noise: 0 stays, 1 to 3 is lowered by up to 15 dB"));

    private ClassicVoice() {
    }

    static VoiceProcessing processing(ClassicParameters from) {
        boolean echo = from.number("aec") > 0 && !from.text("aectype").strip().toLowerCase(Locale.ROOT).equals("none");
        boolean level = from.number("agc") > 0;
        int noise = from.number("denoise") > 0 ? NOISE_DB : 0;
        return new VoiceProcessing(echo, echo && from.number("aec2") > 0, noise, level, VoiceProcessing.ALL.targetDbfs(), echo);
    }
}
