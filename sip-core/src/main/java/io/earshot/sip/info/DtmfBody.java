package io.earshot.sip.info;

import io.earshot.sip.message.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A key that was pressed, as INFO carries it by common practice: {@code application/dtmf-relay} with {@code Signal} and {@code Duration},
 * or {@code application/dtmf} with the key alone.
 *
 * @param key one of {@code 0-9 * # A-D}, or {@code !} for a hook flash
 * @param milliseconds how long it was pressed, 1 to 10000
 */
public record DtmfBody(char key, int milliseconds) {
    /** What is taken when a body does not say how long. */
    public static final int USUAL_MILLISECONDS = 160;
    /** The longest press that is believed. */
    public static final int LONGEST_MILLISECONDS = 10_000;
    /** The key alone. */
    public static final MediaType PLAIN = MediaType.of("application", "dtmf");
    /** The keys, each at the place of its event code (RFC 4733 §3.2). */
    private static final String KEYS = "0123456789*#ABCD!";
    private static final int LONGEST_BODY = 1_024;

    public DtmfBody {
        if (KEYS.indexOf(key) < 0) {
            throw new IllegalArgumentException("'" + key + "' is no key: there are 0 to 9, *, #, A to D and ! for a flash");
        }
        if (milliseconds < 1 || milliseconds > LONGEST_MILLISECONDS) {
            throw new IllegalArgumentException("a key is pressed for 1 to " + LONGEST_MILLISECONDS + " ms, not " + milliseconds);
        }
    }

    /** Tells whether a body of this type is one of the two. */
    public static boolean isDtmf(MediaType type) {
        return type.matches(MediaType.APPLICATION_DTMF_RELAY) || type.matches(PLAIN);
    }

    /** Reads a body; empty when it names no key. Each form is read under either type, as peers mix them up. */
    public static Optional<DtmfBody> parse(byte[] body) {
        if (body.length > LONGEST_BODY) {
            return Optional.empty();
        }
        String text = new String(body, StandardCharsets.ISO_8859_1);
        if (text.indexOf('=') < 0) {
            return key(text.strip()).map(key -> new DtmfBody(key, USUAL_MILLISECONDS));
        }
        Optional<Character> key = Optional.empty();
        int duration = USUAL_MILLISECONDS;
        for (String line : text.split("[\r\n]+")) {
            int equals = line.indexOf('=');
            String name = equals < 0 ? "" : line.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            if (name.equals("signal")) {
                key = key(line.substring(equals + 1).strip());
            } else if (name.equals("duration")) {
                duration = duration(line.substring(equals + 1).strip());
            }
        }
        int pressed = duration;
        return key.map(found -> new DtmfBody(found, pressed));
    }

    /** A key by its name or by its event code of two digits. */
    private static Optional<Character> key(String text) {
        if (text.length() == 1) {
            char key = Character.toUpperCase(text.charAt(0));
            return KEYS.indexOf(key) >= 0 ? Optional.of(key) : Optional.empty();
        }
        if (text.length() == 2 && text.charAt(0) == '1' && text.charAt(1) >= '0' && text.charAt(1) <= '6') {
            return Optional.of(KEYS.charAt(10 + text.charAt(1) - '0'));
        }
        return text.equalsIgnoreCase("flash") ? Optional.of('!') : Optional.empty();
    }

    private static int duration(String text) {
        boolean number = !text.isEmpty() && text.length() < 7 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Math.max(1, Math.min(LONGEST_MILLISECONDS, Integer.parseInt(text))) : USUAL_MILLISECONDS;
    }

    /** Returns the body of type {@code application/dtmf-relay}. */
    public byte[] relay() {
        String signal = key == '!' ? "16" : String.valueOf(key);
        return ("Signal=" + signal + "\r\nDuration=" + milliseconds + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the body of type {@code application/dtmf}. */
    public byte[] plain() {
        return (key == '!' ? "16" : String.valueOf(key)).getBytes(StandardCharsets.US_ASCII);
    }
}
