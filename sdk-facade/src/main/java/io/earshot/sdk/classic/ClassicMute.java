package io.earshot.sdk.classic;

import io.earshot.api.audio.CallAudio;
import java.util.concurrent.atomic.AtomicInteger;

/** What of a call is muted: the speaker ("out" in classic words), the microphone ("in"), or both (coverage C-01). */
final class ClassicMute {
    private static final int SPEAKER = 1;
    private static final int MICROPHONE = 2;
    private static final int BOTH = SPEAKER | MICROPHONE;

    private final AtomicInteger muted = new AtomicInteger();
    /** What is muted on top of that while we hold the call. */
    private final AtomicInteger held = new AtomicInteger();

    /** Returns which directions the number of API_MuteEx means: 1 speaker, 2 microphone, 3 both; 0 when muting is switched off. */
    static int directions(int direction, int standard) {
        int meant = direction == 4 ? standard == 4 ? 3 : standard : direction;
        return switch (meant) {
            case 1 -> SPEAKER;
            case 2 -> MICROPHONE;
            case 0, 3 -> BOTH;
            default -> 0;
        };
    }

    void set(boolean mute, int directions) {
        muted.updateAndGet(old -> mute ? old | directions : old & ~directions);
    }

    void whileHeld(int directions) {
        held.set(directions);
    }

    /** Puts it into force. */
    void apply(CallAudio audio) {
        audio.muteIncoming((now() & SPEAKER) != 0);
        audio.muteOutgoing(isMicrophone());
    }

    private int now() {
        return muted.get() | held.get();
    }

    /** Tells whether the peer does not hear us. */
    boolean isMicrophone() {
        return (now() & MICROPHONE) != 0;
    }

    /** Returns 0 for nothing, 1 for both, 2 for the speaker, 3 for the microphone. */
    int answer() {
        return switch (now()) {
            case SPEAKER -> 2;
            case MICROPHONE -> 3;
            case BOTH -> 1;
            default -> 0;
        };
    }

    /** What the mute field of STATUS says: the scale is that of hold, and above 0 means muted (coverage C-02). */
    int mark() {
        return now() == 0 ? 0 : 2;
    }
}
