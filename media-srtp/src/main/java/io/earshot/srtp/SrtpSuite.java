package io.earshot.srtp;

import java.util.List;
import java.util.Optional;

/** A crypto suite: cipher, authentication and the sizes that follow from them. */
public enum SrtpSuite {
    /** RFC 3711 and RFC 4568: what everybody has. */
    AES_CM_128_HMAC_SHA1_80(Cipher.COUNTER, 16, 10, 0x0001),
    /** The short tag for RTP; RTCP keeps 80 bits. */
    AES_CM_128_HMAC_SHA1_32(Cipher.COUNTER, 16, 4, 0x0002),
    /** RFC 6188. */
    AES_192_CM_HMAC_SHA1_80(Cipher.COUNTER, 24, 10, 0),
    /** RFC 6188 with the short tag for RTP. */
    AES_192_CM_HMAC_SHA1_32(Cipher.COUNTER, 24, 4, 0),
    /** RFC 6188; some phones call it {@code AES_CM_256_HMAC_SHA1_80}, which is understood. */
    AES_256_CM_HMAC_SHA1_80(Cipher.COUNTER, 32, 10, 0, "AES_CM_256_HMAC_SHA1_80"),
    /** RFC 6188 with the short tag for RTP; also {@code AES_CM_256_HMAC_SHA1_32}. */
    AES_256_CM_HMAC_SHA1_32(Cipher.COUNTER, 32, 4, 0, "AES_CM_256_HMAC_SHA1_32"),
    /** Authenticated, not encrypted (RFC 5764 §4.1.2). For laboratories; offered only when named. */
    NULL_HMAC_SHA1_80(Cipher.NULL, 16, 10, 0x0005),
    /** Authenticated with a short tag for RTP, not encrypted. */
    NULL_HMAC_SHA1_32(Cipher.NULL, 16, 4, 0x0006),
    /** RFC 7714. */
    AEAD_AES_128_GCM(Cipher.GCM, 16, 16, 0x0007),
    /** RFC 7714. */
    AEAD_AES_256_GCM(Cipher.GCM, 32, 16, 0x0008);

    private enum Cipher { COUNTER, GCM, NULL }

    private static final int RTCP_TAG_BYTES = 10; // RFC 3711 §5.2, RFC 4568 §6.2: also where RTP has the short tag

    private final Cipher cipher;
    private final int keyBytes;
    private final int tagBytes;
    private final int dtlsProfile;
    private final List<String> aliases;

    SrtpSuite(Cipher cipher, int keyBytes, int tagBytes, int dtlsProfile, String... aliases) {
        this.cipher = cipher;
        this.keyBytes = keyBytes;
        this.tagBytes = tagBytes;
        this.dtlsProfile = dtlsProfile;
        this.aliases = List.of(aliases);
    }

    /** Returns the suite that SDP calls so, aliases included; the comparison ignores case (RFC 4568 §9.2). */
    public static Optional<SrtpSuite> named(String name) {
        for (SrtpSuite suite : values()) {
            if (suite.name().equalsIgnoreCase(name) || suite.aliases.stream().anyMatch(name::equalsIgnoreCase)) {
                return Optional.of(suite);
            }
        }
        return Optional.empty();
    }

    /** Returns the suite of a DTLS protection profile (RFC 5764 §4.1.2, RFC 7714 §14.2). */
    public static Optional<SrtpSuite> ofDtlsProfile(int profile) {
        for (SrtpSuite suite : values()) {
            if (suite.dtlsProfile == profile && profile != 0) {
                return Optional.of(suite);
            }
        }
        return Optional.empty();
    }

    /** Bytes of the master key: 16, 24 or 32. */
    public int keyBytes() {
        return keyBytes;
    }

    /** Bytes of the master salt: 14, or 12 for GCM. */
    public int saltBytes() {
        return aead() ? 12 : 14;
    }

    /** Bytes that authentication adds to an RTP packet. */
    public int rtpTagBytes() {
        return tagBytes;
    }

    /** Bytes that authentication adds to an RTCP packet, besides the four of its index. */
    public int rtcpTagBytes() {
        return aead() ? tagBytes : RTCP_TAG_BYTES;
    }

    /** Tells whether encryption and authentication are one. */
    public boolean aead() {
        return cipher == Cipher.GCM;
    }

    /** Tells whether payloads are encrypted at all. */
    public boolean encrypts() {
        return cipher != Cipher.NULL;
    }

    /** Returns the protection profile in the {@code use_srtp} extension of DTLS, 0 if none is registered. */
    public int dtlsProfile() {
        return dtlsProfile;
    }
}
