package io.earshot.srtp;

import java.security.MessageDigest;
import java.util.Arrays;

/** Master key, master salt and, optionally, the identifier that packets carry (MKI). Immutable; never printed. */
public final class SrtpMasterKey {
    /** The longest MKI that RFC 4568 §6.1 allows. */
    public static final int MAX_MKI_BYTES = 128;
    private static final byte[] NO_MKI = {};

    private final byte[] key;
    private final byte[] salt;
    private final byte[] mki;

    private SrtpMasterKey(byte[] key, byte[] salt, byte[] mki) {
        this.key = key;
        this.salt = salt;
        this.mki = mki;
    }

    /** Makes a key without MKI. The arrays are copied. */
    public static SrtpMasterKey of(byte[] key, byte[] salt) {
        return new SrtpMasterKey(key.clone(), salt.clone(), NO_MKI);
    }

    /** Makes a key of {@code suite} from key and salt in one array, as SDES and DTLS have them. */
    public static SrtpMasterKey of(SrtpSuite suite, byte[] keyAndSalt) {
        if (keyAndSalt.length != suite.keyBytes() + suite.saltBytes()) {
            throw new IllegalArgumentException(suite + " wants " + (suite.keyBytes() + suite.saltBytes()) + " bytes of key and salt, not "
                + keyAndSalt.length);
        }
        return new SrtpMasterKey(Arrays.copyOf(keyAndSalt, suite.keyBytes()),
            Arrays.copyOfRange(keyAndSalt, suite.keyBytes(), keyAndSalt.length), NO_MKI);
    }

    /** Returns this key with an MKI of 1 to 128 bytes. */
    public SrtpMasterKey withMki(byte[] identifier) {
        if (identifier.length < 1 || identifier.length > MAX_MKI_BYTES) {
            throw new IllegalArgumentException("an MKI has 1 to " + MAX_MKI_BYTES + " bytes, not " + identifier.length);
        }
        return new SrtpMasterKey(key, salt, identifier.clone());
    }

    /** Returns a copy of the MKI, empty if there is none. */
    public byte[] mki() {
        return mki.clone();
    }

    /** Bytes of the MKI, 0 if there is none. */
    public int mkiBytes() {
        return mki.length;
    }

    /** Returns a copy of key and salt in one array, as SDES writes them. */
    public byte[] keyAndSalt() {
        byte[] both = Arrays.copyOf(key, key.length + salt.length);
        System.arraycopy(salt, 0, both, key.length, salt.length);
        return both;
    }

    byte[] key() {
        return key;
    }

    byte[] salt() {
        return salt;
    }

    void writeMki(byte[] buffer, int offset) {
        System.arraycopy(mki, 0, buffer, offset, mki.length);
    }

    boolean hasMki(byte[] buffer, int offset) {
        return Arrays.equals(buffer, offset, offset + mki.length, mki, 0, mki.length);
    }

    void check(SrtpSuite suite) {
        if (key.length != suite.keyBytes() || salt.length != suite.saltBytes()) {
            throw new IllegalArgumentException(suite + " wants a key of " + suite.keyBytes() + " and a salt of " + suite.saltBytes()
                + " bytes, not " + key.length + " and " + salt.length);
        }
    }

    /** Compares in constant time. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SrtpMasterKey that && MessageDigest.isEqual(key, that.key) && MessageDigest.isEqual(salt, that.salt)
            && Arrays.equals(mki, that.mki);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(mki) * 31 + key.length;
    }

    /** Tells the sizes, never the key. */
    @Override
    public String toString() {
        return "SrtpMasterKey[" + key.length * 8 + " bits, MKI of " + mki.length + " bytes]";
    }
}
