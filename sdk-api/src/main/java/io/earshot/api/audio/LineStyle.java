package io.earshot.api.audio;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.Set;

/**
 * How a sound system opens and serves its lines, for cards and machines that want it otherwise than usual. A sound system that cannot do
 * something of this leaves it. Immutable; start from {@link #DEFAULT}.
 *
 * @param stereo whether speakers are asked for two channels first; both get the same
 * @param captureMillis what the line of a microphone holds, 10 to 1000 ms: more survives longer pauses of the machine, and may be later
 * @param polled whether microphones are asked every few milliseconds whether there is something, rather than waited for
 * @param shared lines that have no thread of their own; those that are here share one, which saves threads on small machines
 * @param raiseLevels whether the system's own mixer is un-muted and turned up, where it is muted or very low, when the phone first looks
 *     for devices; this changes what other programs sound like
 * @param names the characters of the names of devices, where they come out garbled; empty for what Java makes of them
 */
public record LineStyle(boolean stereo, int captureMillis, boolean polled, Set<AudioDevices.Role> shared, boolean raiseLevels,
        Optional<Charset> names) {
    /** One channel where the card does one, 40 ms, a thread for each line, and nothing of the system is changed. */
    public static final LineStyle DEFAULT = new LineStyle(false, 40, false, Set.of(), false, Optional.empty());

    public LineStyle {
        Check.range(captureMillis, 10, 1000, "captureMillis", "40 is usual");
        shared = Check.set(shared, "shared");
        requireNonNull(names, "names");
    }

    /** Returns this with speakers of two channels or not. */
    public LineStyle withStereo(boolean on) {
        return new LineStyle(on, captureMillis, polled, shared, raiseLevels, names);
    }

    /** Returns this with another way to read microphones. */
    public LineStyle withCapture(int millis, boolean byPolling) {
        return new LineStyle(stereo, millis, byPolling, shared, raiseLevels, names);
    }

    /** Returns this with one thread for these. */
    public LineStyle withShared(Set<AudioDevices.Role> roles) {
        return new LineStyle(stereo, captureMillis, polled, roles, raiseLevels, names);
    }

    /** Returns this that turns the system's own mixer up or not. */
    public LineStyle withRaiseLevels(boolean on) {
        return new LineStyle(stereo, captureMillis, polled, shared, on, names);
    }

    /** Returns this with names of devices in these characters. */
    public LineStyle withNames(Charset characters) {
        return new LineStyle(stereo, captureMillis, polled, shared, raiseLevels, Optional.of(requireNonNull(characters, "characters")));
    }
}
