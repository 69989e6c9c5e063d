package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Call;
import io.earshot.api.Phone;
import io.earshot.api.audio.EncodedSource;
import io.earshot.api.audio.MediaFeed;
import io.earshot.api.audio.MediaFeed.Form;
import io.earshot.api.audio.MediaFeed.Header;
import io.earshot.api.audio.MediaFeed.Side;
import io.earshot.api.audio.MediaQueue;
import io.earshot.api.audio.PcmFrame;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.PcmSource;
import io.earshot.api.audio.Playback;
import io.earshot.api.audio.Tone;
import io.earshot.dsp.ToneAnalyzer;
import java.io.ByteArrayInputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sound in and out of programs: marks, frames with times, streams, packets, feeds. */
@Timeout(30)
class ProgramAudioTest {
    private static short[] sine(double hz, int samples) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) (8000 * Math.sin(2 * Math.PI * hz * i / 8000));
        }
        return pcm;
    }

    private static short[] read(PcmSink from, int samples) throws InterruptedException {
        short[] out = new short[samples];
        for (int got = 0; got < samples; ) {
            int count = from.read(out, got, samples - got);
            assertTrue(count > 0, "the port was closed");
            got += count;
        }
        return out;
    }

    private static void assertPitch(PcmSink ear, double hz) throws InterruptedException {
        double heard = 0;
        for (int round = 0; round < 20 && Math.abs(heard - hz) > 15; round++) {
            heard = ToneAnalyzer.dominantHz(read(ear, 1200), 0, 1200, 8000);
        }
        assertEquals(hz, heard, 15);
    }

    @Test
    void aBotKnowsWhatWasReallyPlayedWhenItIsInterrupted() throws Exception {
        try (Phone phone = Rig.builder().open()) {
            PcmSource mouth = phone.bridge().pcmSource(8000, 10_000);
            PcmSink clock = phone.bridge().pcmSink(8000, 10_000);
            phone.bridge().connect(mouth, clock);
            assertTrue(mouth.mark().get(5, TimeUnit.SECONDS), "nothing written is nothing to wait for");
            mouth.write(sine(500, 1600), 0, 1600);
            CompletableFuture<Boolean> first = mouth.mark();
            mouth.write(sine(500, 40_000), 0, 40_000);
            CompletableFuture<Boolean> second = mouth.mark();
            assertTrue(first.get(5, TimeUnit.SECONDS));
            int cleared = mouth.clear();
            assertFalse(second.get(5, TimeUnit.SECONDS));
            assertEquals(41_600, mouth.played() + cleared);
            assertTrue(mouth.played() >= 1600 && mouth.played() < 20_000, mouth.played() + " played");
            mouth.write(new short[8000], 0, 8000);
            CompletableFuture<Boolean> third = mouth.mark();
            mouth.close();
            assertFalse(third.get(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void framesComeAsTheyAreAskedForWithTheirTime() throws Exception {
        try (Phone phone = Rig.builder().open()) {
            PcmSink ear = phone.bridge().pcmSink(16_000, 200);
            phone.bridge().connect(phone.bridge().tone(Tone.of(1000)), ear);
            BlockingQueue<Object> got = new LinkedBlockingQueue<>();
            CompletableFuture<Flow.Subscription> handle = new CompletableFuture<>();
            ear.frames(30).subscribe(new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    handle.complete(subscription);
                }

                @Override
                public void onNext(PcmFrame frame) {
                    got.add(frame);
                }

                @Override
                public void onError(Throwable defect) {
                    got.add(defect);
                }

                @Override
                public void onComplete() {
                    got.add("end");
                }
            });
            Flow.Subscription subscription = handle.get(5, TimeUnit.SECONDS);
            subscription.request(3);
            long position = -1;
            for (int i = 0; i < 3; i++) {
                PcmFrame frame = (PcmFrame) Rig.take(got);
                assertEquals(480, frame.samples().length);
                assertTrue(position < 0 || frame.position() == position + 480, frame.position() + " after " + position);
                position = frame.position();
                assertEquals(position * 62_500, frame.nanos());
            }
            // Nothing is asked for: the buffer of 200 ms runs over, and the next frame tells by its position.
            PcmSink clock = phone.bridge().pcmSink(8000, 2000);
            read(clock, 4000);
            assertTrue(got.isEmpty());
            subscription.request(1);
            PcmFrame late = (PcmFrame) Rig.take(got);
            assertTrue(late.position() > position + 480, "some were dropped");
            assertTrue(ear.dropped() > 0 && ear.position() > late.position());
            ear.close();
            subscription.request(100);
            Object last = Rig.take(got);
            while (last instanceof PcmFrame) {
                last = Rig.take(got);
            }
            assertEquals("end", last);
            assertThrows(IllegalArgumentException.class, () -> clock.frames(15));
        }
    }

    @Test
    void streamsAndPacketsPlayToThePeer() throws Exception {
        try (Rig rig = Rig.start()) {
            Rig.Talk talk = Rig.talk(rig.registered("alice"), rig.registered("bob"));
            Call call = talk.caller();
            PcmSink ear = talk.callee().audio().output(8000);
            ByteBuffer raw = ByteBuffer.allocate(2 * 8000).order(ByteOrder.LITTLE_ENDIAN);
            for (short sample : sine(700, 8000)) {
                raw.putShort(sample);
            }
            Playback playback = call.audio().play(new ByteArrayInputStream(raw.array()), 8000);
            assertPitch(ear, 700);
            assertTrue(playback.done().get(10, TimeUnit.SECONDS));
            EncodedSource packets = call.audio().encodedInput("PCMU", true);
            byte[] rtp = new byte[12 + 160];
            rtp[0] = (byte) 0x80;
            for (int packet = 0; packet < 40; packet++) {
                for (int i = 0; i < 160; i++) {
                    // A square wave of 500 Hz: eight samples up, eight down.
                    rtp[12 + i] = (byte) (i / 8 % 2 == 0 ? 0x90 : 0x10);
                }
                assertTrue(packets.write(rtp, 0, rtp.length));
            }
            assertPitch(ear, 500);
            assertFalse(packets.write(new byte[3], 0, 3), "no RTP");
            packets.clear();
            packets.close();
            assertThrows(IllegalStateException.class, () -> packets.write(rtp, 0, rtp.length));
            assertEquals("no codec provider for speex on the module path; add io.earshot:codec-speex",
                    Rig.failure(() -> call.audio().encodedInput("speex", false)).sentence());
        }
    }

    @Test
    void aCopyOfTheSoundGoesToAnotherProgramByUdp() throws Exception {
        try (Rig rig = Rig.start(); DatagramSocket program = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            program.setSoTimeout(5000);
            Rig.Talk talk = Rig.talk(rig.registered("alice"), rig.registered("bob"));
            talk.callee().audio().play(Tone.of(900));
            InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), program.getLocalPort());
            assertPitch(talk.caller().audio().output(8000), 900);
            AutoCloseable feed = talk.caller().audio().feed(MediaFeed.PCM.withForm(Form.PCM_16000)
                    .withHeader(Header.LINE_AND_VOICE_BYTES, 7, "").withMarks(true), Side.INCOMING, to);
            assertArrayEquals(new byte[] {7, 0, 'B', 'O', 'F'}, receive(program));
            byte[] packet = new byte[0];
            short[] pcm = new short[5 * 320];
            for (int i = 0; i < 10; i++) {
                packet = receive(program);
                assertEquals(2 + 640, packet.length);
                ByteBuffer.wrap(packet, 2, 640).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(pcm, i % 5 * 320, 320);
            }
            assertArrayEquals(new byte[] {7, 2}, Arrays.copyOf(packet, 2));
            assertEquals(900, ToneAnalyzer.dominantHz(pcm, 0, pcm.length, 16_000), 20);
            feed.close();
            for (int i = 0; i < 100 && packet.length != 5; i++) {
                packet = receive(program);
            }
            assertArrayEquals(new byte[] {7, 0, 'E', 'O', 'F'}, packet);
        }
    }

    private static byte[] receive(DatagramSocket socket) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    @Test
    void packetsOfBothSidesWaitInAQueueThatIsEmptiedWhenItIsFull() throws Exception {
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            Rig.Talk talk = Rig.talk(phone.register(rig.config("alice")), rig.registered("bob"));
            MediaQueue queue = phone.bridge().mediaQueue(20);
            talk.caller().audio().feed(MediaFeed.PCM.withForm(Form.RTP).withHeader(Header.LINE_AND_CALL_ID_TEXT, 3, "abc"),
                    Side.INCOMING, queue);
            AutoCloseable sent = talk.caller().audio().feed(MediaFeed.PCM.withForm(Form.PAYLOAD), Side.OUTGOING, queue);
            boolean came = false;
            boolean went = false;
            for (int i = 0; i < 20; i++) {
                MediaQueue.MediaPacket packet = queue.poll(Duration.ofSeconds(5)).orElseThrow();
                if (packet.side() == Side.INCOMING) {
                    came = true;
                    assertEquals("3,abc,", new String(packet.bytes(), 0, 6, StandardCharsets.US_ASCII));
                    assertEquals((byte) 0x80, packet.bytes()[6]);
                    assertEquals(6 + 12 + 160, packet.bytes().length);
                } else {
                    went = true;
                    assertEquals(160, packet.bytes().length);
                }
            }
            assertTrue(came && went);
            PcmSink clock = phone.bridge().pcmSink(8000, 2000);
            read(clock, 8000);
            assertTrue(queue.dropped() >= 20 && queue.dropped() % 20 == 0, queue.dropped() + " dropped");
            sent.close();
            queue.close();
            assertTrue(queue.poll(Duration.ofSeconds(5)).isEmpty());
            assertThrows(IllegalArgumentException.class, () -> phone.bridge().mediaQueue(0));
        }
    }
}
