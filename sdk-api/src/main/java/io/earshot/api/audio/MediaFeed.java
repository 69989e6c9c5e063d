package io.earshot.api.audio;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;

/**
 * How a copy of a call's sound is cut into packets for another program. Immutable; the {@code with} methods return changed copies.
 *
 * @param form what a packet holds
 * @param header what stands before it
 * @param line the number that the header shows, 0 to 127
 * @param callId the Call-ID that the header shows
 * @param marks whether a packet {@code BOF} begins and a packet {@code EOF} ends the stream, each with the header
 */
public record MediaFeed(Form form, Header header, int line, String callId, boolean marks) {
    /** Linear PCM without headers and marks. */
    public static final MediaFeed PCM = new MediaFeed(Form.PCM, Header.NONE, 0, "", false);

    /** What a packet holds; PCM is 16 bit, mono, little-endian, 20 ms. */
    public enum Form {
        /** PCM at the rate of the call's codec. */
        PCM,
        /** The RTP packet as it came or went, decrypted. */
        RTP,
        /** PCM at 8 kHz. */
        PCM_8000,
        /** PCM at 16 kHz. */
        PCM_16000,
        /** The payload of the RTP packet. */
        PAYLOAD
    }

    /** What stands before the sound in each packet. */
    public enum Header {
        /** Nothing. */
        NONE,
        /** The line in decimal digits and a comma. */
        LINE_TEXT,
        /** The line, a comma, the Call-ID, a comma. */
        LINE_AND_CALL_ID_TEXT,
        /** One byte: the line. */
        LINE_BYTE,
        /** Two bytes: the line, and 0 for unknown, 1 for silence, 2 for speech. */
        LINE_AND_VOICE_BYTES
    }

    /** Which side's sound. */
    public enum Side {
        /** What the peer says. */
        INCOMING,
        /** What the peer hears. */
        OUTGOING
    }

    /** Checks. */
    public MediaFeed {
        requireNonNull(form, "form");
        requireNonNull(header, "header");
        Check.line(callId, "callId");
        if (line < 0 || line > 127) {
            throw new IllegalArgumentException("the line must be 0 to 127, not " + line);
        }
    }

    /** Returns a copy in another form. */
    public MediaFeed withForm(Form other) {
        return new MediaFeed(other, header, line, callId, marks);
    }

    /** Returns a copy with a header. */
    public MediaFeed withHeader(Header kind, int shownLine, String shownCallId) {
        return new MediaFeed(form, kind, shownLine, shownCallId, marks);
    }

    /** Returns a copy with marks, or without. */
    public MediaFeed withMarks(boolean on) {
        return new MediaFeed(form, header, line, callId, on);
    }
}
