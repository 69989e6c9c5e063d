package io.earshot.api.calls;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.util.Locale;

/**
 * Why a call was ended, refused or cancelled (RFC 3326).
 *
 * @param protocol {@code SIP}, {@code Q.850} or another word
 * @param cause a SIP status or a Q.850 cause; 0 when there is none
 * @param text for people; may be empty
 */
public record CallReason(String protocol, int cause, String text) implements CallHeader {
    /** Checks the parts. */
    public CallReason {
        requireNonNull(protocol, "protocol");
        Check.line(text, "text");
        Check.range(cause, 0, 999, "cause", "0 is none");
        if (protocol.isEmpty() || !protocol.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '.' || c == '-')) {
            throw new IllegalArgumentException("the protocol of a reason must be one word as SIP or Q.850, not \"" + protocol + "\"");
        }
    }

    /** Returns a reason with a SIP status. */
    public static CallReason sip(int status, String text) {
        return new CallReason("SIP", status, text);
    }

    /** Returns a reason with a cause of ITU-T Q.850, as 16 for an ordinary end. */
    public static CallReason q850(int cause, String text) {
        return new CallReason("Q.850", cause, text);
    }

    /** Returns what tells the other phones of a user that one has taken the call, so that they show no missed call. */
    public static CallReason answeredElsewhere() {
        return sip(200, "Call completed elsewhere");
    }

    /** Tells whether another phone took the call. */
    public boolean isAnsweredElsewhere() {
        return protocol.equalsIgnoreCase("SIP") && cause == 200 || text.toLowerCase(Locale.ROOT).contains("completed elsewhere");
    }

    @Override
    public String name() {
        return "Reason";
    }

    @Override
    public String value() {
        return protocol + (cause == 0 ? "" : ";cause=" + cause)
                + (text.isEmpty() ? "" : ";text=\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    }
}
