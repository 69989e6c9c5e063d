package io.earshot.sdk.internal.media;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import io.earshot.api.audio.AudioPort;
import io.earshot.api.audio.CallAudio;
import io.earshot.api.audio.EncodedSource;
import io.earshot.api.audio.MediaFeed;
import io.earshot.api.audio.MediaQueue;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.PcmSource;
import io.earshot.api.audio.Playback;
import io.earshot.api.audio.Recording;
import io.earshot.api.audio.RecordingConfig;
import io.earshot.api.audio.Supervision;
import io.earshot.api.audio.Tone;
import io.earshot.api.audio.VoiceReport;
import io.earshot.sdk.internal.loop.Published;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A call's sound as programs see it: edges of the bridge that end at the call's port. What it made, it closes with the call. */
final class CallSound implements CallAudio {
    private static final int BUFFER_MILLIS = 60_000;

    private final MediaRoom room;
    private final CallPort port;
    private final PortHandle handle;
    private final PortHandle monitor;
    private final PortHandle waiting;
    private final AtomicBoolean incomingMuted = new AtomicBoolean();
    private final AtomicBoolean outgoingMuted = new AtomicBoolean();
    private final AtomicBoolean sendsSilence = new AtomicBoolean(true);
    private final List<AudioPort> owned = new CopyOnWriteArrayList<>();
    /** Set before what is owned is closed, so that what comes meanwhile is closed by who brings it. */
    private final AtomicBoolean over = new AtomicBoolean();
    private final Published<Consumer<Failure>> trouble = new Published<>(failure -> { });

    CallSound(MediaRoom room, String name, CallPort port) {
        this.room = room;
        this.port = port;
        this.handle = room.add(new PortHandle(room, name, port));
        this.monitor = new PortHandle(room, name + " (sent)", port.monitor());
        this.waiting = new PortHandle(room, name + " (held)", port.waiting());
        room.holdMusic(this);
    }

    /** Tells whether the call is over. */
    boolean isClosed() {
        return handle.isClosed();
    }

    void onTrouble(Consumer<Failure> listener) {
        trouble.set(listener);
    }

    @Override
    public AudioPort port() {
        return handle;
    }

    @Override
    public void connect(AudioPort other) {
        if (requireNonNull(other, "other").isSource()) {
            room.connect(other, handle);
        }
        if (other.isSink()) {
            room.connect(handle, other);
        }
    }

    @Override
    public void disconnect(AudioPort other) {
        requireNonNull(other, "other");
        room.disconnect(other, handle);
        room.disconnect(handle, other);
    }

    @Override
    public Playback play(Path wav, boolean repeat) {
        room.ours(handle);
        Playback playback = own(room.file(wav, repeat));
        room.connect(playback, handle);
        return playback;
    }

    @Override
    public AudioPort play(Tone tone) {
        room.ours(handle);
        AudioPort source = own(room.tone(tone));
        room.connect(source, handle);
        return source;
    }

    @Override
    public Recording record(Path file, RecordingConfig config) {
        requireNonNull(file, "file");
        requireNonNull(config, "config");
        room.ours(handle);
        Recorder recorder = own(Recorder.start(room, file, config, recordingRate(), Recorder.channels(config), this::warn));
        room.add(monitor);
        room.add(recorder);
        PortHandle other = recorder.right().map(room::add).orElse(recorder);
        connect(handle, recorder);
        connect(monitor, other);
        recorder.finished().exceptionally(stopped -> {
            Throwable cause = stopped instanceof CompletionException ? stopped.getCause() : stopped;
            warn(cause instanceof VoipException known ? known.failure() : new Failure.LocalResource(cause.toString()));
            return file;
        });
        return recorder;
    }

    /** Connects with a recorder that may have failed, and closed, meanwhile: that is told of in another way. */
    private void connect(AudioPort source, PortHandle recorder) {
        try {
            room.connect(source, recorder);
        } catch (IllegalArgumentException over) {
            if (!recorder.isClosed()) {
                throw over;
            }
        }
    }

    private void warn(Failure failure) {
        trouble.get().accept(failure);
    }

    @Override
    public PcmSource input(int sampleRate) {
        room.ours(handle);
        PcmSource source = own(room.pcmSource(sampleRate, BUFFER_MILLIS));
        room.connect(source, handle);
        return source;
    }

    @Override
    public PcmSink output(int sampleRate) {
        room.ours(handle);
        PcmSink sink = own(room.pcmSink(sampleRate, BUFFER_MILLIS));
        room.connect(handle, sink);
        return sink;
    }

    @Override
    public Playback play(InputStream pcm, int sampleRate) {
        requireNonNull(pcm, "pcm");
        return own(StreamPlayer.start(room, pcm, input(sampleRate)));
    }

    @Override
    public EncodedSource encodedInput(String codec, boolean rtp) {
        requireNonNull(codec, "codec");
        room.ours(handle);
        EncodedInput source = own(room.add(room.formats().decoder(room, codec, rtp)));
        room.connect(source, handle);
        return source;
    }

    @Override
    public AutoCloseable feed(MediaFeed how, MediaFeed.Side side, InetSocketAddress to) {
        requireNonNull(how, "feed");
        requireNonNull(side, "side");
        return feed(how, side, FeedOutlets.udp(requireNonNull(to, "to")));
    }

    @Override
    public AutoCloseable feed(MediaFeed how, MediaFeed.Side side, MediaQueue to) {
        requireNonNull(how, "feed");
        requireNonNull(side, "side");
        if (!(requireNonNull(to, "to") instanceof FeedOutlets.Queue queue)) {
            throw new IllegalArgumentException("the queue must come from mediaQueue() of a phone's bridge");
        }
        return feed(how, side, queue.inlet());
    }

    private AutoCloseable feed(MediaFeed how, MediaFeed.Side side, Feed.Outlet outlet) {
        Feed feed = new Feed(how, side, port, outlet);
        return own(feed.isTap() ? FeedHandle.tap(room, feed, port.taps())
                : FeedHandle.sink(room, feed, side == MediaFeed.Side.INCOMING ? handle : room.add(monitor)));
    }

    @Override
    public VoiceReport voice() {
        return room.loop().submit(port::voice).join();
    }

    @Override
    public void muteIncoming(boolean muted) {
        incomingMuted.set(muted);
        room.loop().execute(() -> port.muteIncoming(muted));
    }

    @Override
    public void muteOutgoing(boolean muted) {
        outgoingMuted.set(muted);
        room.loop().execute(() -> port.muteOutgoing(muted));
    }

    @Override
    public void sendSilence(boolean on) {
        if (sendsSilence.getAndSet(on) != on) {
            room.loop().execute(() -> port.sendSilence(on));
        }
    }

    @Override
    public boolean isIncomingMuted() {
        return incomingMuted.get();
    }

    @Override
    public boolean isOutgoingMuted() {
        return outgoingMuted.get();
    }

    @Override
    public void incomingGain(double gainDb) {
        double factor = Volume.factor(MediaRoom.gain(gainDb));
        room.loop().execute(() -> port.incomingGain(factor));
    }

    @Override
    public void outgoingGain(double gainDb) {
        double factor = Volume.factor(MediaRoom.gain(gainDb));
        room.loop().execute(() -> port.outgoingGain(factor));
    }

    @Override
    public AudioPort holdPort() {
        return room.add(waiting);
    }

    @Override
    public Supervision supervise(AudioPort supervisor, AudioPort agent, Supervision.Mode mode) {
        requireNonNull(mode, "mode");
        Supervisor made = new Supervisor(room, supervisor, agent, handle, monitor);
        room.add(monitor);
        made.mode(mode);
        return made;
    }

    /** What the peer says and hears fits into a file of the higher of the two rates; G.711 on both sides makes one of 8 kHz. */
    private int recordingRate() {
        return room.loop().submit(() -> Math.max(port.rate(), port.sinkRate())).join();
    }

    private <P extends AudioPort> P own(P made) {
        owned.removeIf(old -> old instanceof PortHandle known && known.isClosed());
        owned.add(made);
        if (over.get()) {
            made.close();
        }
        return made;
    }

    /** Gives another call the edges that this one has, but for those of its own players, recorders and streams. */
    void share(CallSound other) {
        room.share(handle, other.handle, owned);
    }

    /** Ends everything that belongs to the call, and takes its port out of the bridge. */
    void close() {
        over.set(true);
        owned.forEach(AudioPort::close);
        owned.clear();
        monitor.close();
        waiting.close();
        handle.close();
        room.holdMusic(this);
    }
}
