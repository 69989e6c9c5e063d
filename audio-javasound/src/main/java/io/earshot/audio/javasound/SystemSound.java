package io.earshot.audio.javasound;

import io.earshot.api.audio.spi.AudioBackend.AudioDevice;
import io.earshot.api.audio.spi.AudioBackend.PcmFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.SourceDataLine;
import javax.sound.sampled.TargetDataLine;
import javax.sound.sampled.spi.MixerProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sound system of this machine. The JDK lists the default device of the operating system first. Its providers look for devices
 * when they are made, so new ones are made for each list.
 */
final class SystemSound implements SoundSystem {
    private static final Logger LOG = LoggerFactory.getLogger(SystemSound.class);
    private static final DataLine.Info INPUT = new DataLine.Info(TargetDataLine.class, null);
    private static final DataLine.Info OUTPUT = new DataLine.Info(SourceDataLine.class, null);

    /** A mixer and what it is called here. */
    private record Known(AudioDevice device, Mixer mixer) { }

    @Override
    public List<AudioDevice> devices() {
        return known().stream().map(Known::device).toList();
    }

    private static List<Known> known() {
        List<Known> found = new ArrayList<>();
        Map<String, Integer> names = new HashMap<>();
        try {
            for (MixerProvider provider : ServiceLoader.load(MixerProvider.class, SystemSound.class.getClassLoader())) {
                for (Mixer.Info info : provider.getMixerInfo()) {
                    Mixer mixer = provider.getMixer(info);
                    boolean input = mixer.isLineSupported(INPUT);
                    boolean output = mixer.isLineSupported(OUTPUT);
                    if (input || output) {
                        int same = names.merge(info.getName(), 1, Integer::sum);
                        String name = same == 1 ? info.getName() : info.getName() + " (" + same + ")";
                        found.add(new Known(new AudioDevice(name, name, input, output), mixer));
                    }
                }
            }
        } catch (ServiceConfigurationError | LinkageError none) {
            LOG.debug("This runtime has no sound library: {}", none.toString());
        }
        return found;
    }

    @Override
    public void raiseLevels() {
        try {
            for (MixerProvider provider : ServiceLoader.load(MixerProvider.class, SystemSound.class.getClassLoader())) {
                for (Mixer.Info info : provider.getMixerInfo()) {
                    MixerLevels.raise(provider.getMixer(info));
                }
            }
        } catch (ServiceConfigurationError | LinkageError none) {
            LOG.debug("This runtime has no sound library: {}", none.toString());
        }
    }

    @Override
    public Line openInput(AudioDevice device, PcmFormat format, int bufferMillis) throws IOException {
        AudioFormat wanted = format(format);
        try {
            TargetDataLine line = (TargetDataLine) mixer(device).getLine(new DataLine.Info(TargetDataLine.class, wanted));
            line.open(wanted, bytes(wanted, bufferMillis));
            line.start();
            return new Input(line);
        } catch (LineUnavailableException | IllegalArgumentException | SecurityException refused) {
            throw refusal(device, format, refused);
        }
    }

    @Override
    public Line openOutput(AudioDevice device, PcmFormat format, int bufferMillis) throws IOException {
        AudioFormat wanted = format(format);
        try {
            SourceDataLine line = (SourceDataLine) mixer(device).getLine(new DataLine.Info(SourceDataLine.class, wanted));
            line.open(wanted, bytes(wanted, bufferMillis));
            line.start();
            return new Output(line);
        } catch (LineUnavailableException | IllegalArgumentException | SecurityException refused) {
            throw refusal(device, format, refused);
        }
    }

    private static Mixer mixer(AudioDevice device) throws IOException {
        return known().stream().filter(one -> one.device.id().equals(device.id())).map(Known::mixer).findFirst()
                .orElseThrow(() -> new IOException(device.name() + " is not plugged in"));
    }

    private static AudioFormat format(PcmFormat format) {
        return new AudioFormat(format.sampleRate(), 16, format.channels(), true, false);
    }

    private static int bytes(AudioFormat format, int millis) {
        return (int) (format.getFrameRate() / 1000 * millis) * format.getFrameSize();
    }

    private static IOException refusal(AudioDevice device, PcmFormat format, Exception cause) {
        return new IOException(device.name() + " cannot be opened at " + format.sampleRate() + " Hz with " + format.channels()
                + (format.channels() == 1 ? " channel: " : " channels: ") + cause.getMessage(), cause);
    }

    private record Input(TargetDataLine line) implements Line {
        @Override
        public int transfer(byte[] bytes, int offset, int length) {
            return line.read(bytes, offset, length);
        }

        @Override
        public boolean isReady(int length) {
            return line.available() >= length;
        }

        @Override
        public void close() {
            line.stop();
            line.close();
        }
    }

    private record Output(SourceDataLine line) implements Line {
        @Override
        public int transfer(byte[] bytes, int offset, int length) {
            return line.write(bytes, offset, length);
        }

        @Override
        public boolean isReady(int length) {
            return line.available() >= length;
        }

        @Override
        public void close() {
            line.stop();
            line.close();
        }
    }
}
