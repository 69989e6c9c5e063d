package io.earshot.sdk.internal.call;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import io.earshot.api.audio.AudioPort;
import io.earshot.api.audio.CallSounds;
import io.earshot.api.audio.CallSounds.Beep;
import io.earshot.api.audio.CallSounds.Ending;
import io.earshot.api.audio.CallSounds.WhileTalking;
import io.earshot.dsp.Cadence;
import io.earshot.dsp.ToneSegment;
import io.earshot.dsp.progress.ProgressTone;
import io.earshot.dsp.progress.TonePlan;
import io.earshot.sdk.internal.loop.Published;
import io.earshot.sdk.internal.loop.SerialExecutor;
import io.earshot.sdk.internal.media.MediaRoom;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rings, and plays ring-back, call-waiting, busy and other tones to the local user, as the calls ask for. */
final class CallTones {
    private static final Logger LOG = LoggerFactory.getLogger(CallTones.class);
    private static final Duration FAILURE_TONE = Duration.ofSeconds(3);
    private static final Duration BEEP = Duration.ofMillis(400);
    private static final Cadence CONNECTED = Cadence.once(ToneSegment.sine(1000, -18, 150));
    /** A third up and down, a second on, two seconds off. */
    private static final Cadence RING = warble();

    private final EngineContext context;
    private final MediaRoom room;
    private final Published<CallSounds> wanted = new Published<>(CallSounds.NONE);
    /** Opening a sound device takes its time, and the order of on and off matters. */
    private final SerialExecutor hands;

    // Confined to the signalling loop.
    private final Map<Call, Progress> calls = new LinkedHashMap<>();
    private Tune tune = Tune.SILENCE;

    // Confined to the tasks of the executor.
    private Optional<AudioPort> sounding = Optional.empty();

    /** What goes on until something changes. */
    private enum Tune { SILENCE, RING, WAITING, RINGBACK }

    /** How far a call is. */
    private enum Progress { DIALLED, RINGING, RINGING_WITH_SOUND, INCOMING, TALKING }

    CallTones(EngineContext context) {
        this.context = context;
        this.room = context.room();
        this.hands = new SerialExecutor(context.loop().workers());
    }

    private static Cadence warble() {
        ToneSegment[] segments = new ToneSegment[21];
        for (int i = 0; i < 20; i++) {
            segments[i] = ToneSegment.sine(i % 2 == 0 ? 880 : 1109, -15, 50);
        }
        segments[20] = ToneSegment.silence(2000);
        return Cadence.repeating(segments);
    }

    CallSounds wanted() {
        return wanted.get();
    }

    /** Puts sounds into force; called by the program's threads. */
    void wanted(CallSounds sounds) {
        plan(requireNonNull(sounds, "sounds").country());
        sounds.ringtone().ifPresent(room::preload);
        room.holdMusic(sounds.holdMusic());
        wanted.set(sounds);
        context.loop().execute(this::retune);
    }

    /** Something happened to a call; on the signalling loop. */
    void on(Call call, CallEvent event) {
        if (event instanceof CallEvent.Started started) {
            calls.put(call, started.direction() == Call.Direction.INCOMING ? Progress.INCOMING : Progress.DIALLED);
        } else if (event instanceof CallEvent.Ringing ringing && calls.containsKey(call)) {
            boolean sound = ringing.earlyMedia() || calls.get(call) == Progress.RINGING_WITH_SOUND;
            calls.put(call, sound ? Progress.RINGING_WITH_SOUND : rings(ringing.status()) ? Progress.RINGING : calls.get(call));
        } else if (event instanceof CallEvent.Answered) {
            calls.put(call, Progress.TALKING);
            beep(call.direction());
        } else if (event instanceof CallEvent.Ended ended) {
            Progress last = calls.remove(call);
            if (calls.isEmpty()) {
                ending(call, ended, last).ifPresent(tone -> once(cadence(tone), FAILURE_TONE));
            }
        } else {
            return;
        }
        retune();
    }

    private boolean rings(int status) {
        return status == 180 || status == 183 && wanted.get().ringOnProgress();
    }

    private Optional<ProgressTone> ending(Call call, CallEvent.Ended ended, Progress last) {
        Ending when = wanted.get().ending();
        if (last == Progress.TALKING) {
            boolean told = when == Ending.EVERY_CALL && ended.by() != CallEvent.Side.LOCAL;
            return told ? Optional.of(ProgressTone.CONGESTION) : Optional.empty();
        }
        boolean wanted = when != Ending.NEVER && (when != Ending.FAILURE_IN_SILENCE || last != Progress.RINGING_WITH_SOUND);
        return wanted && call.direction() == Call.Direction.OUTGOING ? ended.failure().flatMap(CallTones::tone) : Optional.empty();
    }

    private static Optional<ProgressTone> tone(Failure failure) {
        boolean ours = failure instanceof Failure.Cancelled || failure instanceof Failure.TimedOut || failure instanceof Failure.BadArgument
                || failure instanceof Failure.Forbidden;
        boolean busy = failure instanceof Failure.Busy || failure instanceof Failure.Declined;
        return ours ? Optional.empty() : Optional.of(busy ? ProgressTone.BUSY : ProgressTone.CONGESTION);
    }

    private void retune() {
        Tune next = tune();
        if (next != tune) {
            tune = next;
            hands.execute(() -> play(next));
        }
    }

    private Tune tune() {
        CallSounds sounds = wanted.get();
        boolean talking = calls.containsValue(Progress.TALKING);
        if (calls.containsValue(Progress.INCOMING) && talking && sounds.whileTalking() != WhileTalking.NOTHING) {
            return sounds.whileTalking() == WhileTalking.BEEP ? Tune.WAITING : Tune.RING;
        }
        if (calls.containsValue(Progress.INCOMING) && !talking && sounds.ring()) {
            return Tune.RING;
        }
        boolean silent = calls.containsValue(Progress.RINGING);
        return sounds.ringback() && (silent || sounds.ringOverMedia() && calls.containsValue(Progress.RINGING_WITH_SOUND))
                ? Tune.RINGBACK : Tune.SILENCE;
    }

    private void beep(Call.Direction direction) {
        Beep which = wanted.get().connected();
        if (which == Beep.ALWAYS || which == (direction == Call.Direction.INCOMING ? Beep.INCOMING : Beep.OUTGOING)) {
            once(CONNECTED, BEEP);
        }
    }

    /** Returns the tones of a country that a user named. */
    static TonePlan plan(String country) {
        return TonePlan.find(country).orElseThrow(() -> Addresses.bad("There are no tones of the country '" + country + "'; there are "
                + String.join(", ", TonePlan.countries()) + "."));
    }

    private Cadence cadence(ProgressTone tone) {
        return TonePlan.of(wanted.get().country()).cadence(tone);
    }

    private void once(Cadence cadence, Duration length) {
        hands.execute(() -> open("tone", cadence).ifPresent(port -> context.loop().schedule(length.toNanos(), port::close)));
    }

    private void play(Tune next) {
        sounding.ifPresent(AudioPort::close);
        sounding = switch (next) {
            case SILENCE -> Optional.empty();
            case RING -> ring();
            case WAITING -> open("call waiting", cadence(ProgressTone.CALL_WAITING));
            case RINGBACK -> open("ring-back", cadence(ProgressTone.RINGBACK));
        };
    }

    private Optional<AudioPort> ring() {
        Optional<Path> file = wanted.get().ringtone();
        try {
            AudioPort source = file.isPresent() ? room.file(file.get(), true) : room.cadence("ring", RING);
            return connect(source, room.ringer());
        } catch (VoipException gone) {
            LOG.warn("The ring tone cannot be played, the built-in one is: {}", gone.getMessage());
            return connect(room.cadence("ring", RING), room.ringer());
        }
    }

    private Optional<AudioPort> open(String name, Cadence cadence) {
        return connect(room.cadence(name, cadence), room.device());
    }

    /** A telephone without a loudspeaker is a normal one. */
    private Optional<AudioPort> connect(AudioPort source, AudioPort sink) {
        try {
            room.connect(source, sink);
            return Optional.of(source);
        } catch (VoipException deaf) {
            source.close();
            LOG.info("Nobody hears {}: {}", source, deaf.getMessage());
            return Optional.empty();
        }
    }
}
