package io.earshot.ice.stun;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/**
 * The long-term credentials of a client with one server: realm and nonce as the server gave them, SHA-256 where it offers it, and
 * bid-down protection (RFC 8489 §9.2). Printing it reveals no password.
 */
public final class LongTermAuth {
    /** What a challenge came to. */
    public enum Verdict {
        /** Send the request again, with what was learned. */
        RETRY,
        /** The server refuses these credentials. */
        REFUSED,
        /** The challenge contradicts itself, as one that somebody weakened on its way does: ignore it (RFC 8489 §9.2.5). */
        IGNORE
    }

    private static final String COOKIE = "obMatJos2";
    private static final int MAX_TEXT = 763;

    private String user;
    private String password;
    private Optional<String> realm = Optional.empty();
    private String nonce = "";
    private Optional<StunKey> key = Optional.empty();
    private Optional<PasswordAlgorithm> negotiated = Optional.empty();
    private byte[] offered = new byte[0];
    private boolean anonymous;
    private boolean tried;

    /** Makes one for a user. */
    public LongTermAuth(String user, String password) {
        this.user = requireNonNull(user);
        this.password = requireNonNull(password);
    }

    /** Takes new credentials, as when those for a limited time ran out. */
    public void credentials(String newUser, String newPassword) {
        user = requireNonNull(newUser);
        password = requireNonNull(newPassword);
        tried = false;
        key = realm.map(this::makeKey);
    }

    private StunKey makeKey(String in) {
        return StunKey.longTerm(user, in, password, negotiated.orElse(PasswordAlgorithm.MD5));
    }

    /** Tells whether requests can carry credentials yet. */
    public boolean challenged() {
        return key.isPresent();
    }

    /** Finishes a request: with credentials and integrity if the server asked for them, and a fingerprint. */
    public byte[] finish(StunBuilder request) {
        if (key.isEmpty()) {
            return request.fingerprint();
        }
        if (anonymous) {
            request.bytes(Stun.USERHASH, StunKey.userHash(user, realm.orElseThrow()));
        } else {
            request.text(Stun.USERNAME, StunKey.opaque(user));
        }
        request.text(Stun.REALM, realm.orElseThrow()).text(Stun.NONCE, nonce);
        if (negotiated.isPresent()) {
            request.bytes(Stun.PASSWORD_ALGORITHMS, offered);
            request.bytes(Stun.PASSWORD_ALGORITHM, ByteBuffer.allocate(4).putShort((short) negotiated.get().number()).array());
            return request.integritySha256(key.get()).fingerprint();
        }
        return request.integrity(key.get()).fingerprint();
    }

    /** Takes a 401 or 438. */
    public Verdict challenge(StunMessage response) {
        int code = response.error().map(StunMessage.Error::code).orElse(0);
        Optional<String> newRealm = response.text(Stun.REALM).filter(text -> text.length() <= MAX_TEXT).or(() -> realm);
        Optional<String> newNonce = response.text(Stun.NONCE).filter(text -> text.length() <= MAX_TEXT);
        if (newRealm.isEmpty() || newNonce.isEmpty() || code != Stun.UNAUTHENTICATED && code != Stun.STALE_NONCE) {
            return Verdict.IGNORE;
        }
        if (code == Stun.UNAUTHENTICATED && tried && newRealm.equals(realm)) {
            return Verdict.REFUSED;
        }
        int features = features(newNonce.get());
        Optional<byte[]> algorithms = response.bytes(Stun.PASSWORD_ALGORITHMS);
        boolean announces = (features & 1) != 0;
        if (announces && algorithms.isEmpty()) {
            return Verdict.IGNORE; // somebody took the strong algorithms out
        }
        if (announces) {
            negotiated = choose(algorithms.get());
            if (negotiated.isEmpty()) {
                return Verdict.REFUSED;
            }
            offered = algorithms.get();
        } else {
            negotiated = Optional.empty();
        }
        anonymous = (features & 2) != 0;
        nonce = newNonce.get();
        realm = newRealm;
        key = realm.map(this::makeKey);
        tried = true;
        return Verdict.RETRY;
    }

    /** The 24 security feature bits of a nonce, 0 for the nonce of an older server. */
    private static int features(String nonce) {
        if (!nonce.startsWith(COOKIE) || nonce.length() < COOKIE.length() + 4) {
            return 0;
        }
        try {
            byte[] bits = Base64.getDecoder().decode(nonce.substring(COOKIE.length(), COOKIE.length() + 4));
            return bits.length == 3 ? (bits[0] & 0xFF) << 16 | (bits[1] & 0xFF) << 8 | bits[2] & 0xFF : 0;
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    /** The strongest that we know. */
    private static Optional<PasswordAlgorithm> choose(byte[] list) {
        Optional<PasswordAlgorithm> best = Optional.empty();
        for (int at = 0; at + 4 <= list.length;) {
            int number = StunWire.int16(list, at);
            for (PasswordAlgorithm known : PasswordAlgorithm.values()) {
                if (known.number() == number && best.stream().noneMatch(other -> other.number() > number)) {
                    best = Optional.of(known);
                }
            }
            at += 4 + (StunWire.int16(list, at + 2) + 3 & ~3);
        }
        return best;
    }

    /**
     * Tells whether a response to an authenticated request is to be believed. A 401 or 438 has no integrity, since it tells how to make
     * it; everything else must have it once we were challenged.
     */
    public boolean believes(StunMessage response) {
        int code = response.error().map(StunMessage.Error::code).orElse(0);
        if (key.isEmpty() || code == Stun.UNAUTHENTICATED || code == Stun.STALE_NONCE) {
            return true;
        }
        StunMessage.Integrity integrity = negotiated.isPresent() && !response.has(Stun.MESSAGE_INTEGRITY_SHA256)
            ? StunMessage.Integrity.WRONG : response.integrity(key.get());
        boolean bare = integrity == StunMessage.Integrity.ABSENT && response.kind() == StunMessage.Kind.ERROR
            && (code == Stun.BAD_REQUEST || code == Stun.TRY_ALTERNATE || code == Stun.ALLOCATION_MISMATCH);
        return integrity == StunMessage.Integrity.VALID || bare;
    }

    /** Returns the realm that the server named. */
    public Optional<String> realm() {
        return realm;
    }

    /** Tells the algorithm in use; empty when MD5 with SHA-1 integrity, as RFC 5389 has it. */
    public Optional<PasswordAlgorithm> algorithm() {
        return negotiated;
    }


    @Override
    public String toString() {
        return "LongTermAuth[" + user + "]";
    }
}
