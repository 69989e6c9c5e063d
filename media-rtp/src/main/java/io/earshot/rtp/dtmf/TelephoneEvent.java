package io.earshot.rtp.dtmf;

import io.earshot.rtp.wire.Wire;

/** The payload of a telephone event (RFC 4733 §2.3), and the events themselves: 0 to 15 are the digits, 16 is the flash. Stateless. */
public final class TelephoneEvent {
    /** Length of the payload. */
    public static final int BYTES = 4;
    /** A short press of the hook (RFC 2833 §3.10; RFC 4730 keeps it). */
    public static final int FLASH = 16;
    /** The longest duration one packet can tell, in ticks; longer events go on in a new segment (RFC 4733 §2.5.1.3). */
    public static final int LONGEST_TICKS = 0xFFFF;
    /** The quietest level, in -dBm0. */
    public static final int QUIETEST = 63;

    private static final String DIGITS = "0123456789*#ABCD";
    private static final int END = 0x80;
    private static final int VOLUME = 0x3F;

    private TelephoneEvent() {
    }

    /** Returns the event of a digit, {@code 0-9 * # A-D a-d}, or of the flash, {@code ! F f}; -1 for any other character. */
    public static int ofDigit(char digit) {
        char upper = Character.toUpperCase(digit);
        return upper == '!' || upper == 'F' ? FLASH : DIGITS.indexOf(upper);
    }

    /** Returns the digit of an event, {@code !} for the flash; 0 for an event that is neither. */
    public static char digit(int event) {
        if (event == FLASH) {
            return '!';
        }
        return event >= 0 && event < DIGITS.length() ? DIGITS.charAt(event) : 0;
    }

    /** Writes a payload; returns its length. */
    static int write(byte[] out, int offset, int event, boolean end, int volume, int ticks) {
        out[offset] = (byte) event;
        out[offset + 1] = (byte) ((end ? END : 0) | volume & VOLUME);
        Wire.put16(out, offset + 2, ticks);
        return BYTES;
    }

    static int event(byte[] payload, int offset) {
        return Wire.u8(payload, offset);
    }

    static boolean end(byte[] payload, int offset) {
        return (payload[offset + 1] & END) != 0;
    }

    static int volume(byte[] payload, int offset) {
        return payload[offset + 1] & VOLUME;
    }

    static int ticks(byte[] payload, int offset) {
        return Wire.u16(payload, offset + 2);
    }
}
