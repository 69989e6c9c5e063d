package io.earshot.sdk.internal.media;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import io.earshot.api.audio.Playback;
import io.earshot.dsp.Resampler;
import io.earshot.files.SoundFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A file that plays. It is read and brought to a rate of the bridge before it starts, by the program's thread. */
final class FilePort extends PortHandle implements Playback {
    private final CompletableFuture<Boolean> done;
    /** Whether it was played to its end. */
    private final AtomicBoolean ended = new AtomicBoolean();

    private FilePort(MediaRoom room, String name, Player player, CompletableFuture<Boolean> done) {
        super(room, name, player);
        this.done = done;
        player.owner = this;
    }

    static FilePort open(MediaRoom room, Path wav, boolean repeat) {
        requireNonNull(wav, "wav");
        try {
            SoundFile sound = atBridgeRate(SoundFile.load(wav));
            return new FilePort(room, wav.getFileName().toString(), new Player(sound, repeat), new CompletableFuture<>());
        } catch (NoSuchFileException none) {
            throw new VoipException(new Failure.LocalResource("Cannot play " + wav + ": there is no such file."), none);
        } catch (IOException unreadable) {
            throw new VoipException(new Failure.LocalResource("Cannot play " + wav + ": " + why(wav, unreadable) + "."), unreadable);
        }
    }

    /** The message of a sound file's own exception begins with its name, which stands in the sentence already. */
    private static String why(Path wav, IOException unreadable) {
        String text = String.valueOf(unreadable.getMessage());
        String defect = text.startsWith(wav + ": ") ? text.substring((wav + ": ").length()) : text;
        return defect.matches("(?s)(is|has|says) .*") ? "it " + defect : defect;
    }

    @Override
    public CompletableFuture<Boolean> done() {
        return done.copy();
    }

    @Override
    void onClosed() {
        room().complete(done, ended.get());
    }

    private static SoundFile atBridgeRate(SoundFile sound) {
        int wanted = sound.sampleRate() <= 8000 ? 8000 : sound.sampleRate() <= 16_000 ? 16_000
                : sound.sampleRate() <= 24_000 ? 24_000 : sound.sampleRate() <= 32_000 ? 32_000 : 48_000;
        if (sound.sampleRate() == wanted) {
            return sound;
        }
        Resampler resampler = new Resampler(sound.sampleRate(), wanted);
        short[] in = new short[sound.samples()];
        sound.copy(0, in, 0, in.length);
        short[] out = new short[resampler.maxOutput(in.length)];
        int count = resampler.process(in, 0, in.length, out, 0);
        return SoundFile.of(Arrays.copyOf(out, count), wanted);
    }

    /** The loop's side. */
    private static final class Player implements BridgePort {
        private final SoundFile sound;
        private final boolean repeat;
        private FilePort owner;
        private int position;
        private boolean over;

        Player(SoundFile sound, boolean repeat) {
            this.sound = sound;
            this.repeat = repeat && sound.samples() > 0;
        }

        @Override
        public int rate() {
            return sound.sampleRate();
        }

        @Override
        public boolean isSource() {
            return true;
        }

        @Override
        public boolean isSink() {
            return false;
        }

        @Override
        public boolean pull(short[] frame, int samples) {
            if (over) {
                return false;
            }
            int got = 0;
            while (got < samples) {
                int count = sound.copy(position, frame, got, samples - got);
                got += count;
                position += count;
                if (position >= sound.samples()) {
                    if (!repeat) {
                        break;
                    }
                    position = 0;
                }
            }
            Arrays.fill(frame, got, samples, (short) 0);
            if (got < samples) {
                over = true;
                owner.ended.set(true);
                owner.close();
            }
            return got > 0;
        }
    }
}
