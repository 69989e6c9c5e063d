package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicArgument.bytes;
import static io.earshot.sdk.classic.ClassicArgument.line;
import static io.earshot.sdk.classic.ClassicArgument.number;
import static io.earshot.sdk.classic.ClassicArgument.stream;
import static io.earshot.sdk.classic.ClassicArgument.text;
import static io.earshot.sdk.classic.ClassicArgument.yesNo;
import static io.earshot.sdk.classic.ClassicFunction.of;
import static io.earshot.sdk.classic.ClassicFunction.Result.BYTES;
import static io.earshot.sdk.classic.ClassicFunction.Result.DONE;
import static io.earshot.sdk.classic.ClassicFunction.Result.NUMBER;
import static io.earshot.sdk.classic.ClassicFunction.Result.TEXT;

import io.earshot.sdk.window.PhoneWindows.Kind;
import java.util.List;

/** The functions of sound: files, recordings, streams, devices. */
final class SoundFunctions {
    static final List<ClassicFunction> ROWS = List.of(
            of(DONE, "API_VoiceRecord", "Records: 0 stop, 1 to a file, 4 as voicerecording says.",
                    (phone, in) -> player(phone).record(in.number("startstop"), in.text("filename"), in.line()), number("startstop", 1),
                    number("now", 0), text("filename"), number("line", ClassicPhone.ALL)),
            of(DONE, "API_PlaySound", "Plays a sound file here or to the peer: 1 start, 0 stop, -1 look whether it can be.",
                    (phone, in) -> player(phone).play(in.number("start"), in.text("file"), in.number("looping") == 1,
                            in.yes("toremotepeer"), in.line()), number("start", 1), text("file"), number("looping", 0),
                    yesNo("async", true), yesNo("islocal", true), yesNo("toremotepeer", false), line(), text("audiodevice"),
                    yesNo("isring", false)),
            of(DONE, "API_StreamSoundBuff", "Sends 16 bit PCM to the peer, 8 or 16 kHz as its codec is; 0 stops it.",
                    (phone, in) -> player(phone).stream(in.number("start"), in.line(), in.bytes("buff"), in.number("len")),
                    number("start", 1), line(), bytes("buff"), number("len", 0)),
            of(DONE, "API_StreamSoundStream", "Sends 16 bit PCM from a stream to the peer.",
                    (phone, in) -> player(phone).stream(in.number("start"), in.line(), in.stream("stream")), number("start", 1), line(),
                    stream("stream")),
            of(BYTES, "API_GetMedia", "Waits for a packet of what peers say, so many ms: 20 ms of 16 bit PCM at 8 kHz.",
                    (phone, in) -> player(phone).ear().next(in.number("timeout")), number("timeout", 0)),
            of(DONE, "API_GetMediaEnd", "Ends what API_GetMedia began.", (phone, in) -> player(phone).ear().end()),
            of(DONE, "API_SendVideoRTP", "Sends video; there is none in this version.", (phone, in) -> phone.calls().noVideo(), line(),
                    bytes("buff"), number("len", 0)),
            of(TEXT, "API_GetLastRecFileName", "Returns the file that was recorded last, by line or Call-ID.",
                    (phone, in) -> player(phone).lastFile(in.text("line")), text("line")),
            of(DONE, "API_RecFiles_Del", "Deletes the recordings of this program.", (phone, in) -> player(phone).deleteRecordings()),
            of(DONE, "API_AudioDevice", "Opens a window to choose sound devices; needs a display and the module softphone.",
                    (phone, in) -> phone.windows().show(Kind.DEVICES, "")),
            of(TEXT, "API_GetAudioDeviceList", "Returns the sound devices with CRLF between: 0 recording, 1 playback.",
                    (phone, in) -> phone.parts().devices().list(in.number("dev")), number("dev", 1)),
            of(TEXT, "API_GetAudioDevice", "Returns the sound device in use: 0 recording, 1 playback, 2 ringing.",
                    (phone, in) -> phone.parts().devices().get(in.number("dev")), number("dev", 1)),
            of(DONE, "API_SetAudioDevice", "Chooses a sound device by name or number: 0 recording, 1 playback, 2 ringing.",
                    (phone, in) -> phone.parts().devices().set(in.number("dev"), in.text("devicename"), in.number("immediate")),
                    number("dev", 1), text("devicename"), number("immediate", 0)),
            of(DONE, "API_SetVolume", "Sets a volume, 0 to 100: 0 microphone, 1 speaker, 2 ringing.",
                    (phone, in) -> phone.parts().devices().volume(in.number("dev"), in.number("volume")), number("dev", 1),
                    number("volume", 50)),
            of(NUMBER, "API_GetVolume", "Returns a volume, 0 to 100: 0 microphone, 1 speaker, 2 ringing.",
                    (phone, in) -> phone.parts().devices().volume(in.number("dev")), number("dev", 1)),
            of(TEXT, "API_VAD", "Returns who speaks how loudly; it is not told by itself from then on.",
                    (phone, in) -> phone.parts().voices().asked(in.line()), number("line", 0)));

    private SoundFunctions() {
    }

    private static ClassicPlayer player(ClassicPhone phone) {
        return phone.parts().player();
    }
}
