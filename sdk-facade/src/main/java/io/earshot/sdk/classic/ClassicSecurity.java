package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.choice;
import static io.earshot.sdk.classic.ClassicParameter.number;

import io.earshot.api.Encryption;
import io.earshot.api.MediaEncryption;
import io.earshot.api.MediaEncryption.Demand;
import io.earshot.api.MediaEncryption.KeyMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The classic parameters of encrypted sound. */
final class ClassicSecurity {
    private static final List<String> SUITES = List.of("AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32", "AES_CM_256_HMAC_SHA1_80",
            "AES_CM_256_HMAC_SHA1_32", "AES_256_CM_HMAC_SHA1_80", "AES_256_CM_HMAC_SHA1_32", "AES_192_CM_HMAC_SHA1_80",
            "AES_192_CM_HMAC_SHA1_32", "AEAD_AES_128_GCM", "AEAD_AES_256_GCM");
    private static final int AUTO = -1;
    private static final int NONE = 0;
    private static final int WHEN_OFFERED = 1;
    private static final int ZRTP = 3;
    private static final int DTLS = 4;
    private static final int STRICT = 2;

    static final List<ClassicParameter> ROWS = ParameterGroup.SECURITY.rows(
            number("mediaencryption", AUTO, DTLS, AUTO,
                    "SRTP: -1 when offered over TLS, 0 none, 1 when offered, 2 by SDES, 3 by ZRTP, 4 by DTLS (Earshot)").live(),
            number("strictsrtp", 0, 3, 1,
                    "what mediaencryption 2 to 4 do with a peer that cannot: 0 and 1 talk in clear, 2 and 3 end the call").live(),
            choice("srtp_suite", SUITES.get(0), SUITES, "the SRTP suite to offer first").live());

    private ClassicSecurity() {
    }

    static MediaEncryption encryption(ClassicParameters from) {
        long mode = from.number("mediaencryption");
        MediaEncryption suites = MediaEncryption.WHEN_OFFERED.withSuites(suites(from));
        if (mode == NONE) {
            return MediaEncryption.NONE;
        } else if (mode == AUTO) {
            return suites;
        } else if (mode == WHEN_OFFERED) {
            return suites.withKeysInClear();
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
        long mode = from.number("mediaencryption");
        boolean exposed = mode == 2 && !isTls(from);
        return exposed ? Optional.of("mediaencryption=2 without TLS: whoever sees the signalling can read the keys of calls")
                : Optional.empty();
    }

    static boolean isTls(ClassicParameters from) {
        return from.number("transport") == 2 || from.text("serveraddress").startsWith("sips:")
                || from.text("serveraddress").startsWith("wss:") || from.text("serveraddress").endsWith(":5061");
    }

    /** Returns 1 for encryption whose keys others may have read, 3 for one that the call would not go without, 2 for others. */
    static int strength(Encryption how) {
        return how.keysExposed() ? 1 : how.required() ? 3 : 2;
    }
}
