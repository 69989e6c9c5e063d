package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.CallQuality;
import io.earshot.api.audio.Conference;
import io.earshot.api.audio.RecordingConfig;
import io.earshot.api.audio.RtpSettings;
import io.earshot.api.audio.Tone;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.id.IdSource;
import io.earshot.files.IfExists;
import io.earshot.files.WavWriter;
import io.earshot.rtp.secure.GuardChange;
import io.earshot.rtp.secure.KeyExchange;
import io.earshot.rtp.secure.KeyExchangeProvider;
import io.earshot.rtp.secure.KeyPolicy;
import io.earshot.rtp.secure.KeyVerdict.Secured;
import io.earshot.sdk.internal.media.path.MediaPath;
import io.earshot.sdk.internal.media.path.Protection;
import io.earshot.sip.sdp.AudioCapabilities;
import io.earshot.sip.sdp.MediaAddress;
import io.earshot.sip.sdp.MediaNegotiation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole media loop of a phone with its selector and its UDP sockets: 1, 10 and 100 calls with RTCP, statistics and keep-alive, and
 * those that are recorded, encrypted, in a conference or hear a file allocate not a byte, and wait for nobody.
 *
 * <p>The one thing that is not in our hands: the JDK's selector looks for the keys of its sockets in a map from numbers, and makes an
 * {@code Integer} of 16 bytes for each descriptor above 127 that it finds ready. {@code -XX:AutoBoxCacheMax}, with which our images and
 * the launcher start, has them made once; where a JVM runs without it, as many are allowed here as packets came.
 */
class LoopAllocationTest {
    /** Turns times calls; each end has reported by then. */
    private static final int CALL_TURNS = 5_000;
    private static final int LEAST_TURNS = 300;
    private static final int MOST_TURNS = 500;
    private static final int WINDOWS = 5;
    private static final int INTEGER_BYTES = 16;
    private static final int HIGH_DESCRIPTOR = 15_000;

    @TempDir
    private Path folder;

    private final RunningLoop loop = new RunningLoop();
    private final List<CallMedia> calls = new ArrayList<>();
    private TestReporter reporter;

    enum Kind { PLAIN, RECORDED, ENCRYPTED, CONFERENCE, FILE }

    @BeforeEach
    void report(TestReporter to) {
        reporter = to;
    }

    @AfterEach
    void close() {
        calls.forEach(each -> each.close().join());
        loop.close();
    }

    private CallMedia call(int number) {
        CallMedia media = new CallMedia(loop.room, "call " + number, RtpSettings.DEFAULT);
        media.onEncryption(new MediaPath.Listener() {
            @Override
            public void changed(Optional<String> suite) {
                // both ends know
            }

            @Override
            public void failed(String reason) {
                throw new AssertionError(reason);
            }
        });
        media.open().join();
        calls.add(media);
        return media;
    }

    private static MediaNegotiation negotiation(CallMedia media, long seed) {
        AudioCodecProvider provider = ServiceLoader.load(AudioCodecProvider.class).findFirst().orElseThrow();
        CodecDescriptor codec = provider.codecs().stream().filter(one -> one.name().equals("PCMU")).findFirst().orElseThrow();
        return MediaNegotiation.start(AudioCapabilities.builder(new MediaAddress(RunningLoop.HOST.getHostAddress(), media.rtpPort()))
            .rtcpPort(media.rtcpPort()).codec(codec, provider).build(), IdSource.seeded(seed));
    }

    private static CallMedia.Agreed under(GuardChange keys) {
        return new CallMedia.Agreed(new Protection.Keys(keys), List.of());
    }

    private void connect(CallMedia here, CallMedia there, Kind kind) {
        MediaNegotiation.Offered offered = negotiation(here, 1).offer();
        MediaNegotiation.Accepted accepted = (MediaNegotiation.Accepted) negotiation(there, 2).answer(offered.offer());
        MediaNegotiation.Agreed agreed = (MediaNegotiation.Agreed) offered.next().complete(accepted.answer());
        CallMedia.Agreed mine = new CallMedia.Agreed(new Protection.None(), List.of());
        CallMedia.Agreed theirs = mine;
        if (kind == Kind.ENCRYPTED) {
            KeyExchangeProvider keys = ServiceLoader.load(KeyExchangeProvider.class).findFirst().orElseThrow();
            KeyPolicy policy = new KeyPolicy(KeyPolicy.Demand.REQUIRED, List.of(), true);
            KeyExchange offerer = keys.sdes(policy, IdSource.seeded(1));
            Secured answered = (Secured) keys.sdes(policy, IdSource.seeded(2)).answer("RTP/SAVP", offerer.offer(true), true);
            theirs = under(answered.change());
            mine = under(((Secured) offerer.accept("RTP/SAVP", List.of(answered.answer().orElseThrow()))).change());
        }
        there.apply(accepted.audio(), false, theirs);
        here.apply(agreed.audio(), false, mine);
    }

    /** Calls with both of their ends, which are two for the loop. */
    private void start(Kind kind, int count) throws IOException {
        Conference conference = loop.room.conference("test");
        Path file = folder.resolve("music.wav");
        if (kind == Kind.FILE) {
            try (WavWriter wav = WavWriter.create(file, 8000, 1, IfExists.FAIL)) {
                wav.write(new short[24_000], 0, 24_000);
            }
        }
        for (int i = 0; i < count; i++) {
            connect(call(2 * i), call(2 * i + 1), kind);
        }
        for (CallMedia each : calls) {
            int number = calls.indexOf(each);
            switch (kind) {
                case CONFERENCE -> conference.add(each.audio().port());
                case FILE -> each.audio().play(file, true);
                default -> loop.room.connect(loop.room.tone(Tone.of(300 + 10 * number)), each.audio().port());
            }
            if (kind == Kind.RECORDED) {
                each.audio().record(folder.resolve(number + ".wav"), RecordingConfig.DEFAULT);
            }
        }
    }

    /** What came of some turns. */
    private record Window(RunningLoop.Seen seen, long packets, long ofTheJdk) {
        boolean isClean() {
            return seen.bytes() <= ofTheJdk && seen.waits() == 0;
        }
    }

    private Window run(int turns) {
        long before = received();
        RunningLoop.Seen seen = loop.run(turns);
        long packets = received() - before;
        boolean kept = Integer.valueOf(HIGH_DESCRIPTOR) == Integer.valueOf(HIGH_DESCRIPTOR);
        return new Window(seen, packets, kept ? 0 : INTEGER_BYTES * packets);
    }

    /** What repeats shows each time; what the JVM itself makes, when it leaves compiled code for once, does not. */
    @ParameterizedTest
    @CsvSource({"PLAIN, 1", "PLAIN, 10", "PLAIN, 100", "RECORDED, 4", "ENCRYPTED, 4", "CONFERENCE, 4", "FILE, 4"})
    void aCallLeavesNoGarbageAndWaitsForNobody(Kind kind, int count) throws IOException {
        start(kind, count);
        int turns = Math.max(LEAST_TURNS, Math.min(MOST_TURNS, CALL_TURNS / count));
        loop.run(turns);
        Window window = run(turns);
        for (int again = 1; again < WINDOWS && !window.isClean(); again++) {
            window = run(turns);
        }
        Window last = window;
        reporter.publishEntry(String.format(Locale.ROOT, "%s, %d calls: %d bytes in %d turns, %d of the JDK's allowed; %d packets; %d "
            + "waits", kind, count, last.seen.bytes(), turns, last.ofTheJdk, last.packets, last.seen.waits()));
        assertTrue(last.packets > 1.8 * turns * count, () -> "of " + 2 * turns * count + " packets came " + last.packets);
        assertEquals(0, last.seen.waits(), "waits for a lock");
        assertTrue(last.seen.bytes() <= last.ofTheJdk, () -> last.seen.bytes() + " bytes in " + turns + " turns, of which "
            + last.ofTheJdk + " may be the selector's");
    }

    private long received() {
        return calls.stream().map(CallMedia::quality).mapToLong(CallQuality::packetsReceived).sum();
    }
}
