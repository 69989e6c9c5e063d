package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.text;

import io.earshot.api.Phone;
import io.earshot.api.VoipException;
import io.earshot.api.audio.CallSounds;
import io.earshot.api.audio.CallSounds.Beep;
import io.earshot.api.audio.CallSounds.Ending;
import io.earshot.api.audio.CallSounds.WhileTalking;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What classic parameters say about ringing and tones. */
final class ClassicTones {
    static final List<ClassicParameter> ROWS = ParameterGroup.CALL.rows(
            number("playring", 0, 2, 2, "ringing is heard: 0 never, 1 that of incoming calls, 2 also that of the peer's phone", "playing")
                    .live(),
            text("ringtone", "", "WAV file to ring with, where the program runs or in datafolder; empty looks for ring.wav, and rings "
                    + "with a tone of its own where there is none").live(),
            number("ringincall", 0, 2, 1, "another call while one is established: 0 is silent, 1 beeps, 2 rings").live(),
            number("nostopring", 0, 1, 0, "the ringing of the peer's phone when the peer's sound begins: 0 stops, 1 goes on").live(),
            number("playdisc", 0, 3, 1, "tone when a call of ours fails: 0 never, 1 unless there was an announcement, 2 always, 3 also "
                    + "when the peer hangs up").live(),
            number("beeponconnect", 0, 4, 0, "beep when a call is established: 0 never, 1 with calls that are answered by themselves, 2 "
                    + "incoming ones, 3 outgoing ones, 4 all", "beepconnect").live(),
            number("changesptoring", 0, 4, 2, "183 (session progress): 0 and 3 are not ringing, 1 and 4 are told as ringing, 2 rings "
                    + "here; sound that comes with it is always heard").live());

    private static final String STANDARD_FILE = "ring.wav";

    private ClassicTones() {
    }

    static CallSounds sounds(ClassicParameters from, Path folder) {
        return sounds(from, file(from.given("ringtone").orElse(STANDARD_FILE), folder));
    }

    private static CallSounds sounds(ClassicParameters from, Optional<Path> file) {
        long rings = from.number("playring");
        CallSounds sounds = CallSounds.NONE.withRing(rings >= 1)
                .withWhileTalking(List.of(WhileTalking.NOTHING, WhileTalking.BEEP, WhileTalking.RING).get((int) from.number("ringincall")))
                .withRingback(rings == 2, from.number("nostopring") == 1)
                .withRingOnProgress(from.number("changesptoring") == 2)
                .withEnding(Ending.values()[(int) from.number("playdisc")]).withConnected(beep(from));
        return file.isPresent() && rings >= 1 ? sounds.withRingtone(file.get()) : sounds;
    }

    /**
     * Sets them. A ring tone that cannot be played leaves the one that is built in (B-082).
     *
     * @param refused hears why it cannot
     */
    static void apply(ClassicParameters from, Path folder, Phone to, Consumer<String> refused) {
        try {
            to.callSounds(sounds(from, folder));
        } catch (VoipException noSound) {
            refused.accept(noSound.getMessage());
            to.callSounds(sounds(from, Optional.empty()));
        }
    }

    private static Beep beep(ClassicParameters from) {
        return switch ((int) from.number("beeponconnect")) {
            case 1 -> from.isOn("autoaccept") ? Beep.INCOMING : Beep.NEVER;
            case 2 -> Beep.INCOMING;
            case 3 -> Beep.OUTGOING;
            case 4 -> Beep.ALWAYS;
            default -> Beep.NEVER;
        };
    }

    private static Optional<Path> file(String name, Path folder) {
        return Stream.of(Path.of(name), folder.resolve(name)).filter(Files::isRegularFile).findFirst();
    }

    /** Returns the word of a provisional answer in STATUS. */
    static String word(ClassicParameters from, int status) {
        boolean ringing = from.number("changesptoring") == 1 || from.number("changesptoring") == 4;
        return status == 183 && !ringing ? "InProgress" : status == 181 ? "Routed" : "Ringing";
    }
}
