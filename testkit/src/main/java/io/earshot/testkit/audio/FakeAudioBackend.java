package io.earshot.testkit.audio;

import static java.util.Objects.requireNonNull;

import io.earshot.api.audio.spi.AudioBackend;
import io.earshot.api.audio.spi.AudioBackendProvider;
import io.earshot.api.time.Ticker;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A sound system of one microphone and one speaker that keep time with a {@link Ticker}: a {@link io.earshot.testkit.ManualTicker} for
 * tests, {@link Ticker#system()} for programs. Callable from any thread.
 *
 * <pre>{@code
 * FakeAudioBackend audio = new FakeAudioBackend(ticker);
 * audio.say(tone);                      // what the microphone hears next; silence when it is over
 * // … run a call with audio.provider() …
 * short[] heard = audio.heard();        // everything that the speaker was given
 * }</pre>
 */
public final class FakeAudioBackend implements AudioBackend {
    /** What {@link #devices()} says of the microphone. */
    public static final AudioDevice MICROPHONE = new AudioDevice("fake-microphone", "Fake microphone", true, false);
    /** What {@link #devices()} says of the speaker. */
    public static final AudioDevice SPEAKER = new AudioDevice("fake-speaker", "Fake speaker", false, true);

    private final Ticker ticker;
    private final Set<AudioDevice> plugged = ConcurrentHashMap.newKeySet();
    private final Map<AudioDevice, FakeLine> open = new ConcurrentHashMap<>();
    private final Queue<short[]> toSay = new ConcurrentLinkedQueue<>();
    private final Queue<short[]> heard = new ConcurrentLinkedQueue<>();

    /** Makes a backend with both devices plugged in. */
    public FakeAudioBackend(Ticker ticker) {
        this.ticker = requireNonNull(ticker);
        plugged.add(MICROPHONE);
        plugged.add(SPEAKER);
    }

    /** Returns a provider that always opens this very backend. */
    public AudioBackendProvider provider() {
        return new Provider(this);
    }

    /** Lets the microphone hear these samples, after those it was given before. At the rate and channels that the line is opened with. */
    public void say(short[] pcm) {
        toSay.add(pcm.clone());
    }

    /** Returns every sample that the speaker was given so far. */
    public short[] heard() {
        List<short[]> pieces = List.copyOf(heard);
        short[] all = new short[pieces.stream().mapToInt(piece -> piece.length).sum()];
        int at = 0;
        for (short[] piece : pieces) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        return all;
    }

    /** Pulls a device out: its line says so from then on. */
    public void unplug(AudioDevice device) {
        plugged.remove(device);
    }

    /** Plugs a device in again. */
    public void plug(AudioDevice device) {
        plugged.add(device);
    }

    boolean isPlugged(AudioDevice device) {
        return plugged.contains(device);
    }

    @Override
    public List<AudioDevice> devices() {
        return List.of(MICROPHONE, SPEAKER).stream().filter(plugged::contains).toList();
    }

    @Override
    public CaptureLine openCapture(AudioDevice device, PcmFormat format) throws IOException {
        FakeCapture line = new FakeCapture(this, clock(format), toSay);
        claim(MICROPHONE, device, line);
        return line;
    }

    @Override
    public PlaybackLine openPlayback(AudioDevice device, PcmFormat format) throws IOException {
        FakePlayback line = new FakePlayback(this, clock(format), heard);
        claim(SPEAKER, device, line);
        return line;
    }

    private SampleClock clock(PcmFormat format) {
        return new SampleClock(ticker, format.sampleRate() * format.channels());
    }

    private void claim(AudioDevice own, AudioDevice asked, FakeLine line) throws IOException {
        if (!asked.equals(own) || !plugged.contains(own)) {
            throw new IOException(asked.name() + " is not there");
        }
        if (open.putIfAbsent(own, line) != null) {
            throw new IOException(own.name() + " is in use");
        }
    }

    void released(FakeLine line) {
        open.values().remove(line);
    }

    @Override
    public void close() {
        open.values().forEach(FakeLine::close);
    }

    private record Provider(FakeAudioBackend backend) implements AudioBackendProvider {
        @Override
        public String name() {
            return "fake";
        }

        @Override
        public int priority() {
            return 1;
        }

        @Override
        public AudioBackend open() {
            return backend;
        }
    }
}
