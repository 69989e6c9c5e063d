package io.earshot.api.audio;

import java.nio.file.Path;
import java.util.List;

/**
 * The mixer of a phone. Every source and sink of sound is a port, every connection a directed edge with a gain: hold, mute, conference,
 * listening in, playing to a peer and recording are nothing but edges. A sink hears the sum of what is connected to it; rates may
 * differ, the bridge resamples. Safe for use by any thread; changes take effect at the next frame, within 20 ms.
 */
public interface AudioBridge {
    /** Connects a source to a sink at unity gain; connecting what is connected sets its gain. */
    default void connect(AudioPort source, AudioPort sink) {
        connect(source, sink, 0);
    }

    /**
     * Connects a source to a sink.
     *
     * @param gainDb -60 to +20 dB
     * @throws IllegalArgumentException when a port is no source, no sink, closed, or of another phone, or the gain is out of range
     */
    void connect(AudioPort source, AudioPort sink, double gainDb);

    /** Removes an edge; removing what is not there is harmless. */
    void disconnect(AudioPort source, AudioPort sink);

    /** Returns the edges now. */
    List<Connection> connections();

    /** Returns the ports now, those of calls included. */
    List<AudioPort> ports();

    /**
     * Returns the microphone and speaker as one port, opened when it is first connected. Without a sound system, which is the default, it
     * is a microphone that is silent and a speaker that nobody hears.
     */
    AudioPort device();

    /** Returns a new source of this tone, which plays until closed. */
    AudioPort tone(Tone tone);

    /**
     * Returns a new source that plays a WAV file.
     *
     * @param repeat whether it starts again at its end
     * @throws io.earshot.api.VoipException when the file cannot be read; the message names file and defect
     */
    Playback file(Path wav, boolean repeat);

    /**
     * Plays a WAV file on {@link #device()}, for the local user.
     *
     * @param repeat whether it starts again at its end, until closed
     * @throws io.earshot.api.VoipException when the file cannot be read or the device not be opened
     */
    default Playback play(Path wav, boolean repeat) {
        Playback playback = file(wav, repeat);
        connect(playback, device());
        return playback;
    }

    /**
     * Reads a WAV file now, so that playing it later starts without waiting for the disk. A file that changes is read again. The phone
     * keeps up to 64 MB of sounds, those used last.
     *
     * @throws io.earshot.api.VoipException when the file cannot be read
     */
    void preload(Path wav);

    /**
     * Makes a conference without members; {@link Conference#close()} ends it.
     *
     * @param name one line of text, for people to read
     */
    Conference conference(String name);

    /** Returns the conferences that are not closed, oldest first. */
    List<Conference> conferences();

    /**
     * Returns a new sink that writes a WAV file, mono, while sound comes in.
     *
     * @throws io.earshot.api.VoipException when the file exists or cannot be written
     */
    default Recording recorder(Path wav, int sampleRate) {
        return recorder(wav, RecordingConfig.DEFAULT.withSampleRate(sampleRate));
    }

    /**
     * Returns a new sink that writes one channel, whatever the layout says; at 8000 Hz when no rate is given.
     *
     * @throws io.earshot.api.VoipException when the file exists or cannot be written, or nothing here writes the format
     */
    Recording recorder(Path file, RecordingConfig config);

    /**
     * Returns a new source that the program feeds.
     *
     * @param sampleRate 8000, 16000, 24000, 32000 or 48000
     * @param bufferMillis how much may be written ahead, 40 to 60000
     */
    PcmSource pcmSource(int sampleRate, int bufferMillis);

    /**
     * Returns a new sink that the program reads.
     *
     * @param sampleRate 8000, 16000, 24000, 32000 or 48000
     * @param bufferMillis how much is kept for a slow reader before the oldest is dropped, 40 to 60000
     */
    PcmSink pcmSink(int sampleRate, int bufferMillis);

    /**
     * Makes a queue for {@link CallAudio#feed(MediaFeed, MediaFeed.Side, MediaQueue)}.
     *
     * @param packets how many it holds, 1 to 100000
     */
    MediaQueue mediaQueue(int packets);

    /**
     * A directed edge.
     *
     * @param gainDb in decibels
     */
    record Connection(AudioPort source, AudioPort sink, double gainDb) { }
}
