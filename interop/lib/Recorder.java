import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.Phone;
import io.earshot.api.PhoneBuilder;
import io.earshot.api.audio.Recording;
import io.earshot.api.audio.RecordingEvent;
import io.earshot.api.audio.RecordingPolicy;
import io.earshot.api.audio.RecordingPolicy.Retry;
import io.earshot.api.audio.Tone;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Recordings that go to servers or meet a full disk, and sound devices: a program of the modern API, run from its source.
 *
 *     java -cp earshot-all.jar Recorder.java WHAT SERVER PORT FOLDER [TARGET]
 *
 * WHAT is upload, resume, full or device. Prints a line for each step.
 */
public final class Recorder {
    private static final CountDownLatch UPLOADED = new CountDownLatch(1);

    private Recorder() {
    }

    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[2]);
        Path folder = Path.of(args[3]);
        PhoneBuilder builder = Phone.builder().listen(new InetSocketAddress("127.0.0.1", port)).rtpPorts(port + 40, port + 59);
        switch (args[0]) {
            case "upload", "resume" -> builder.dataFolder(folder.resolve("data"));
            case "device" -> builder.audio("javasound");
            default -> { }
        }
        try (Phone phone = builder.open()) {
            phone.recordings().onEvent(Recorder::heard);
            switch (args[0]) {
                case "upload" -> upload(phone, args[1], folder, URI.create(args[4]));
                case "resume" -> say(UPLOADED.await(20, TimeUnit.SECONDS) ? "nothing waits: " + phone.recordings().waiting()
                        : "waited in vain");
                case "full" -> full(phone, args[1], Path.of(args[4]));
                default -> device(phone, args[1]);
            }
        }
    }

    private static void say(String text) {
        System.out.println(text);
        System.out.flush();
    }

    private static void heard(RecordingEvent event) {
        if (event instanceof RecordingEvent.UploadFailed failed) {
            say("refused, again " + failed.again() + ": " + failed.failure().sentence());
        } else {
            say(event.getClass().getSimpleName() + " " + event.file().getFileName());
        }
        if (event instanceof RecordingEvent.Uploaded) {
            UPLOADED.countDown();
        }
    }

    private static Call call(Phone phone, String server) {
        Account account = phone.register(AccountConfig.of("sip:1001@" + server, "secret-1001"));
        Call call = account.dial("1002").awaitAnswer();
        call.onEvent(event -> {
            if (event instanceof CallEvent.Warning warning) {
                say("warning " + warning.failure().sentence());
            }
        });
        say("answered");
        return call;
    }

    /** A call of two seconds is recorded by rule, and goes to the server until it takes it. */
    private static void upload(Phone phone, String server, Path folder, URI target) throws Exception {
        phone.recordings().policy(RecordingPolicy.into(folder.resolve("calls")).withAutomatic(true)
                .withUpload(target, Retry.UNTIL_DONE, true));
        Call call = call(phone, server);
        call.audio().play(new Tone(440, 0, -12));
        Thread.sleep(2000);
        call.hangup();
        call.awaitEnd();
        say(UPLOADED.await(60, TimeUnit.SECONDS) ? "nothing waits: " + phone.recordings().waiting() : "waited in vain");
    }

    /** Records onto a disk that is full, until it is not. */
    private static void full(Phone phone, String server, Path file) throws Exception {
        Call call = call(phone, server);
        call.audio().play(new Tone(440, 0, -12));
        Recording recording = call.audio().record(file);
        say("recording");
        Thread.sleep(11_000);
        say("call " + call.state());
        recording.close();
        recording.finished().get(5, TimeUnit.SECONDS);
        say("recorded");
        call.hangup();
        call.awaitEnd();
    }

    /** Speaks and listens by the machine's devices for a while. */
    private static void device(Phone phone, String server) throws Exception {
        Call call = call(phone, server);
        call.audio().connect(phone.bridge().device());
        say("connected");
        Thread.sleep(16_000);
        say("call " + call.state());
        call.hangup();
        call.awaitEnd();
    }
}
