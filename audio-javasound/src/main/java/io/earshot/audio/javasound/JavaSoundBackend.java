package io.earshot.audio.javasound;

import static java.util.Objects.requireNonNull;

import io.earshot.api.audio.AudioDevices.Role;
import io.earshot.api.audio.LineStyle;
import io.earshot.api.audio.spi.AudioBackend;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The devices of a sound system, each line with a thread of its own. */
final class JavaSoundBackend implements AudioBackend {
    private static final Logger LOG = LoggerFactory.getLogger(JavaSoundBackend.class);

    private final SoundSystem system;
    private final LineStyle style;
    private final Pump shared = new Pump();
    private final Set<LineThread> lines = ConcurrentHashMap.newKeySet();

    JavaSoundBackend(SoundSystem system, LineStyle style) {
        this.system = requireNonNull(system);
        this.style = requireNonNull(style);
        if (style.raiseLevels()) {
            system.raiseLevels();
        }
    }

    /** Microphones that are polled have a thread that does so, those of several lines share one. */
    private Optional<Pump> pump(Role role) {
        return style.shared().contains(role) ? Optional.of(shared) : style.polled() && role == Role.MICROPHONE ? Optional.of(new Pump())
                : Optional.empty();
    }

    @Override
    public List<AudioDevice> devices() {
        return style.names().map(characters -> system.devices().stream().map(one -> DeviceNames.in(characters, one)).toList())
                .orElseGet(system::devices);
    }

    @Override
    public CaptureLine openCapture(AudioDevice device, PcmFormat format) throws IOException {
        LineFormats.Opened opened = LineFormats.open(system::openInput, device, checked(format), style.captureMillis());
        told(device, format, opened.format());
        LineThread[] self = new LineThread[1];
        CaptureThread line = new CaptureThread(opened.line(), opened.format(), format, () -> lines.remove(self[0]),
                pump(Role.MICROPHONE));
        self[0] = line;
        lines.add(line);
        return line;
    }

    @Override
    public PlaybackLine openPlayback(AudioDevice device, PcmFormat format) throws IOException {
        LineFormats.Opened opened = LineFormats.open(system::openOutput, device, checked(format), Latency.LINE_MILLIS,
                style.stereo());
        told(device, format, opened.format());
        LineThread[] self = new LineThread[1];
        Role role = lines.stream().anyMatch(PlaybackThread.class::isInstance) ? Role.RINGER : Role.SPEAKER;
        PlaybackThread line = new PlaybackThread(opened.line(), opened.format(), format, () -> lines.remove(self[0]), pump(role));
        self[0] = line;
        lines.add(line);
        return line;
    }

    private static PcmFormat checked(PcmFormat format) {
        if (format.sampleRate() < 8000 || format.sampleRate() > 48_000 || format.sampleRate() % 100 != 0) {
            throw new IllegalArgumentException("the sample rate must be 8000 to 48000, in hundreds, not " + format.sampleRate());
        }
        if (format.channels() != 1 && format.channels() != 2) {
            throw new IllegalArgumentException("there must be 1 or 2 channels, not " + format.channels());
        }
        return format;
    }

    private static void told(AudioDevice device, PcmFormat wanted, PcmFormat opened) {
        LOG.info("{} is open at {} Hz{}", device.name(), opened.sampleRate(), opened.equals(wanted) ? "" : ", " + opened.channels()
                + " channel(s), converted to " + wanted.sampleRate() + " Hz");
    }

    /** Returns how many lines are open. */
    int open() {
        return lines.size();
    }

    @Override
    public void close() {
        lines.forEach(LineThread::close);
        lines.clear();
    }
}
