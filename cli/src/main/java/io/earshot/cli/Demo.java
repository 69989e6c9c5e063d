package io.earshot.cli;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallQuality;
import io.earshot.api.CallRecord;
import io.earshot.api.Failure;
import io.earshot.api.MediaEncryption;
import io.earshot.api.Phone;
import io.earshot.api.VoipException;
import io.earshot.api.audio.Recording;
import io.earshot.testkit.server.TestSipServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Two phones and a registrar in one process: a call from registration to record, as a newcomer wants to see it. */
final class Demo {
    private static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final PrintStream out;
    private final Path folder;
    private final MediaEncryption encryption;
    private final BlockingQueue<CallEvent> told = new LinkedBlockingQueue<>();

    Demo(PrintStream out, Path folder, MediaEncryption encryption) {
        this.out = out;
        this.folder = folder;
        this.encryption = encryption;
    }

    /** Runs the demo, and returns 0 when everything went as it should. */
    int run() {
        try (TestSipServer server = TestSipServer.builder().realm("demo").user("alice", "alice-secret").user("bob", "bob-secret").start();
             Phone left = Phone.builder().listen(LOCAL).userAgent("Earshot demo (Alice)").open();
             Phone right = Phone.builder().listen(LOCAL).userAgent("Earshot demo (Bob)").open()) {
            Files.createDirectories(folder);
            String host = server.address().getAddress().getHostAddress() + ":" + server.address().getPort();
            say("registrar", "listening on " + host + " (in this process, realm 'demo', digest authentication)");
            Account alice = register(left, "alice", host);
            Account bob = register(right, "bob", host);
            talk(alice, bob, host);
            return 0;
        } catch (VoipException failed) {
            say("failed", failed.getMessage());
            return 1;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (Exception broken) {
            say("failed", broken.toString());
            return 1;
        }
    }

    private Account register(Phone phone, String user, String host) {
        Account account = phone.register(AccountConfig.of("sip:" + user + "@" + host, user + "-secret")
                .withDisplayName(user.substring(0, 1).toUpperCase(Locale.ROOT) + user.substring(1)).withEncryption(encryption));
        say(user, "registered from " + phone.listeningOn().get(0));
        return account;
    }

    private void talk(Account alice, Account bob, String host) throws Exception {
        CompletableFuture<Call> answered = new CompletableFuture<>();
        bob.onCall(incoming -> {
            say("bob", "rings: " + incoming.caller().displayName() + " <" + incoming.caller().address() + ">");
            answered.complete(incoming.answer());
        });
        say("alice", "calls sip:bob@" + host);
        Call call = alice.dial("bob");
        call.onEvent(event -> {
            print("alice", event);
            told.add(event);
        });
        await(CallEvent.Answered.class);
        Call other = answered.get(10, TimeUnit.SECONDS);
        Recording first = record(call, "alice-hears-left.wav");
        Recording second = record(other, "bob-hears-left.wav");
        speak("alice", call);
        speak("bob", other);
        call.hold();
        await(CallEvent.Held.class);
        call.resume();
        await(CallEvent.Resumed.class);
        CallQuality quality = call.quality();
        say("quality", String.format(Locale.ROOT, "MOS %.2f, loss %.1f %%, discarded %.1f %%, jitter %.1f ms, buffer %d ms,"
                + " %d packets sent, %d received", quality.mos(), quality.lossPercent(), quality.heard().discardPercent(),
                quality.jitter().toNanos() / 1e6, quality.bufferDelay().toMillis(),
                quality.packetsSent(), quality.packetsReceived()));
        call.hangup();
        record(call.awaitEnd());
        first.finished().get(10, TimeUnit.SECONDS);
        second.finished().get(10, TimeUnit.SECONDS);
        say("files", first.file() + ", " + second.file());
    }

    /** Waits until an event was printed, so that what is printed stays in order. */
    private void await(Class<? extends CallEvent> wanted) throws InterruptedException {
        for (CallEvent next = told.take(); !wanted.isInstance(next); next = told.take()) {
            if (next instanceof CallEvent.Ended ended) {
                throw new VoipException(ended.failure().orElse(new Failure.Cancelled("The call ended early.")));
            }
        }
    }

    private Recording record(Call call, String name) throws IOException {
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        return call.audio().record(file);
    }

    private void speak(String who, Call call) throws Exception {
        Path voice = Files.createTempFile("earshot", ".wav");
        try (InputStream in = Demo.class.getResourceAsStream(who + ".wav")) {
            Files.write(voice, in.readAllBytes());
            say(who, "speaks");
            call.audio().play(voice).done().get(60, TimeUnit.SECONDS);
        } finally {
            Files.deleteIfExists(voice);
        }
    }

    private void print(String who, CallEvent event) {
        if (event instanceof CallEvent.Ringing ringing) {
            say(who, "hears it ring (" + ringing.status() + ")");
        } else if (event instanceof CallEvent.Answered) {
            say(who, "is connected");
        } else if (event instanceof CallEvent.MediaChanged media) {
            say(who, "media " + media.codec() + ", " + media.local() + " to " + media.remote()
                    + (media.sending() ? ", sends" : "") + (media.receiving() ? ", receives" : ""));
        } else if (event instanceof CallEvent.EncryptionChanged change && change.encryption().isPresent()) {
            say(who, "media encrypted by " + change.encryption().get().suite() + ", keys by " + change.encryption().get().keys());
        } else if (event instanceof CallEvent.Held) {
            say(who, "holds the call");
        } else if (event instanceof CallEvent.Resumed) {
            say(who, "is back");
        } else if (event instanceof CallEvent.Warning warning) {
            say(who, "warning: " + warning.failure().sentence());
        }
    }

    private void record(CallRecord record) {
        say("record", String.format(Locale.ROOT, "%s, from %s to %s, set-up %d ms, %.1f s, status %d, ended by %s: %s",
                record.callId(), record.local(), record.remote(), record.setup().toMillis(), record.duration().toMillis() / 1000.0,
                record.status(), record.endedBy(), record.reason()));
    }

    private void say(String who, String what) {
        out.println(String.format(Locale.ROOT, "%-10s %s", who, what));
    }
}
