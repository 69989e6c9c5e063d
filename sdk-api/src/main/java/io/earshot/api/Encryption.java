package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

/**
 * How the sound of a call is encrypted now, both ways.
 *
 * @param keys where the keys came from
 * @param suite the SRTP suite, as {@code AES_CM_128_HMAC_SHA1_80}
 * @param keysExposed whether the keys travelled in signalling that is not encrypted, where others may have read them
 * @param required whether the call would have failed without encryption
 */
public record Encryption(MediaEncryption.KeyMethod keys, String suite, boolean keysExposed, boolean required) {
    public Encryption {
        requireNonNull(keys, "keys");
        requireNonNull(suite, "suite");
    }
}
