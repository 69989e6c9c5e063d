package io.earshot.sdk.internal.media;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.audio.AudioDevices;
import io.earshot.api.audio.AudioPort;
import io.earshot.api.audio.AudioSetup;
import io.earshot.api.audio.DeviceChoice;
import io.earshot.api.audio.VoiceProcessing;
import io.earshot.api.audio.VoiceReport;
import io.earshot.api.audio.spi.AudioBackend;
import io.earshot.api.audio.spi.AudioBackend.AudioDevice;
import io.earshot.api.audio.spi.VoiceProcessor;
import io.earshot.api.time.Ticker;
import io.earshot.dsp.voice.SoftwareVoiceProcessor;
import io.earshot.sdk.internal.loop.EventLoop;
import io.earshot.sdk.internal.loop.Lazy;
import io.earshot.sdk.internal.loop.Published;
import io.earshot.sdk.internal.loop.SerialExecutor;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * The sound devices of a phone. The media loop says once a second what is connected; a worker looks at what is plugged in and opens and
 * closes lines, for both may block; the loop reads and writes what is open.
 */
public final class DeviceDesk implements AudioDevices {
    static final long LOOK = Ticker.SECOND;

    private final EventLoop loop;
    private final AudioSetup setup;
    private final Lazy<AudioBackend> backend;
    private final SerialExecutor order;
    private final LineKeeper keeper;
    private final Map<Role, Published<DeviceChoice>> choices = new EnumMap<>(Role.class);
    private final Map<Role, Published<Integer>> volumes = new EnumMap<>(Role.class);
    private final DevicePort port = new DevicePort(this);
    private final RingerPort ringerPort = new RingerPort(this);
    private final Published<VoiceProcessing> processing = new Published<>(VoiceProcessing.NONE);
    private final Published<VoiceMaker> makers = new Published<>(SoftwareVoiceProcessor::new);
    private final AtomicBoolean prepared = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final MediaRoom room;
    private final PortHandle ringer;

    // Confined to the media loop.
    private boolean looking;

    DeviceDesk(MediaRoom room, DeviceSource source, AudioSetup setup) {
        this.room = room;
        this.loop = room.loop();
        this.setup = requireNonNull(setup, "setup");
        backend = new Lazy<>(() -> source.provider().open(setup.style()));
        order = new SerialExecutor(loop.workers());
        keeper = new LineKeeper(setup);
        for (Role role : Role.values()) {
            volumes.put(role, new Published<>(DeviceVolume.UNCHANGED));
        }
        choices.put(Role.MICROPHONE, new Published<>(setup.microphone()));
        choices.put(Role.SPEAKER, new Published<>(setup.speaker()));
        choices.put(Role.RINGER, new Published<>(setup.ringer()));
        choices.forEach((role, choice) -> keeper.choose(role, choice.get()));
        ringer = new PortHandle(room, "ringer", ringerPort);
    }

    DevicePort port() {
        return port;
    }

    // ---- from any thread

    @Override
    public List<String> names(Role role) {
        Predicate<AudioDevice> can = LineKeeper.can(requireNonNull(role, "role"));
        return backend.get().devices().stream().filter(can).map(AudioDevice::name).toList();
    }

    @Override
    public DeviceChoice choice(Role role) {
        return choices.get(requireNonNull(role, "role")).get();
    }

    @Override
    public void choose(Role role, DeviceChoice choice, boolean now) {
        choices.get(requireNonNull(role, "role")).set(requireNonNull(choice, "choice"));
        order.execute(() -> {
            if (now || keeper.lines(role).isEmpty()) {
                keeper.choose(role, choice);
            } else {
                keeper.chooseNext(role, choice);
            }
        });
        look();
    }

    @Override
    public List<String> inUse(Role role) {
        return lines(requireNonNull(role, "role")).devices().stream().map(AudioDevice::name).toList();
    }

    @Override
    public int volume(Role role) {
        return volumes.get(requireNonNull(role, "role")).get();
    }

    @Override
    public void volume(Role role, int percent) {
        volumes.get(requireNonNull(role, "role")).set(DeviceVolume.checked(percent));
    }

    @Override
    public AudioPort ringer() {
        return ringer;
    }

    @Override
    public VoiceProcessing processing() {
        return processing.get();
    }

    @Override
    public void processing(VoiceProcessing settings) {
        processing.set(requireNonNull(settings, "settings"));
        if (prepared.get()) {
            use(settings);
        }
    }

    /** Sets who makes voice processors, and what is wanted of them. */
    public void processing(VoiceMaker maker, VoiceProcessing settings) {
        makers.set(maker);
        processing.set(settings);
    }

    /** Made on the thread that asks: it takes longer than a turn. */
    private void use(VoiceProcessing settings) {
        VoiceProcessor made = makers.get().open(DevicePort.RATE, settings);
        loop.execute(() -> port.voice().use(Optional.of(made)));
    }

    /** Makes voice processors. */
    @FunctionalInterface
    public interface VoiceMaker {
        /** Returns one that the caller closes. */
        VoiceProcessor open(int sampleRate, VoiceProcessing settings);
    }

    @Override
    public VoiceReport voice(Role role) {
        requireNonNull(role, "role");
        return loop.submit(() -> port.report(role)).join();
    }

    /** Something was connected with the device or the ringer, or disconnected. */
    void look() {
        if (!closed.get()) {
            loop.execute(this::lookNow);
        }
    }

    /**
     * Finds the sound system, so that a program that asks for one that is not there is told at once.
     *
     * @throws io.earshot.api.VoipException when it is not there
     */
    void demand() {
        backend.get();
        if (prepared.compareAndSet(false, true)) {
            use(processing.get());
        }
    }

    void close() {
        if (closed.compareAndSet(false, true)) {
            order.execute(() -> {
                keeper.close();
                backend.ifPresent(AudioBackend::close);
            });
            loop.execute(() -> port.voice().use(Optional.empty()));
        }
    }

    // ---- on the media loop

    OpenLines lines(Role role) {
        return keeper.lines(role);
    }

    void mixRing(short[] frame, int samples) {
        ringerPort.mixInto(frame, samples);
    }

    boolean ringsOnSpeaker() {
        return keeper.ringsOnSpeaker();
    }

    private void lookNow() {
        if (closed.get()) {
            return;
        }
        boolean[] used = new boolean[3];
        room.engine().bridge().eachEdge((from, to, gain) -> {
            used[Role.MICROPHONE.ordinal()] |= from == port;
            used[Role.SPEAKER.ordinal()] |= to == port;
            used[Role.RINGER.ordinal()] |= to == ringerPort;
        });
        if (room.engine().bridge().isSeated(port)) {
            used[Role.MICROPHONE.ordinal()] = true;
            used[Role.SPEAKER.ordinal()] = true;
        }
        boolean any = used[0] || used[1] || used[2];
        if (any || backend.peek() != null) {
            order.execute(() -> {
                if (!closed.get()) {
                    keeper.keep(backend.get(), used);
                }
            });
        }
        if (!looking && any) {
            looking = true;
            loop.schedule(LOOK, () -> {
                looking = false;
                lookNow();
            });
        }
    }
}
