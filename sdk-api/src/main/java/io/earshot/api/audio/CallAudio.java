package io.earshot.api.audio;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** The sound of one call. Safe for use by any thread; calls before the answer take effect when media flows. */
public interface CallAudio {
    /** Returns the call's port: as a source it is what the peer says, as a sink what the peer hears. */
    AudioPort port();

    /** Connects a port both ways, as far as it is source and sink. */
    void connect(AudioPort other);

    /** Removes both edges to a port. */
    void disconnect(AudioPort other);

    /** Plays a WAV file to the peer once; {@link Playback#done()} tells when. */
    default Playback play(Path wav) {
        return play(wav, false);
    }

    /**
     * Plays a WAV file to the peer. Several may play at once; the peer hears their sum.
     *
     * @param repeat whether it starts again at its end, until closed
     * @throws io.earshot.api.VoipException when the file cannot be read
     */
    Playback play(Path wav, boolean repeat);

    /** Plays a tone to the peer until the returned port is closed. */
    AudioPort play(Tone tone);

    /**
     * Records the call to a stereo WAV file, left what the peer says, right what the peer hears, until closed or the call ends.
     *
     * @throws io.earshot.api.VoipException when the file exists or cannot be written
     */
    default Recording record(Path wav) {
        return record(wav, RecordingConfig.DEFAULT);
    }

    /**
     * Records the call until closed or the call ends.
     *
     * @throws io.earshot.api.VoipException when the file exists or cannot be written, or nothing here writes the format
     */
    Recording record(Path file, RecordingConfig config);

    /** Returns a new source whose samples go to the peer: the way in for a program's own speech. */
    PcmSource input(int sampleRate);

    /** Returns a new sink with what the peer says: the way out to a program's own ears. */
    PcmSink output(int sampleRate);

    /**
     * Plays raw sound to the peer as it comes, 16 bit mono little-endian without a header, until the stream ends; it is read on a thread of
     * the engine and closed at the end.
     */
    Playback play(InputStream pcm, int sampleRate);

    /**
     * Returns a new source whose packets go to the peer, decoded.
     *
     * @param codec its encoding name, as {@code PCMU}, or with the rate, as {@code speex/16000}
     * @param rtp whether packets begin with an RTP header (RFC 3550 §5.1)
     * @throws io.earshot.api.VoipException when there is no such codec here
     */
    EncodedSource encodedInput(String codec, boolean rtp);

    /**
     * Sends a copy of one side's sound to another program by UDP, until closed or the call ends. Packets that the network does not take at
     * once are lost.
     *
     * @throws io.earshot.api.VoipException when no socket can be had
     */
    AutoCloseable feed(MediaFeed feed, MediaFeed.Side side, InetSocketAddress to);

    /** Puts a copy of one side's sound into a queue of {@link AudioBridge#mediaQueue}, until closed or the call ends. */
    AutoCloseable feed(MediaFeed feed, MediaFeed.Side side, MediaQueue to);

    /** Returns what the peer said since this was last asked for; {@link VoiceReport#NOTHING} the first time, and before there is sound. */
    VoiceReport voice();

    /** Stops or lets through what the peer says; the call itself does not change. */
    void muteIncoming(boolean muted);

    /** Stops or lets through what the peer hears; silence is sent instead. */
    void muteOutgoing(boolean muted);

    /** Tells whether what the peer says is stopped. */
    boolean isIncomingMuted();

    /** Tells whether what the peer hears is stopped. */
    boolean isOutgoingMuted();

    /**
     * Says whether packets go on while there is nothing that the peer could hear: muted, or nothing connected. They do unless this says
     * otherwise: some peers and routers take a stream without packets for dead.
     */
    void sendSilence(boolean on);

    /**
     * Sets how loud the peer is to everybody who hears it, recordings included.
     *
     * @param gainDb -60 to +20 dB
     */
    void incomingGain(double gainDb);

    /**
     * Sets how loud the peer hears everything.
     *
     * @param gainDb -60 to +20 dB
     */
    void outgoingGain(double gainDb);

    /**
     * Returns a sink that the peer hears while we hold it, and nobody otherwise: connect music to it. What is connected to
     * {@link #port()} is not heard meanwhile. {@link CallSounds#withHoldMusic} does this for every call.
     */
    AudioPort holdPort();

    /**
     * Lets somebody listen in on this call.
     *
     * @param supervisor source and sink of who listens, as the port of another call
     * @param agent source and sink of who speaks with the peer here, as {@link AudioBridge#device()} or the port of another call
     * @throws IllegalArgumentException when a port is closed, of another phone, or the same as another, or is no source or no sink
     *     where the mode wants one
     */
    Supervision supervise(AudioPort supervisor, AudioPort agent, Supervision.Mode mode);
}
