package io.earshot.codec.speex;

import io.earshot.api.codec.spi.FormatParameters;
import java.util.ArrayList;
import java.util.List;

/**
 * What a peer's {@code a=fmtp} asks of our encoder (RFC 5574 §6.1). What cannot be understood counts as not said.
 *
 * @param rate how the bit rate goes
 * @param comfortNoise whether the peer fills silence with noise of its own, so that we need not send any
 * @param modes the modes that the peer decodes, best first; not empty
 * @param anyMode whether it decodes all others too
 */
record SpeexParameters(Rate rate, boolean comfortNoise, List<Integer> modes, boolean anyMode) {
    /** Constant; varying with the speech; or constant, with short frames in silence. */
    enum Rate { CONSTANT, VARIABLE, VOICE_ACTIVITY }

    static SpeexParameters of(SpeexBand band, FormatParameters fmtp) {
        Rate rate = switch (fmtp.get("vbr").orElse("off")) {
            case "on" -> Rate.VARIABLE;
            case "vad" -> Rate.VOICE_ACTIVITY;
            default -> Rate.CONSTANT;
        };
        List<Integer> modes = new ArrayList<>();
        boolean any = false;
        for (String part : fmtp.get("mode").orElse("").replace("\"", "").split(",")) {
            String mode = part.strip();
            any |= mode.equals("any");
            if (mode.matches("[0-9]{1,2}") && band.hasMode(Integer.parseInt(mode)) && !modes.contains(Integer.parseInt(mode))) {
                modes.add(Integer.parseInt(mode));
            }
        }
        if (modes.isEmpty()) {
            modes.add(band.defaultMode());
            any = true;
        }
        return new SpeexParameters(rate, fmtp.get("cng").orElse("off").equals("on"), List.copyOf(modes), any);
    }

    /**
     * Returns the mode to use when so many bits per second are to be had: the preferred one if it keeps within them, else of those that the
     * peer decodes the one that comes nearest from below, else the lowest.
     */
    int modeFor(SpeexBand band, int bitsPerSecond) {
        int best = modes.get(0);
        if (band.bitrate(best) <= bitsPerSecond) {
            return best;
        }
        int lowest = best;
        int fitting = -1;
        for (int mode = band.lowestMode(); mode <= band.highestMode(); mode++) {
            if (!anyMode && !modes.contains(mode)) {
                continue;
            }
            int rate = band.bitrate(mode);
            lowest = rate < band.bitrate(lowest) ? mode : lowest;
            fitting = rate <= bitsPerSecond && (fitting < 0 || rate > band.bitrate(fitting)) ? mode : fitting;
        }
        return fitting < 0 ? lowest : fitting;
    }
}
