package io.earshot.audio.javasound;

import io.earshot.api.audio.spi.AudioBackend.AudioDevice;
import io.earshot.api.audio.spi.AudioBackend.PcmFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which formats a device is asked for, one after another: the wanted one, then those that sound cards can do. */
final class LineFormats {
    private static final int[] USUAL_RATES = {48_000, 44_100, 32_000, 16_000, 8000};

    private LineFormats() {
    }

    /** Returns what to try: no rate below the wanted one comes before a rate above it. */
    static List<PcmFormat> candidates(PcmFormat wanted) {
        return candidates(wanted, wanted.channels());
    }

    /** Returns what to try with this many channels first. */
    private static List<PcmFormat> candidates(PcmFormat wanted, int channels) {
        Set<PcmFormat> all = new LinkedHashSet<>();
        all.add(new PcmFormat(wanted.sampleRate(), channels));
        all.add(new PcmFormat(wanted.sampleRate(), 3 - channels));
        for (boolean enough : new boolean[] {true, false}) {
            for (int rate : USUAL_RATES) {
                if (rate >= wanted.sampleRate() == enough) {
                    all.add(new PcmFormat(rate, channels));
                    all.add(new PcmFormat(rate, 3 - channels));
                }
            }
        }
        return new ArrayList<>(all);
    }

    /** An open line and what it was opened with. */
    record Opened(SoundSystem.Line line, PcmFormat format) { }

    /** Opens lines of one direction. */
    interface Opener {
        SoundSystem.Line open(AudioDevice device, PcmFormat format, int bufferMillis) throws IOException;
    }

    /**
     * Opens a device with the first format that it takes.
     *
     * @throws IOException when it takes none; says why it refused the wanted one
     */
    static Opened open(Opener opener, AudioDevice device, PcmFormat wanted, int bufferMillis) throws IOException {
        return open(opener, device, wanted, bufferMillis, wanted.channels() == 2);
    }

    /** Opens a device with the first format that it takes, with two channels where it has them and that is wanted. */
    static Opened open(Opener opener, AudioDevice device, PcmFormat wanted, int bufferMillis, boolean stereo) throws IOException {
        IOException first = null;
        for (PcmFormat format : candidates(wanted, stereo ? 2 : wanted.channels())) {
            try {
                return new Opened(opener.open(device, format, bufferMillis), format);
            } catch (IOException refused) {
                if (first == null) {
                    first = refused;
                } else {
                    first.addSuppressed(refused);
                }
            }
        }
        throw first;
    }
}
