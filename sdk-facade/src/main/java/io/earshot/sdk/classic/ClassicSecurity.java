package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.choice;
import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.yesNo;

import io.earshot.api.Encryption;
import io.earshot.api.MediaEncryption;
import io.earshot.api.MediaEncryption.Demand;
import io.earshot.api.MediaEncryption.KeyMethod;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The classic parameters of encrypted sound. */
final class ClassicSecurity {
    private static final List<String> SUITES = List.of("AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32", "AES_CM_256_HMAC_SHA1_80",
            "AES_CM_256_HMAC_SHA1_32", "AES_256_CM_HMAC_SHA1_80", "AES_256_CM_HMAC_SHA1_32", "AES_192_CM_HMAC_SHA1_80",
            "AES_192_CM_HMAC_SHA1_32", "AEAD_AES_128_GCM", "AEAD_AES_256_GCM");
    private static final int AUTO = -1;
    private static final int NONE = 0;
    private static final int WHEN_OFFERED = 1;
    private static final int SDES = 2;
    private static final int BASE64 = 4;
    private static final int ZRTP = 3;
    private static final int DTLS = 4;
    private static final int STRICT = 2;
    private static final int ONLY_ENCRYPTED = 3;

    static final List<ClassicParameter> ROWS = ParameterGroup.SECURITY.rows(
            number("mediaencryption", AUTO, DTLS, AUTO,
                    "SRTP: -1 when offered over TLS, 0 none, 1 when offered, 2 by SDES, 3 by ZRTP, 4 by DTLS (Earshot)").live(),
            number("strictsrtp", 0, 3, 1,
                    "what mediaencryption 2 to 4 do with a peer that cannot: 0 and 1 talk in clear, 2 and 3 end the call; "
                            + "3 does so with -1 and 1 too").live(),
            yesNo("encrypted", false, "signalling by TLS and sound by SRTP, where transport and mediaencryption say nothing else").live(),
            yesNo("useencryption", false, "the same as encrypted").live(),
            number("pwdencrypted", 0, 4, 0, "password and passwordN are given: 0 plain, 4 in base64; 1 to 3 need keys that only their "
                    + "vendor has").live(),
            choice("srtp_suite", SUITES.get(0), SUITES, "the SRTP suite to offer first").live());

    private ClassicSecurity() {
    }

    /** Tells whether everything is to be encrypted, in the words of one vendor. */
    static boolean isWanted(ClassicParameters from) {
        return from.isOn("encrypted") || from.isOn("useencryption");
    }

    private static long mode(ClassicParameters from) {
        return from.given("mediaencryption").isEmpty() && isWanted(from) ? SDES : from.number("mediaencryption");
    }

    /**
     * Returns a password as it is given.
     *
     * @throws IllegalArgumentException when it is to be base64 and is not, without repeating it
     */
    static Optional<String> password(ClassicParameters from, String name) {
        Optional<String> given = from.given(name);
        if (from.number("pwdencrypted") != BASE64 || given.isEmpty()) {
            return given;
        }
        try {
            return Optional.of(new String(Base64.getDecoder().decode(given.get().strip()), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("parameter " + name + " is to be base64, for pwdencrypted is 4, and is not", malformed);
        }
    }

    /** Returns what is wrong with the values given, if something is. */
    static Optional<String> problem(Map<String, String> values) {
        String method = values.getOrDefault("pwdencrypted", "0");
        if (!method.equals("0") && !method.equals("4")) {
            values.remove("pwdencrypted");
            return Optional.of("parameter pwdencrypted=" + method + ": the key of this method is its vendor's; give 4 and base64, or 0");
        }
        try {
            ClassicParameters from = ClassicParameters.checked(values);
            values.keySet().stream().filter(name -> name.matches("password[0-9]*")).forEach(name -> password(from, name));
            return Optional.empty();
        } catch (IllegalArgumentException malformed) {
            values.remove("pwdencrypted");
            return Optional.of(malformed.getMessage());
        }
    }

    static MediaEncryption encryption(ClassicParameters from) {
        long mode = mode(from);
        MediaEncryption suites = MediaEncryption.WHEN_OFFERED.withSuites(suites(from));
        if (mode == NONE) {
            return MediaEncryption.NONE;
        } else if (mode == AUTO || mode == WHEN_OFFERED) {
            MediaEncryption taken = from.number("strictsrtp") == ONLY_ENCRYPTED ? suites.withDemand(Demand.REQUIRED) : suites;
            return mode == AUTO ? taken : taken.withKeysInClear();
        }
        MediaEncryption offered = suites.withDemand(from.number("strictsrtp") >= STRICT ? Demand.REQUIRED : Demand.OPTIONAL);
        // Who asks for SRTP over UDP has been told by a warning what that is worth, and gets it (B-198).
        if (mode == ZRTP) {
            return offered.withKeys(KeyMethod.ZRTP);
        }
        return mode == DTLS ? MediaEncryption.DTLS.withDemand(offered.demand()) : offered.withKeysInClear();
    }

    /** The one that was asked for comes first; others may be agreed on (B-198). */
    private static String[] suites(ClassicParameters from) {
        Optional<String> first = from.given("srtp_suite");
        if (first.isEmpty()) {
            return new String[0];
        }
        List<String> all = new ArrayList<>(List.of(first.get()));
        SUITES.stream().filter(suite -> !suite.startsWith("AES_CM_256") && !suite.equalsIgnoreCase(first.get())).forEach(all::add);
        return all.toArray(String[]::new);
    }

    /** Returns what a user should know whose keys everybody on the way can read, or whose wish there is no way to fulfil. */
    static Optional<String> warning(ClassicParameters from) {
        long mode = mode(from);
        boolean exposed = mode == 2 && !isTls(from);
        return exposed ? Optional.of("mediaencryption=2 without TLS: whoever sees the signalling can read the keys of calls")
                : Optional.empty();
    }

    static boolean isTls(ClassicParameters from) {
        return from.number("transport") == 2 || from.given("transport").isEmpty() && isWanted(from)
                || from.text("serveraddress").startsWith("sips:")
                || from.text("serveraddress").startsWith("wss:") || from.text("serveraddress").endsWith(":5061");
    }

    /** Returns 1 for encryption whose keys others may have read, 3 for one that the call would not go without, 2 for others. */
    static int strength(Encryption how) {
        return how.keysExposed() ? 1 : how.required() ? 3 : 2;
    }
}
