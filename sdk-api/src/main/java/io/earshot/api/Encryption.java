package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

import java.util.Optional;

/**
 * How the sound of a call is encrypted now, both ways.
 *
 * @param keys where the keys came from
 * @param suite the SRTP suite, as {@code AES_CM_128_HMAC_SHA1_80}
 * @param keysExposed whether the keys travelled in signalling that is not encrypted, where others may have read them
 * @param required whether the call would have failed without encryption
 * @param shortString four characters that the two users read to each other, where the keys came by ZRTP: they are the same at both ends
 *     unless somebody is in between
 * @param verified whether both users have found that string to be the same, in this call ({@link CallSecurity#compared}) or in an earlier
 *     one that a secret kept by both phones binds this one to
 */
public record Encryption(MediaEncryption.KeyMethod keys, String suite, boolean keysExposed, boolean required,
        Optional<String> shortString, boolean verified) {
    public Encryption {
        requireNonNull(keys, "keys");
        requireNonNull(suite, "suite");
        requireNonNull(shortString, "shortString");
    }

    /** Encryption for which the signalling vouches. */
    public Encryption(MediaEncryption.KeyMethod keys, String suite, boolean keysExposed, boolean required) {
        this(keys, suite, keysExposed, required, Optional.empty(), false);
    }
}
