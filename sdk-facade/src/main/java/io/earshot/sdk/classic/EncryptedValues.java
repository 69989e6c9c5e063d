package io.earshot.sdk.classic;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values written as {@code encrypted__X__text} or {@code encrypted_X__text}, X being the method: only 4, base64, needs no secret key. */
final class EncryptedValues {
    private static final Pattern FORM = Pattern.compile("encrypted_{1,2}([0-9]{1,2})_{1,2}(.*)", Pattern.DOTALL);
    private static final String BASE64 = "4";

    private EncryptedValues() {
    }

    /**
     * The outcome of reading a value.
     *
     * @param text what it says; empty when it cannot be read
     * @param problem why it cannot, without any part of the value
     */
    record Read(Optional<String> text, String problem) { }

    /** Reads a value, plain or not. */
    static Read read(String value) {
        Matcher form = FORM.matcher(value);
        if (!form.matches()) {
            return new Read(Optional.of(value), "");
        }
        if (!form.group(1).equals(BASE64)) {
            return new Read(Optional.empty(), "is encrypted by method " + form.group(1) + ", whose key this program does not have: give it "
                    + "as encrypted__4__ and base64, or plain");
        }
        try {
            byte[] plain = Base64.getDecoder().decode(form.group(2).strip());
            return new Read(Optional.of(new String(plain, StandardCharsets.UTF_8)), "");
        } catch (IllegalArgumentException malformed) {
            return new Read(Optional.empty(), "is to be base64 after encrypted__4__, and is not");
        }
    }
}
