package io.earshot.sdk.internal.media;

import io.earshot.api.audio.Playback;
import io.earshot.files.SoundFile;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A file that plays. It was read and brought to a rate of the bridge before, by {@link SoundLibrary}. */
final class FilePort extends PortHandle implements Playback {
    private final CompletableFuture<Boolean> done;
    /** Whether it was played to its end. */
    private final AtomicBoolean ended = new AtomicBoolean();

    private FilePort(MediaRoom room, String name, Player player, CompletableFuture<Boolean> done) {
        super(room, name, player);
        this.done = done;
        player.owner = this;
    }

    /** Makes a player of a sound that is read already. */
    static FilePort of(MediaRoom room, String name, SoundFile sound, boolean repeat) {
        return new FilePort(room, name, new Player(sound, repeat), new CompletableFuture<>());
    }

    @Override
    public CompletableFuture<Boolean> done() {
        return done.copy();
    }

    @Override
    void onClosed() {
        room().complete(done, ended.get());
    }

    /** The loop's side. */
    static final class Player implements BridgePort {
        private final SoundFile sound;
        private final boolean repeat;
        /** Set before it plays; who repeats needs none. */
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
