package io.earshot.sdk.classic;

import io.earshot.api.VoipException;
import io.earshot.api.audio.AudioBridge;
import io.earshot.api.audio.AudioPort;
import io.earshot.api.audio.Playback;
import io.earshot.api.audio.Recording;
import io.earshot.sdk.internal.loop.Published;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Sound files, recordings, and sound that the program brings or takes. Safe for use by any thread. */
final class ClassicPlayer {
    private static final String LAST_RECORDING = "lastvoicerecord";
    private static final int STOP = 0;
    /** Of a second: how much of a program's sound may wait where that is to be heard as it arises. */
    private static final int REAL_TIME_SHARE = 5;
    private static final int START = 1;

    private final ClassicPhone phone;
    private final ClassicLines lines;
    private final ClassicFolder folder;
    /** What plays, by where: 0 here, else the line. */
    private final Map<Integer, AudioPort> playing = new ConcurrentHashMap<>();
    private final Map<Integer, Recording> recording = new ConcurrentHashMap<>();
    private final Map<Integer, ClassicFeed> feeds = new ConcurrentHashMap<>();
    private final Map<Integer, ClassicRtpFeed> packets = new ConcurrentHashMap<>();
    private final Map<String, Path> recorded = new ConcurrentHashMap<>();
    private final Published<Optional<Path>> last = new Published<>(Optional.empty());
    private final ClassicEar ear;

    ClassicPlayer(ClassicPhone phone, ClassicLines lines, ClassicFolder folder) {
        this.phone = phone;
        this.lines = lines;
        this.folder = folder;
        this.ear = new ClassicEar(phone);
    }

    ClassicEar ear() {
        return ear;
    }

    // ---- files

    /**
     * Plays a file, stops what plays, or only looks whether it can be played.
     *
     * @param start 1 start, 0 stop, -1 look
     * @param toPeer to the peer of the line rather than here
     */
    boolean play(int start, String name, boolean repeat, boolean toPeer, int line) {
        if (start == STOP) {
            return stop(toPeer || line > 0 ? lines.find(line).map(ClassicLine::number).orElse(0) : 0);
        }
        Path file = find(name);
        if (start != START) {
            return phone.with((engine, account) -> engine.bridge().file(file, false).close());
        }
        if (!toPeer) {
            return phone.with((engine, account) -> {
                Playback playback = engine.bridge().file(file, repeat);
                replace(0, playback);
                engine.bridge().connect(playback, engine.bridge().device());
                playback.done().thenAccept(whole -> playing.remove(0, playback));
            });
        }
        return lines.each(line, one -> playTo(one, file, repeat));
    }

    private void playTo(ClassicLine line, Path file, boolean repeat) {
        AudioBridge bridge = phone.running().orElseThrow(() -> new IllegalStateException("The phone is not started.")).phone().bridge();
        Playback playback = bridge.file(file, repeat);
        replace(line.number(), playback);
        bridge.connect(playback, line.call().audio().port());
        playback.done().thenAccept(whole -> {
            playing.remove(line.number(), playback);
            playback.close();
            if (whole) {
                phone.send(new Notification(1, List.of("PLAYREADY", Integer.toString(line.number()), line.call().callId())));
            }
        });
    }

    private void replace(int where, AudioPort port) {
        Optional.ofNullable(playing.put(where, port)).ifPresent(AudioPort::close);
    }

    /** Stops what plays on a line, or where it plays nothing, everything. */
    private boolean stop(int line) {
        AudioPort one = playing.remove(line);
        if (one != null) {
            one.close();
        } else {
            playing.keySet().forEach(where -> Optional.ofNullable(playing.remove(where)).ifPresent(AudioPort::close));
        }
        return true;
    }

    /** Looks for a file where the program runs and in the data folder. */
    private Path find(String name) {
        if (name.equals(LAST_RECORDING)) {
            return last.get().orElseThrow(() -> new IllegalArgumentException("Nothing has been recorded yet"));
        }
        if (name.isBlank()) {
            throw new IllegalArgumentException("Name the file to play");
        }
        return Stream.of(Path.of(name), folder.path().resolve(name)).filter(Files::isRegularFile).findFirst().orElse(Path.of(name));
    }

    // ---- recording

    /**
     * Starts or stops recording.
     *
     * @param mode 0 stop, 1 to a local file, 4 as {@code voicerecording} says
     * @param name empty for the standard
     */
    boolean record(int mode, String name, int line) {
        if (mode == STOP) {
            List<Integer> chosen = line == ClassicPhone.ALL ? List.copyOf(recording.keySet())
                    : lines.find(line).map(ClassicLine::number).stream().toList();
            chosen.forEach(number -> Optional.ofNullable(recording.remove(number)).ifPresent(Recording::close));
            return !chosen.isEmpty();
        }
        return lines.each(line, one -> record(one, name, "USER"));
    }

    private void record(ClassicLine line, String name, String source) {
        ClassicSaved.checkFiles(phone.parameters());
        Path file = name.isBlank() ? folder.path().resolve(ClassicRecordings.name(phone.parameters(), line))
                : folder.file(withEnding(name));
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException refused) {
            throw new IllegalArgumentException("The folder " + file.getParent() + " cannot be made: " + refused.getMessage(), refused);
        }
        Recording started = begin(line, file, source);
        Optional.ofNullable(recording.put(line.number(), started)).ifPresent(Recording::close);
        vrec(line.number(), 1, 0, "", "", source);
        started.finished().whenComplete((path, failed) -> {
            vrec(ClassicPhone.CURRENT, 2, 1, file.toString(), "", source);
            if (failed == null) {
                last.set(Optional.of(file));
                recorded.put(Integer.toString(line.number()), file);
                recorded.put(line.call().callId(), file);
                vrec(ClassicPhone.CURRENT, 3, 1, file.toString(), "", source);
                upload(file);
            } else {
                vrec(ClassicPhone.CURRENT, 4, 1, file.toString(), String.valueOf(failed.getMessage()), source);
            }
        });
    }

    private void upload(Path file) {
        ClassicRecordings.target(phone.parameters()).ifPresent(target -> phone.with((open, account) -> open.recordings().upload(file,
                target)));
    }

    private Recording begin(ClassicLine line, Path file, String source) {
        try {
            return line.call().audio().record(file, ClassicRecordings.config(phone.parameters()));
        } catch (VoipException refused) {
            vrec(line.number(), 4, 1, file.toString(), String.valueOf(refused.getMessage()), source);
            throw refused;
        }
    }

    private String withEnding(String name) {
        String ending = "." + ClassicRecordings.format(phone.parameters()).extension();
        return name.toLowerCase(java.util.Locale.ROOT).endsWith(ending) ? name : name + ending;
    }

    private void vrec(int line, int stage, int type, String path, String reason, String source) {
        phone.send(new Notification(1, List.of("VREC", Integer.toString(line), Integer.toString(stage), Integer.toString(type),
                path.replace(',', '_'), reason.replace(',', ';'), source)));
    }

    /** Returns the file that a line, a Call-ID, or with an empty text anybody recorded last. */
    String lastFile(String line) {
        Path file = recorded.get(line.strip());
        return (file == null ? last.get() : Optional.of(file)).map(Path::toString).orElse("");
    }

    /** Deletes the recordings of this program. */
    boolean deleteRecordings() {
        boolean done = true;
        for (Path file : List.copyOf(recorded.values())) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException refused) {
                phone.send(Notification.event("ERROR", "The recording was not deleted: " + refused.getMessage()));
                done = false;
            }
        }
        recorded.clear();
        last.set(Optional.empty());
        return done;
    }

    // ---- the program's own sound

    /** Sends 16 bit PCM to the peer after what was sent before, or with {@code start} 0 drops what waits. */
    boolean stream(int start, int line, byte[] pcm, int length) {
        return lines.each(line, one -> {
            if (start == STOP) {
                endStream(one);
            } else {
                send(one, pcm, length <= 0 || length > pcm.length ? pcm.length : length);
            }
        });
    }

    private void send(ClassicLine line, byte[] sound, int length) {
        long kind = phone.parameters().number("streamsoundisrtp");
        if (kind == 0 || kind < 0 && !ClassicRtpFeed.looksLikeRtp(sound, length)) {
            feed(line).write(sound, length);
            return;
        }
        String codec = ClassicRtpFeed.codec(sound, line.codec()).orElseThrow(() -> new IllegalArgumentException(
                "The buffer is no RTP packet of a codec of this call; set streamsoundisrtp=0 for PCM."));
        packets.computeIfAbsent(line.number(), number -> new ClassicRtpFeed(line.call().audio().encodedInput(codec, true),
                phone.parts().workers())).write(sound, length);
    }

    private void endStream(ClassicLine line) {
        Optional.ofNullable(feeds.remove(line.number())).ifPresent(ClassicFeed::close);
        Optional.ofNullable(packets.remove(line.number())).ifPresent(ClassicRtpFeed::close);
    }

    /** Sends everything a stream has to the peer. */
    boolean stream(int start, int line, InputStream in) {
        return lines.each(line, one -> {
            if (start == STOP) {
                endStream(one);
            } else {
                feed(one).write(in);
            }
        });
    }

    private ClassicFeed feed(ClassicLine line) {
        return feeds.computeIfAbsent(line.number(), number -> {
            boolean wide = phone.parameters().isOn("playbacksteamformat") || line.call().audio().port().sampleRate() >= 16_000;
            int rate = wide ? 16_000 : 8_000;
            int most = phone.parameters().isOn("realtimeplayback") ? rate / REAL_TIME_SHARE : Integer.MAX_VALUE;
            return new ClassicFeed(line.call().audio().input(rate), most, phone.parts().workers(),
                    failed -> phone.send(Notification.event("ERROR", "The stream could not be read: " + failed)));
        });
    }

    // ---- calls come and go

    void onConnected(ClassicLine line) {
        if (ClassicStreams.keeps(phone.parameters())) {
            ear.begin();
        }
        ear.onConnected(line);
        phone.guard(() -> ClassicStreams.begin(phone.parameters(), line));
        long mode = phone.parameters().number("voicerecording");
        if (mode > 0) {
            phone.guard(() -> record(line, "", "AUTO"));
        }
    }

    void onFinished(ClassicLine line) {
        ear.onFinished(line);
        Optional.ofNullable(playing.remove(line.number())).ifPresent(AudioPort::close);
        endStream(line);
        Optional.ofNullable(recording.remove(line.number())).ifPresent(Recording::close);
    }

    void clear() {
        playing.clear();
        feeds.clear();
        packets.clear();
        recording.clear();
        ear.end();
    }
}
