package io.earshot.sdk.internal.media;

import io.earshot.api.DtmfMethod;
import io.earshot.api.audio.AudioPort;
import io.earshot.api.audio.Tone;
import io.earshot.dsp.dtmf.DtmfDetector;
import io.earshot.dsp.dtmf.DtmfGenerator;
import io.earshot.dsp.dtmf.DtmfLevels;
import io.earshot.rtp.dtmf.ReceivedEvent;
import io.earshot.rtp.dtmf.TelephoneEventReceiver;
import io.earshot.rtp.dtmf.TelephoneEventSender;
import io.earshot.rtp.dtmf.TelephoneEventTiming;
import io.earshot.rtp.packet.RtpPacket;
import io.earshot.rtp.session.RtpSender;
import io.earshot.sdk.internal.loop.Published;
import io.earshot.sip.sdp.NegotiatedAudio.TelephoneEvent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The keys in the sound of a call. Sending: telephone events instead of audio packets, or tones instead of what the peer would hear.
 * Receiving: telephone events where they were agreed on, and tones where they were not. Stages of {@link MediaStream}, confined to the
 * media loop but for {@link #press}, {@link #onKey} and {@link #hear}.
 */
public final class CallKeys {
    private static final int PACKET_MILLIS = 20;
    private static final int VOLUME = 10;
    private static final int LEAST_GAP = 40;
    private static final int LONGEST = 8000;
    private static final String GRID = "123A456B789C*0#D";
    private static final double[] LOW = {697, 770, 852, 941};
    private static final double[] HIGH = {1209, 1336, 1477, 1633};

    private final MediaRoom room;
    private final Published<Listener> listener = new Published<>((key, duration, method) -> { });

    // Confined to the media loop.
    private Optional<Stream> stream = Optional.empty();
    private Optional<Consumer<Boolean>> sending = Optional.empty();
    private TelephoneEventSender events;
    private DtmfGenerator tones;
    private EventReader[] readers = {};
    private DtmfDetector toneReceiver;
    private int toneRate;

    /** What was agreed on. */
    private record Stream(RtpSender sender, Optional<TelephoneEvent> event, int sendRate) { }

    /** Events come under several payload types where several clock rates were agreed on. */
    private record EventReader(int type, int clockRate, TelephoneEventReceiver receiver) { }

    /** Hears of keys, on the media loop. */
    public interface Listener {
        /** The peer pressed a key for so long, or began to, when the duration is zero. */
        void key(char key, Duration duration, DtmfMethod method);
    }

    CallKeys(MediaRoom room) {
        this.room = room;
    }

    /** Sets who hears of keys. */
    public void onKey(Listener heard) {
        listener.set(heard);
    }

    /**
     * Sends one key.
     *
     * @param method {@link DtmfMethod#RTP} or {@link DtmfMethod#IN_BAND}
     * @param millis how long, 40 to 8000
     * @param done told on the media loop when the key is over, or that it could not be sent
     */
    public void press(char key, DtmfMethod method, int millis, Consumer<Boolean> done) {
        room.loop().execute(() -> begin(key, method, Math.min(millis, LONGEST), done));
    }

    private void begin(char key, DtmfMethod method, int millis, Consumer<Boolean> done) {
        finish(false);
        if (stream.isPresent() && method == DtmfMethod.RTP && stream.get().event().isPresent()) {
            TelephoneEvent agreed = stream.get().event().get();
            events = new TelephoneEventSender(stream.get().sender(), agreed.sendPayloadType(), agreed.clockRate(),
                    new TelephoneEventTiming(millis, LEAST_GAP, PACKET_MILLIS, VOLUME));
            if (events.enqueue(key, room.engine().now())) {
                sending = Optional.of(done);
                return;
            }
            events = null;
        } else if (stream.isPresent() && method == DtmfMethod.IN_BAND && GRID.indexOf(key) >= 0) {
            DtmfLevels usual = DtmfLevels.DEFAULT;
            tones = new DtmfGenerator(stream.get().sendRate(), new DtmfLevels(usual.lowDbfs(), usual.highDbfs(), millis, LEAST_GAP));
            tones.enqueue(String.valueOf(key));
            sending = Optional.of(done);
            return;
        }
        done.accept(false);
    }

    private void finish(boolean sent) {
        events = null;
        tones = null;
        Optional<Consumer<Boolean>> waiting = sending;
        sending = Optional.empty();
        waiting.ifPresent(done -> done.accept(sent));
    }

    /** Lets the local user hear a key on the speaker. */
    public void hear(char key, int millis) {
        int place = GRID.indexOf(key);
        if (place >= 0) {
            AudioPort tone = room.tone(new Tone(LOW[place / 4], HIGH[place % 4], -24));
            room.connect(tone, room.device());
            room.loop().execute(() -> room.loop().schedule(millis * 1_000_000L, tone::close));
        }
    }

    // ---- stages

    /** Something was agreed on: nothing of it may be sent when {@code sends} is false. */
    void negotiated(RtpSender sender, Optional<TelephoneEvent> event, boolean sends, int sendRate, int receiveRate) {
        if (!sends) {
            finish(false);
        }
        stream = sends ? Optional.of(new Stream(sender, event, sendRate)) : Optional.empty();
        readers = event.map(this::readers).orElse(new EventReader[0]);
        if (event.isEmpty()) {
            toneReceiver = toneReceiver == null || receiveRate != toneRate ? new DtmfDetector(receiveRate) : toneReceiver;
            toneRate = receiveRate;
        } else {
            toneReceiver = null;
        }
    }

    /** What is known of events under way stays. */
    private EventReader[] readers(TelephoneEvent event) {
        return event.receivedTypes().entrySet().stream().map(entry -> Arrays.stream(readers)
                .filter(old -> old.type == entry.getKey() && old.clockRate == entry.getValue()).findFirst()
                .orElseGet(() -> new EventReader(entry.getKey(), entry.getValue(), new TelephoneEventReceiver(entry.getValue()))))
                .toArray(EventReader[]::new);
    }

    /** Takes a packet if it is one of a telephone event, and tells whether it is. */
    boolean take(RtpPacket packet, long now) {
        for (EventReader reader : readers) {
            if (packet.payloadType() == reader.type) {
                reader.receiver.receive(packet.buffer(), packet.payloadOffset(), packet.payloadLength(), packet.timestamp(), now);
                tell(reader.receiver);
                return true;
            }
        }
        return false;
    }

    /** Another source speaks. */
    void reset() {
        for (EventReader reader : readers) {
            reader.receiver.reset();
            tell(reader.receiver);
        }
        if (toneReceiver != null) {
            toneReceiver.reset();
        }
    }

    /** Listens to what was decoded. */
    void listen(short[] frame, int samples, long now) {
        for (EventReader reader : readers) {
            if (now >= reader.receiver.deadline()) {
                reader.receiver.expire(now);
                tell(reader.receiver);
            }
        }
        if (toneReceiver != null) {
            toneReceiver.add(frame, 0, samples);
            for (char key = toneReceiver.poll(); key != 0; key = toneReceiver.poll()) {
                listener.get().key(key, Duration.ZERO, DtmfMethod.IN_BAND);
            }
        }
    }

    private void tell(TelephoneEventReceiver receiver) {
        for (Optional<ReceivedEvent> event = receiver.poll(); event.isPresent(); event = receiver.poll()) {
            if (event.get().digit() != 0) {
                listener.get().key(event.get().digit(), Duration.ofMillis(event.get().millis()), DtmfMethod.RTP);
            }
        }
    }

    /** Puts tones in the place of what the peer would hear, and tells whether there are any. */
    boolean speak(short[] frame, int samples) {
        if (tones == null) {
            return false;
        }
        tones.generate(frame, 0, samples);
        if (!tones.isPlaying()) {
            finish(true);
        }
        return true;
    }

    /** Tells whether events are sent instead of audio. */
    boolean isTelling() {
        return events != null;
    }

    /** Writes the next packet of the event that is being sent; 0 when none is due. The event may be over with it. */
    int next(byte[] out, long mediaTicks, long now) {
        int length = events.next(out, 0, mediaTicks, now);
        if (length == 0 && !events.isActive() && events.waiting() == 0) {
            finish(true);
        }
        return length;
    }

    /** The stream is over. */
    void end() {
        stream = Optional.empty();
        finish(false);
    }
}
