package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.earshot.api.Phone;
import io.earshot.api.audio.Recording;
import io.earshot.api.audio.RecordingConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a program asks for and ends again before the media loop, which is late, has come to it. */
@Timeout(30)
class BusyLoopTest {
    private final CountDownLatch late = new CountDownLatch(1);
    @TempDir
    private Path folder;
    private Phone phone;
    private MediaRoom room;

    @BeforeEach
    void open() {
        phone = Phone.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).open();
        room = (MediaRoom) phone.bridge();
    }

    @AfterEach
    void close() {
        late.countDown();
        phone.close();
    }

    /** Keeps the loop from its work until {@link #late} is opened. */
    private void keepBusy() throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        room.loop().execute(() -> {
            reached.countDown();
            try {
                late.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        });
        reached.await();
    }

    @Test
    void aRecordingThatEndsBeforeItBeganIsFinished() throws Exception {
        keepBusy();
        Path wav = folder.resolve("short.wav");
        Recording recording = room.recorder(wav, 8000);
        recording.close();
        late.countDown();
        assertEquals(wav, recording.finished().get(10, TimeUnit.SECONDS));
    }

    @Test
    void aCallThatEndsWhileItsRecordingBeginsEndsThatToo() throws Exception {
        CallSound sound = new CallSound(room, "call", new CallPort());
        keepBusy();
        Path wav = folder.resolve("call.wav");
        CompletableFuture<Recording> begun = new CompletableFuture<>();
        Thread program = new Thread(() -> begun.complete(sound.record(wav, RecordingConfig.DEFAULT)));
        program.start();
        while (program.getState() != Thread.State.WAITING) { // for the loop, which is to say at what rate
            Thread.onSpinWait();
        }
        sound.close();
        late.countDown();
        assertEquals(wav, begun.get(10, TimeUnit.SECONDS).finished().get(10, TimeUnit.SECONDS));
        assertFalse(room.ports().toString().contains("recorder"), () -> room.ports().toString());
    }
}
