package io.earshot.sdk.internal.media;

import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import io.earshot.api.audio.RecordingConfig;
import io.earshot.api.audio.RecordingConfig.Format;
import io.earshot.api.audio.spi.RecordingEncoder;
import io.earshot.api.audio.spi.RecordingEncoderProvider;
import io.earshot.api.codec.spi.AudioCodec;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import io.earshot.files.AudioFileWriter;
import io.earshot.files.IfExists;
import io.earshot.files.OggOpusWriter;
import io.earshot.files.RecordingWriter;
import io.earshot.files.SplitWriter;
import io.earshot.files.StreamWriter;
import io.earshot.files.WavWriter;
import io.earshot.sdk.internal.registry.Codecs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats that recordings can have, with the plug-ins that some of them need. Immutable. */
public final class RecordingFormats {
    private static final FormatParameters OPUS_SOUND = new FormatParameters("stereo=1;maxaveragebitrate=64000");

    private final List<AudioCodecProvider> codecs;
    private final List<RecordingEncoderProvider> encoders;

    /** Takes what is there. */
    public RecordingFormats(List<AudioCodecProvider> codecs, List<RecordingEncoderProvider> encoders) {
        this.codecs = List.copyOf(codecs);
        this.encoders = List.copyOf(encoders);
    }

    private record Found(CodecDescriptor codec, AudioCodecProvider provider) {
        AudioCodec open(FormatParameters wanted) {
            return provider.open(codec, FormatParameters.NONE, wanted);
        }
    }

    /**
     * Makes sure that a format can be written.
     *
     * @throws VoipException naming the artifact that is missing
     */
    public void demand(Format format) {
        switch (format) {
            case WAV -> { }
            case GSM -> codec("GSM", 1);
            case OPUS -> codec("opus", 1);
            case MP3 -> encoder("MP3");
        }
    }

    /** Returns the rate that a recording will have. */
    static int rate(RecordingConfig config, int callRate) {
        return switch (config.format()) {
            case GSM -> 8000;
            case OPUS -> OggOpusWriter.SAMPLE_RATE;
            case WAV, MP3 -> config.sampleRate() == 0 ? callRate : config.sampleRate();
        };
    }

    /** Returns the files that a recording will have. */
    static List<Path> files(Path file, RecordingConfig config, int channels) {
        if (config.format() != Format.GSM || channels == 1) {
            return List.of(file);
        }
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        String end = dot < 0 ? "" : name.substring(dot);
        return List.of(file.resolveSibling(stem + "-in" + end), file.resolveSibling(stem + "-out" + end));
    }

    /**
     * Returns what will open the files, on a worker.
     *
     * @throws VoipException naming the artifact that is missing
     */
    RecordingWriter.Opener opener(List<Path> files, Format format, int rate, int channels) {
        Path file = files.get(0);
        return switch (format) {
            case WAV -> () -> WavWriter.create(file, rate, channels, IfExists.FAIL);
            case GSM -> gsm(files);
            case OPUS -> opus(file, channels);
            case MP3 -> {
                RecordingEncoderProvider provider = encoder("MP3");
                yield () -> StreamWriter.create(file, provider.open(rate, channels), IfExists.FAIL);
            }
        };
    }

    private RecordingWriter.Opener gsm(List<Path> files) {
        Found gsm = codec("GSM", 1);
        return files.size() == 1 ? () -> gsm(files.get(0), gsm) : () -> {
            AudioFileWriter left = gsm(files.get(0), gsm);
            try {
                return new SplitWriter(left, gsm(files.get(1), gsm));
            } catch (IOException refused) {
                left.close();
                throw refused;
            }
        };
    }

    private static AudioFileWriter gsm(Path file, Found codec) throws IOException {
        return StreamWriter.create(file, new Frames(codec.codec, codec.open(FormatParameters.NONE)), IfExists.FAIL);
    }

    private RecordingWriter.Opener opus(Path file, int channels) {
        Found opus = codec("opus", channels);
        return () -> OggOpusWriter.create(file, opus.open(OPUS_SOUND), channels, file.hashCode(), IfExists.FAIL);
    }

    private Found codec(String name, int channels) {
        for (AudioCodecProvider provider : codecs) {
            for (CodecDescriptor codec : provider.codecs()) {
                if (codec.name().equalsIgnoreCase(name) && codec.channels() == channels) {
                    return new Found(codec, provider);
                }
            }
        }
        throw new VoipException(new Failure.NoProvider("recording format", name.toUpperCase(Locale.ROOT),
                "io.earshot:codec-" + name.toLowerCase(Locale.ROOT)));
    }

    /**
     * Returns a source that decodes.
     *
     * @param name encoding name, with or without the rate
     * @throws VoipException naming the artifact that is missing
     */
    EncodedInput decoder(MediaRoom room, String name, boolean rtp) {
        Codecs.Entry entry = Codecs.of(codecs).select(List.of(name)).entries().get(0);
        return EncodedInput.open(room, entry.codec(), entry.provider().open(entry.codec(), FormatParameters.NONE, FormatParameters.NONE),
                rtp);
    }

    private RecordingEncoderProvider encoder(String format) {
        Optional<RecordingEncoderProvider> found = encoders.stream().filter(one -> one.format().equalsIgnoreCase(format)).findFirst();
        return found.orElseThrow(() -> new VoipException(new Failure.NoProvider("recording format", format, "io.earshot:record-mp3")));
    }

    /** A codec whose packets stand one after another. */
    private record Frames(CodecDescriptor codec, AudioCodec encoder) implements RecordingEncoder {
        @Override
        public int sampleRate() {
            return codec.sampleRate();
        }

        @Override
        public int channels() {
            return codec.channels();
        }

        @Override
        public int blockFrames() {
            return codec.samplesIn(codec.frameMillis()) / codec.channels();
        }

        @Override
        public int maxBytes() {
            return encoder.maxPayload(codec.samplesIn(codec.frameMillis()));
        }

        @Override
        public int encode(short[] pcm, int offset, byte[] out, int outOffset) {
            return encoder.encode(pcm, offset, codec.samplesIn(codec.frameMillis()), out, outOffset);
        }

        @Override
        public void close() {
            encoder.close();
        }
    }
}
