package io.earshot.srtp.sdes;

import io.earshot.srtp.SrtpMasterKey;
import io.earshot.srtp.SrtpParameters;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Optional;

/** {@code inline:key||salt|lifetime|MKI:length} of RFC 4568 §6.1. Immutable; never printed. */
public final class InlineKey {
    private static final String METHOD = "inline:";
    private static final BigInteger LONGEST = BigInteger.valueOf(SrtpParameters.MAX_LIFETIME);

    private final byte[] keyAndSalt;
    private final long lifetime;
    private final byte[] mki;

    private InlineKey(byte[] keyAndSalt, long lifetime, byte[] mki) {
        this.keyAndSalt = keyAndSalt;
        this.lifetime = lifetime;
        this.mki = mki;
    }

    /** Returns the inline form of a key with the longest life, which is not written. */
    public static InlineKey of(SrtpMasterKey key) {
        return new InlineKey(key.keyAndSalt(), SrtpParameters.MAX_LIFETIME, key.mki());
    }

    static Optional<InlineKey> parse(String text) {
        if (!text.regionMatches(true, 0, METHOD, 0, METHOD.length())) {
            return Optional.empty();
        }
        String[] parts = text.substring(METHOD.length()).split("\\|", -1);
        if (parts.length > 3) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(parts[0]);
            int next = 1;
            long life = SrtpParameters.MAX_LIFETIME;
            if (next < parts.length && parts[next].indexOf(':') < 0) {
                life = lifetime(parts[next++]);
            }
            byte[] mki = next < parts.length ? mki(parts[next++]) : new byte[0];
            return bytes.length == 0 || next < parts.length ? Optional.empty() : Optional.of(new InlineKey(bytes, life, mki));
        } catch (IllegalArgumentException e) { // not base64, not a number, or out of range
            return Optional.empty();
        }
    }

    private static long lifetime(String text) {
        if (!text.matches("2\\^[0-9]{1,2}|[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException();
        }
        BigInteger packets = text.startsWith("2^") ? BigInteger.ONE.shiftLeft(Integer.parseInt(text.substring(2))) : new BigInteger(text);
        if (packets.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException();
        }
        return packets.longValue();
    }

    private static byte[] mki(String text) {
        if (!text.matches("[0-9]{1,400}:[0-9]{1,3}")) {
            throw new IllegalArgumentException();
        }
        int colon = text.indexOf(':');
        int length = Integer.parseInt(text.substring(colon + 1));
        byte[] value = new BigInteger(text.substring(0, colon)).toByteArray();
        int from = value.length > 1 && value[0] == 0 ? 1 : 0;
        if (length < 1 || length > SrtpMasterKey.MAX_MKI_BYTES || value.length - from > length) {
            throw new IllegalArgumentException();
        }
        byte[] mki = new byte[length];
        System.arraycopy(value, from, mki, length - (value.length - from), value.length - from);
        return mki;
    }

    int keyAndSaltBytes() {
        return keyAndSalt.length;
    }

    /** Packets that the key may protect, at most 2^48. */
    public long lifetime() {
        return lifetime;
    }

    /** Bytes of the MKI, 0 if there is none. */
    public int mkiBytes() {
        return mki.length;
    }

    /** Returns the key for a suite whose sizes fit. */
    SrtpMasterKey key(io.earshot.srtp.SrtpSuite suite) {
        SrtpMasterKey key = SrtpMasterKey.of(suite, keyAndSalt);
        return mki.length == 0 ? key : key.withMki(mki);
    }

    String write() {
        StringBuilder out = new StringBuilder(METHOD).append(Base64.getEncoder().encodeToString(keyAndSalt));
        if (lifetime != SrtpParameters.MAX_LIFETIME) {
            out.append('|');
            if (Long.bitCount(lifetime) == 1) {
                out.append("2^").append(Long.numberOfTrailingZeros(lifetime));
            } else {
                out.append(lifetime);
            }
        }
        if (mki.length > 0) {
            out.append('|').append(new BigInteger(1, mki)).append(':').append(mki.length);
        }
        return out.toString();
    }

    /** Tells the sizes, never the key. */
    @Override
    public String toString() {
        return "InlineKey[" + keyAndSalt.length * 8 + " bits]";
    }
}
