import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.Phone;
import io.earshot.api.audio.AudioPort;
import io.earshot.api.audio.CallSounds;
import io.earshot.api.audio.Conference;
import io.earshot.api.audio.RecordingConfig;
import io.earshot.api.audio.RecordingConfig.Format;
import io.earshot.api.audio.Tone;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What the classic command line does not say: a program of the modern API, run from its source with the all-in-one jar.
 *
 *     java -cp earshot-all.jar Studio.java WHAT SERVER PORT FOLDER
 *
 * WHAT is conference, hold or record-FORMAT. Prints a line for each step.
 */
public final class Studio {
    private final Phone phone;
    private final Account account;
    private final Path folder;

    private Studio(Phone phone, Account account, Path folder) {
        this.phone = phone;
        this.account = account;
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[2]);
        try (Phone phone = Phone.builder().listen(new InetSocketAddress("127.0.0.1", port)).rtpPorts(port + 40, port + 59).open()) {
            Account account = phone.register(AccountConfig.of("sip:1001@" + args[1], "secret-1001"));
            Studio studio = new Studio(phone, account, Path.of(args[3]));
            if (args[0].equals("conference")) {
                studio.conference();
            } else if (args[0].equals("hold")) {
                studio.hold();
            } else {
                studio.record(Format.valueOf(args[0].replace("record-", "").toUpperCase(Locale.ROOT)));
            }
        }
    }

    private static void say(String text) {
        System.out.println(text);
        System.out.flush();
    }

    private Call call(String user) {
        Call call = account.dial(user).awaitAnswer();
        say("answered " + user);
        return call;
    }

    /** Two parties hear each other for three seconds, then, muted, us for two. */
    private void conference() throws Exception {
        Conference room = phone.bridge().conference("interop");
        room.onEvent(event -> say(event.getClass().getSimpleName()));
        Call one = call("1002");
        Call two = call("1003");
        one.audio().record(folder.resolve("one.wav"));
        Conference.Member first = room.add(one.audio().port());
        Conference.Member second = room.add(two.audio().port());
        Thread.sleep(3000);
        first.mute(true);
        second.mute(true);
        AudioPort voice = phone.bridge().tone(new Tone(440, 0, -12));
        room.add(voice);
        Thread.sleep(2000);
        voice.close();
        one.hangup();
        one.awaitEnd();
        two.hangup();
        two.awaitEnd();
        say("members " + room.members().size());
    }

    /** The peer hears us, music while we hold it, and us again. */
    private void hold() throws Exception {
        phone.callSounds(CallSounds.NONE.withHoldMusic(folder.resolve("music.wav")));
        Call call = call("1002");
        call.audio().play(new Tone(440, 0, -12));
        Thread.sleep(2000);
        call.hold();
        say("held");
        Thread.sleep(2000);
        call.resume();
        say("resumed");
        Thread.sleep(2000);
        call.hangup();
        call.awaitEnd();
    }

    /** Records until somebody kills us. */
    private void record(Format format) throws Exception {
        Call call = call("1002");
        call.audio().play(new Tone(440, 0, -12));
        call.onEvent(event -> {
            if (event instanceof CallEvent.Warning warning) {
                say("warning " + warning.failure().sentence());
            }
        });
        call.audio().record(folder.resolve("call." + format.extension()), RecordingConfig.DEFAULT.withFormat(format));
        say("recording");
        Thread.sleep(60_000);
    }
}
