package io.earshot.sdk.internal.media;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.audio.AudioBridge;
import io.earshot.api.audio.AudioPort;
import io.earshot.api.audio.AudioSetup;
import io.earshot.api.audio.Conference;
import io.earshot.api.audio.MediaQueue;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.PcmSource;
import io.earshot.api.audio.Playback;
import io.earshot.api.audio.Recording;
import io.earshot.api.audio.RecordingConfig;
import io.earshot.api.audio.Tone;
import io.earshot.api.id.IdSource;
import io.earshot.dsp.Cadence;
import io.earshot.files.SoundFile;
import io.earshot.rtp.rtcp.NtpTime;
import io.earshot.sdk.internal.loop.EventLoop;
import io.earshot.sdk.internal.loop.HandOver;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bridge as programs see it: hands every change to the media loop, and makes the ports that are not calls. */
public final class MediaRoom implements AudioBridge {
    private static final Logger LOG = LoggerFactory.getLogger(MediaRoom.class);
    private static final int DEFAULT_RATE = 8000;
    private static final Set<Integer> RATES = Set.of(8000, 16_000, 24_000, 32_000, 48_000);

    private final EventLoop loop;
    private final MediaEngine engine;
    private final Executor callbacks;
    private final PortAllocator allocator;
    private final RecordingFormats formats;
    private final IdSource ids;
    private final NtpTime ntp;
    /** Confined to the loop: which handle stands for which port. */
    private final Map<BridgePort, PortHandle> handles = new HashMap<>();
    private final HandOver disk;
    private final DeviceDesk devices;
    private final PortHandle device;
    private final SoundLibrary sounds = new SoundLibrary();
    private final HoldMusic holdMusic = new HoldMusic(this);
    private final List<ConferenceRoom> conferences = new CopyOnWriteArrayList<>();

    /**
     * Makes the room of one engine.
     *
     * @param callbacks where futures of the program complete
     * @param sockets where calls get their ports from
     * @param source which sound system to open
     * @param setup how its devices are used
     * @param formats what recordings can be
     */
    public MediaRoom(EventLoop loop, MediaEngine engine, Executor callbacks, PortAllocator sockets, DeviceSource source,
            AudioSetup setup, RecordingFormats formats) {
        this.formats = requireNonNull(formats, "formats");
        this.loop = requireNonNull(loop, "loop");
        this.engine = requireNonNull(engine, "engine");
        this.callbacks = requireNonNull(callbacks, "callbacks");
        allocator = requireNonNull(sockets, "sockets");
        ids = IdSource.secure();
        ntp = NtpTime.startingAt(InstantSource.system().instant(), loop.now());
        disk = new HandOver("earshot-disk", loop.workers(), loop::isCurrent);
        devices = new DeviceDesk(this, source, setup);
        device = new PortHandle(this, "device", devices.port());
    }

    /** Returns where the loop leaves what the disk is to do. */
    HandOver disk() {
        return disk;
    }

    EventLoop loop() {
        return loop;
    }

    MediaEngine engine() {
        return engine;
    }

    /** Returns what recordings can be. */
    public RecordingFormats formats() {
        return formats;
    }

    PortAllocator allocator() {
        return allocator;
    }

    IdSource ids() {
        return ids;
    }

    NtpTime ntp() {
        return ntp;
    }

    Executor callbacks() {
        return callbacks;
    }

    @Override
    public void connect(AudioPort source, AudioPort sink, double gainDb) {
        PortHandle from = ours(requireNonNull(source, "source"));
        PortHandle to = ours(requireNonNull(sink, "sink"));
        if (!from.isSource()) {
            throw new IllegalArgumentException(from + " is no source of sound: connect it as the sink");
        }
        if (!to.isSink()) {
            throw new IllegalArgumentException(to + " is no sink of sound: connect it as the source");
        }
        gain(gainDb);
        admit(from);
        admit(to);
        loop.execute(() -> engine.bridge().connect(from.port(), to.port(), gainDb));
        devices.look();
    }

    @Override
    public void disconnect(AudioPort source, AudioPort sink) {
        requireNonNull(source, "source");
        requireNonNull(sink, "sink");
        if (source instanceof PortHandle from && sink instanceof PortHandle to) {
            loop.execute(() -> engine.bridge().disconnect(from.port(), to.port()));
        }
    }

    /** Connects one port with everything that another is connected with, but for these ports and each other. */
    void share(PortHandle from, PortHandle to, List<? extends AudioPort> except) {
        loop.execute(() -> {
            List<Runnable> edges = new ArrayList<>();
            engine.bridge().eachEdge((source, sink, gain) -> {
                BridgePort other = source == from.port() ? sink : source;
                boolean ours = source == from.port() || sink == from.port();
                if (!ours || other == to.port() || except.contains(handles.get(other))) {
                    return;
                }
                edges.add(source == from.port() ? () -> engine.bridge().connect(to.port(), other, gain)
                        : () -> engine.bridge().connect(other, to.port(), gain));
            });
            edges.forEach(Runnable::run);
        });
    }

    @Override
    public List<Connection> connections() {
        return loop.submit(() -> {
            List<Connection> edges = new ArrayList<>();
            engine.bridge().eachEdge((from, to, gain) -> edges.add(new Connection(handles.get(from), handles.get(to), gain)));
            return List.copyOf(edges);
        }).join();
    }

    @Override
    public List<AudioPort> ports() {
        return loop.submit(() -> engine.bridge().ports().stream().<AudioPort>map(handles::get).toList()).join();
    }

    @Override
    public AudioPort device() {
        return device;
    }

    @Override
    public AudioPort tone(Tone tone) {
        return add(new PortHandle(this, "tone " + requireNonNull(tone, "tone").hz() + " Hz", new TonePort(tone)));
    }

    @Override
    public Playback file(Path wav, boolean repeat) {
        return add(FilePort.of(this, String.valueOf(requireNonNull(wav, "wav").getFileName()), sounds.get(wav), repeat));
    }

    @Override
    public void preload(Path wav) {
        sounds.get(wav);
    }

    @Override
    public Conference conference(String name) {
        ConferenceRoom made = ConferenceRoom.open(this, name);
        conferences.add(made);
        return made;
    }

    @Override
    public List<Conference> conferences() {
        return List.copyOf(conferences);
    }

    /** Returns a new source of tones and pauses. */
    public AudioPort cadence(String name, Cadence cadence) {
        return add(new PortHandle(this, name, new CadencePort(cadence)));
    }

    /** Returns where calls ring. */
    public AudioPort ringer() {
        return devices.ringer();
    }

    /** Returns what there is to hear and to speak with. */
    public DeviceDesk devices() {
        return devices;
    }

    /** Sets what peers hear while we hold them, for the calls there are and those to come; a file that cannot be read is told at once. */
    public void holdMusic(Optional<Path> wav) {
        Optional<SoundFile> sound = wav.map(sounds::get);
        loop.execute(() -> holdMusic.use(sound));
    }

    /** A call begins or, once its sound is closed, ends. */
    void holdMusic(CallSound call) {
        loop.execute(() -> {
            if (call.isClosed()) {
                holdMusic.remove(call);
            } else {
                holdMusic.add(call);
            }
        });
    }

    void forget(ConferenceRoom closed) {
        conferences.remove(closed);
    }

    /** Checks that a port is one of ours, and makes sure that it is in the bridge: the device is so only when it is used. */
    PortHandle admit(AudioPort port) {
        PortHandle handle = ours(port);
        if (handle == device || handle == devices.ringer()) {
            devices.demand();
            loop.execute(() -> adopt(handle));
            devices.look();
        }
        return handle;
    }

    @Override
    public Recording recorder(Path wav, int sampleRate) {
        requireNonNull(wav, "wav");
        return recorder(wav, RecordingConfig.DEFAULT.withSampleRate(rate(sampleRate)));
    }

    @Override
    public Recording recorder(Path file, RecordingConfig config) {
        return add(Recorder.start(this, requireNonNull(file, "file"), requireNonNull(config, "config"), DEFAULT_RATE, 1,
                failed -> LOG.warn(failed.sentence())));
    }

    @Override
    public PcmSource pcmSource(int sampleRate, int bufferMillis) {
        return add(new PcmPorts.Source(this, rate(sampleRate), buffer(bufferMillis)));
    }

    @Override
    public PcmSink pcmSink(int sampleRate, int bufferMillis) {
        return add(new PcmPorts.Sink(this, rate(sampleRate), buffer(bufferMillis)));
    }

    @Override
    public MediaQueue mediaQueue(int packets) {
        if (packets < 1 || packets > 100_000) {
            throw new IllegalArgumentException("a queue must hold 1 to 100000 packets, not " + packets);
        }
        return new FeedOutlets.Queue(packets);
    }

    /** Puts a port into the bridge. */
    <P extends PortHandle> P add(P handle) {
        loop.execute(() -> adopt(handle));
        return handle;
    }

    /** Takes a port and its edges out of the bridge. One that was closed before the loop came to it ends all the same. */
    void forget(PortHandle handle) {
        loop.execute(() -> {
            if (handles.remove(handle.port()) != null) {
                engine.bridge().remove(handle.port());
            } else {
                handle.port().onRemoved();
            }
        });
    }

    /** Completes a future of the program where its continuations may take their time. */
    <T> void complete(CompletableFuture<T> future, T value) {
        callbacks.execute(() -> future.complete(value));
    }

    /** Closes the sound system. */
    public void close() {
        devices.close();
        loop.execute(disk::close);
    }

    private void adopt(PortHandle handle) {
        if (!handle.isClosed() && handles.putIfAbsent(handle.port(), handle) == null) {
            engine.bridge().add(handle.port());
        }
    }

    /** Returns a port as one of ours that is not closed; errors name it. */
    PortHandle ours(AudioPort port) {
        if (requireNonNull(port, "port") instanceof PortHandle handle && handle.room() == this) {
            if (handle.isClosed()) {
                throw new IllegalArgumentException(port + " is closed: make another");
            }
            return handle;
        }
        throw new IllegalArgumentException(port + " is no port of this phone's bridge: give one that this phone has made");
    }

    static double gain(double gainDb) {
        if (!(gainDb >= -60 && gainDb <= 20)) {
            throw new IllegalArgumentException("gain must be -60 to +20 dB, not " + gainDb);
        }
        return gainDb;
    }

    private static int rate(int sampleRate) {
        if (!RATES.contains(sampleRate)) {
            throw new IllegalArgumentException("sample rate must be 8000, 16000, 24000, 32000 or 48000, not " + sampleRate);
        }
        return sampleRate;
    }

    private static int buffer(int millis) {
        if (millis < 40 || millis > 60_000) {
            throw new IllegalArgumentException("buffer must be 40 to 60000 ms, not " + millis);
        }
        return millis;
    }
}
