package io.earshot.api.audio;

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
    Playback play(Path wav);

    /** Plays a tone to the peer until the returned port is closed. */
    AudioPort play(Tone tone);

    /**
     * Records the call to a stereo WAV file, left what the peer says, right what the peer hears, until closed or the call ends.
     *
     * @throws io.earshot.api.VoipException when the file exists or cannot be written
     */
    Recording record(Path wav);

    /** Returns a new source whose samples go to the peer: the way in for a program's own speech. */
    PcmSource input(int sampleRate);

    /** Returns a new sink with what the peer says: the way out to a program's own ears. */
    PcmSink output(int sampleRate);

    /** Stops or lets through what the peer says; the call itself does not change. */
    void muteIncoming(boolean muted);

    /** Stops or lets through what the peer hears; silence is sent instead. */
    void muteOutgoing(boolean muted);
}
