package io.earshot.rtp.dtmf;

/**
 * A telephone event that is over.
 *
 * @param event 0 to 255; see {@link TelephoneEvent#digit}
 * @param volume in -dBm0
 * @param millis how long it sounded, as far as its packets told
 */
public record ReceivedEvent(int event, int volume, long millis) {
    /** Returns the digit, {@code !} for the flash, 0 for an event that is neither. */
    public char digit() {
        return TelephoneEvent.digit(event);
    }
}
