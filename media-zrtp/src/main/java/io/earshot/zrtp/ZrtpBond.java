package io.earshot.zrtp;

import io.earshot.rtp.secure.ShortString;
import java.util.List;
import java.util.Optional;

/**
 * What binds an agreement to those before it with the same peer: the secret that both kept, and whether the users have compared their
 * strings (RFC 6189 §4.3, §4.6.1, §7.1). Confined to the thread of the session.
 */
final class ZrtpBond {
    private final ZrtpCache cache;
    private boolean forgotten;
    private boolean verified;
    private boolean bothVerified;
    private long keepSeconds;

    ZrtpBond(ZrtpCache cache) {
        this.cache = cache;
    }

    /** Looks for the secret that both have kept; to be asked on the thread of the session. */
    Optional<byte[]> earlier(ZrtpTranscript transcript, boolean initiator) {
        Optional<ZrtpEntry> known = cache.of(transcript.peer.zid());
        Optional<byte[]> same = transcript.match(known.map(ZrtpEntry::secrets).orElse(List.of()), initiator);
        forgotten = known.isPresent() && same.isEmpty();
        verified = same.isPresent() && known.get().verified();
        return same;
    }

    /** Tells whether our user has compared in a call that this one is bound to. */
    boolean isVerified() {
        return verified;
    }

    /** Tells whether we had kept a secret that the peer did not know. */
    boolean isForgotten() {
        return forgotten;
    }

    /** Takes what the peer's Confirm says; tells whether it was one. */
    boolean confirmed(Optional<ZrtpTranscript.Confirmed> said) {
        bothVerified = verified && said.map(ZrtpTranscript.Confirmed::verified).orElse(false);
        keepSeconds = said.map(ZrtpTranscript.Confirmed::seconds).orElse(0L);
        return said.isPresent();
    }

    /** There are keys. Of a peer that has forgotten, the old secret stays until the users have compared: the next call warns again. */
    void secure(byte[] peer, ZrtpSecrets secrets) {
        if (!forgotten) {
            cache.keep(peer, secrets.retained, verified, keepSeconds);
        }
    }

    /** The user has compared. */
    void compared(byte[] peer, ZrtpSecrets secrets, boolean same) {
        if (same && forgotten) {
            cache.keep(peer, secrets.retained, true, keepSeconds);
            forgotten = false;
        } else if (same) {
            cache.verified(peer, true);
        } else if (!forgotten) {
            cache.forget(peer); // whoever is in between has these secrets too
        }
        bothVerified = same;
    }

    ShortString told(ZrtpSecrets secrets) {
        return new ShortString(secrets.shortString, bothVerified, forgotten);
    }
}
