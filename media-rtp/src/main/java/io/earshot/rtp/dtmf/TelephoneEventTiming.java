package io.earshot.rtp.dtmf;

/**
 * How digits are played.
 *
 * @param toneMillis length of a digit, 40 to 8000: what is shorter, receivers built to Q.24 may miss
 * @param gapMillis silence between digits, 40 to 8000
 * @param packetMillis time between the packets of one event, 10 to 100 (RFC 4733 §2.5.1.2 recommends 50; 20 survives more loss)
 * @param volume level in -dBm0, 0 to 63
 */
public record TelephoneEventTiming(int toneMillis, int gapMillis, int packetMillis, int volume) {
    /** 120 ms on, 80 ms off, a packet every 20 ms, -10 dBm0. */
    public static final TelephoneEventTiming DEFAULT = new TelephoneEventTiming(120, 80, 20, 10);

    /** Checks the ranges. */
    public TelephoneEventTiming {
        check("tone", toneMillis, 40, 8000);
        check("gap", gapMillis, 40, 8000);
        check("packet time", packetMillis, 10, 100);
        check("volume", volume, 0, TelephoneEvent.QUIETEST);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value + " is outside " + least + " to " + most);
        }
    }
}
