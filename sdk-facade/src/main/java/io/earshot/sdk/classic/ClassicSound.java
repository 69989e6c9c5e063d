package io.earshot.sdk.classic;

import io.earshot.api.Call;
import io.earshot.api.Phone;
import io.earshot.api.audio.AudioPort;
import io.earshot.api.audio.Tone;
import java.nio.file.Path;
import java.util.Optional;

/** What peers hear, and where calls are recorded, as the parameters say. One source serves all calls. */
final class ClassicSound {
    private final ClassicConfig.Sound wanted;
    private final Optional<AudioPort> source;

    /**
     * Makes the source.
     *
     * @throws io.earshot.api.VoipException when the file cannot be played
     * @throws IllegalArgumentException when the parameter cannot be understood
     */
    ClassicSound(Phone phone, ClassicConfig.Sound wanted) {
        this.wanted = wanted;
        this.source = source(phone, wanted.source());
    }

    /** Gives a call its sound. */
    void speak(Call call) {
        source.ifPresent(port -> call.audio().connect(port));
    }

    /** Gives a connected call its sound, and starts its recording. */
    void connect(Call call) {
        speak(call);
        wanted.recording(call.id()).ifPresent(file -> call.audio().record(file));
    }

    private static Optional<AudioPort> source(Phone phone, String text) {
        if (text.equals("silence") || text.isEmpty()) {
            return Optional.empty();
        }
        if (text.equals("device")) {
            return Optional.of(phone.bridge().device());
        }
        if (text.startsWith("tone:")) {
            try {
                return Optional.of(phone.bridge().tone(Tone.of(Double.parseDouble(text.substring(5)))));
            } catch (NumberFormatException none) {
                throw new IllegalArgumentException("parameter audiosource=" + text + ": a number of hertz is wanted after tone:", none);
            }
        }
        if (text.startsWith("file:")) {
            return Optional.of(phone.bridge().file(Path.of(text.substring(5)), true));
        }
        throw new IllegalArgumentException("parameter audiosource=" + text + ": device, silence, tone:HERTZ or file:PATH is wanted");
    }
}
