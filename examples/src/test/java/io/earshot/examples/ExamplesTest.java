package io.earshot.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.Phone;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.Playback;
import io.earshot.testkit.server.TestSipServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples run, stay short, and stand in the README as they are. */
@Timeout(60)
class ExamplesTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "earshot", "examples");
    private static final Path README = Path.of("..", "README.md");

    @TempDir
    private Path folder;
    private TestSipServer server;
    private Phone peer;
    private Account bob;

    @BeforeEach
    void open() {
        server = TestSipServer.builder().user("alice", "secret").user("bob", "secret").start();
        peer = Phone.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).open();
        bob = peer.register(AccountConfig.of(server.uri("bob"), "secret"));
    }

    @AfterEach
    void close() {
        peer.close();
        server.close();
    }

    /** Writes a second of a 500 Hz square wave. */
    private Path wav() throws IOException {
        int samples = 8000;
        ByteBuffer out = ByteBuffer.allocate(44 + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 2 * samples).put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII));
        out.putInt(16).putShort((short) 1).putShort((short) 1).putInt(8000).putInt(16_000).putShort((short) 2).putShort((short) 16);
        out.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(2 * samples);
        for (int i = 0; i < samples; i++) {
            out.putShort((short) (i % 16 < 8 ? 6000 : -6000));
        }
        return Files.write(folder.resolve("voice.wav"), out.array());
    }

    /** Waits until the peer hears something loud. */
    private static void awaitSound(Call call) throws InterruptedException {
        PcmSink ear = call.audio().output(8000);
        short[] frame = new short[160];
        for (int loud = 0; loud < 800; ) {
            int got = ear.read(frame, 0, frame.length);
            assertTrue(got > 0, "the call ended in silence");
            for (int i = 0; i < got; i++) {
                loud += Math.abs(frame[i]) > 2000 ? 1 : 0;
            }
        }
    }

    @Test
    void placeCallPlaysItsFileAndHangsUp() throws Exception {
        CompletableFuture<Call> taken = new CompletableFuture<>();
        bob.onCall(incoming -> taken.complete(incoming.answer()));
        String wav = wav().toString();
        CompletableFuture<Void> program = CompletableFuture.runAsync(
                () -> PlaceCall.main(new String[] {server.uri("alice"), "secret", "bob", wav}));
        awaitSound(taken.get(10, TimeUnit.SECONDS));
        program.get(20, TimeUnit.SECONDS);
        assertEquals(io.earshot.api.CallEvent.Side.REMOTE, taken.get().awaitEnd().endedBy());
        assertEquals(List.of(), server.bindings("alice"));
    }

    /** Calls alice once she has registered. */
    private Call callAlice() {
        while (server.bindings("alice").isEmpty()) {
            Thread.onSpinWait();
        }
        return bob.dial("alice").awaitAnswer();
    }

    @Test
    void answerAndRecordLeavesAFile() throws Exception {
        CompletableFuture<Void> program = CompletableFuture.runAsync(
                () -> AnswerAndRecord.main(new String[] {server.uri("alice"), "secret", folder.toString(), "1"}));
        Call call = callAlice();
        awaitSound(call);
        call.hangup();
        program.get(20, TimeUnit.SECONDS);
        assertTrue(Files.size(folder.resolve("call-1.wav")) > 1000);
    }

    @Test
    void echoBotSaysBackWhatItHears() throws Exception {
        CompletableFuture<Void> program = CompletableFuture.runAsync(() -> {
            try {
                EchoBot.main(new String[] {server.uri("alice"), "secret", "1"});
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
        });
        Call call = callAlice();
        Playback voice = call.audio().play(wav());
        awaitSound(call);
        voice.close();
        call.hangup();
        program.get(20, TimeUnit.SECONDS);
    }

    @Test
    void noExampleIsLongerThanEightyLines() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                assertTrue(Files.readAllLines(file).size() <= 80, file::toString);
            }
        }
    }

    @Test
    void theReadmeShowsPlaceCallAsItIs() throws IOException {
        String source = Files.readString(SOURCES.resolve("PlaceCall.java"));
        String begin = "<!-- example:PlaceCall -->";
        String readme = Files.readString(README);
        int start = readme.indexOf(begin);
        assertTrue(start >= 0, () -> README + " has no " + begin);
        String block = readme.substring(start + begin.length(), readme.indexOf("<!-- /example -->", start)).strip();
        String shown = source.replaceAll("(?m)^(package|/\\*\\*) ?.*\\R", "").strip();
        assertEquals("```java\n" + shown + "\n```", block);
        assertEquals(15, shown.lines().count());
    }
}
