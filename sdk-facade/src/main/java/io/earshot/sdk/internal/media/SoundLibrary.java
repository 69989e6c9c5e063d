package io.earshot.sdk.internal.media;

import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import io.earshot.dsp.Resampler;
import io.earshot.files.SoundFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Sounds that were read from files, at a rate of the bridge, those used last; a file that has changed is read again. Callable from any
 * thread; two that ask at once may read twice.
 */
final class SoundLibrary {
    private static final long MOST_SAMPLES = 32L << 20;

    /** The sound used last is the last. */
    private final List<Kept> kept = new CopyOnWriteArrayList<>();

    private record Kept(Path file, FileTime changed, long size, SoundFile sound) { }

    /** Reads a file for a program; what is wrong with it is a {@link VoipException}. */
    SoundFile get(Path wav) {
        try {
            return load(io.earshot.api.check.Check.requireNonNull(wav, "wav").toAbsolutePath());
        } catch (NoSuchFileException none) {
            throw new VoipException(new Failure.LocalResource("Cannot play " + wav + ": there is no such file."), none);
        } catch (IOException unreadable) {
            throw new VoipException(new Failure.LocalResource("Cannot play " + wav + ": " + why(wav, unreadable) + "."), unreadable);
        }
    }

    /** The message of a sound file's own exception begins with its name, which stands in the sentence already. */
    private static String why(Path wav, IOException unreadable) {
        String text = String.valueOf(unreadable.getMessage());
        String name = wav.toAbsolutePath() + ": ";
        String defect = text.startsWith(name) ? text.substring(name.length()) : text;
        return defect.matches("(?s)(is|has|says) .*") ? "it " + defect : defect;
    }

    private SoundFile load(Path wav) throws IOException {
        FileTime changed = Files.getLastModifiedTime(wav);
        long size = Files.size(wav);
        for (Kept known : kept) {
            if (known.file.equals(wav)) {
                kept.remove(known);
                if (known.changed.equals(changed) && known.size == size) {
                    kept.add(known);
                    return known.sound;
                }
            }
        }
        SoundFile sound = atBridgeRate(SoundFile.load(wav));
        kept.add(new Kept(wav, changed, size, sound));
        while (kept.stream().mapToLong(known -> known.sound.samples()).sum() > MOST_SAMPLES) {
            kept.remove(0);
        }
        return sound;
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
}
