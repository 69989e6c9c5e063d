package io.earshot.api;

import java.util.concurrent.CompletableFuture;

/** The keys of a call's sound. Safe for use by any thread. {@link Call#encryption()} tells how the sound is encrypted. */
public interface CallSecurity {
    /**
     * Agrees with the peer on new keys in place of those in use, which may have been in use for long or be known to somebody: by a
     * re-INVITE with other keys (SDES, RFC 4568 §7.1.4) or with a new DTLS association (RFC 8842 §4). Sound goes on under the old keys
     * until the new ones are there, which this waits for.
     *
     * @throws VoipException when the call is not established or in clear, its keys are by ZRTP, which hold for a whole call, or the peer
     *     refuses or goes on with the old DTLS association
     */
    void renewKeys();

    /** Agrees on new keys as {@link #renewKeys()}; the future fails with {@link VoipException}. */
    CompletableFuture<Void> renewKeysAsync();

    /**
     * Tells whether the two users have found {@link Encryption#shortString()} to be the same at both ends. If so, it need not be compared
     * again in later calls with this peer, in which {@link Encryption#verified()} is set as long as both ends remember; if not, somebody is
     * in between: hang up. What was remembered of the peer is then forgotten. Means nothing where there is no such string. Returns at once;
     * {@link CallEvent.EncryptionChanged} follows where something changes.
     */
    void compared(boolean same);
}
