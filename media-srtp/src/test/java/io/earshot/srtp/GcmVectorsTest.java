package io.earshot.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.SplittableRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 7714 §16 and §17, as printed there: they start from session keys. */
@Tag("rfc7714")
class GcmVectorsTest {
    private static final String KEY_128 = "000102030405060708090a0b0c0d0e0f";
    private static final String KEY_256 = KEY_128 + "101112131415161718191a1b1c1d1e1f";
    private static final String RTP = "8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e69732064697669736120"
        + "696e207061727465732074726573";
    private static final String SRTP_128 = "8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f"
        + "42a5f47a51c7d19b36de3adf8833"
        + "899d7f27beb16a9152cf765ee4390cce";
    private static final String SRTP_256 = "8040f17b8041f8d35501a0b232b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3"
        + "b50b2a0276ffae0f1ba63799b87b"
        + "7aa3db36dfffd6b0f9bb7878d7a76c13";
    private static final String RTCP = "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeef"
        + "deadbeef";
    private static final String SRTCP_128 = "81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1"
        + "730d6fda4ce09b4686303ded"
        + "0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4";
    private static final String SRTCP_256 = "81c8000d4d617273d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1"
        + "110555be8415f658c61de047"
        + "6f1b6fad1d1eb30c4446839f57ff6f6cb26ac3be800005d4";
    private static final String SRTCP_128_CLEAR = RTCP + "841dd9683dd78ec92ae58790125f62b3000005d4";
    private static final int INDEX = 0x5d4;
    private static final SrtpMasterKey NO_MKI = SrtpMasterKey.of(new byte[16], new byte[12]);

    private static Protection protection(String key, boolean encryptRtcp) {
        return protection(key, encryptRtcp, false);
    }

    private static Protection protection(String key, boolean encryptRtcp, boolean small) {
        SrtpSuite suite = key.equals(KEY_128) ? SrtpSuite.AEAD_AES_128_GCM : SrtpSuite.AEAD_AES_256_GCM;
        return Protection.of(SrtpParameters.of(suite).withProtection(true, encryptRtcp, true),
            new SessionKeys(Hex.bytes(key), new byte[0], Hex.bytes("517569642070726f2071756f")), small);
    }

    private static void rtp(String key, String expected) {
        byte[] clear = Hex.bytes(RTP);
        byte[] buffer = Arrays.copyOf(clear, clear.length + 16);
        int length = protection(key, true).sealRtp(buffer, 0, 12, clear.length, 0xf17b, NO_MKI);
        assertEquals(expected, Hex.text(buffer, length));
        assertEquals(clear.length, protection(key, true).openRtp(buffer, 0, 12, length, 0xf17b, 0));
        assertEquals(RTP, Hex.text(buffer, clear.length));
    }

    private static void rtcp(String key, boolean encrypted, String expected) {
        byte[] clear = Hex.bytes(RTCP);
        byte[] buffer = Arrays.copyOf(clear, clear.length + 20);
        int length = protection(key, encrypted).sealRtcp(buffer, 0, clear.length, INDEX, NO_MKI);
        assertEquals(expected, Hex.text(buffer, length));
        assertEquals(clear.length, protection(key, encrypted, true).openRtcp(buffer, 0, length, 0));
        assertEquals(RTCP, Hex.text(buffer, clear.length));
    }

    /** By table and bit by bit, from one block to more than are made at once: {@code javax.crypto} says the same. */
    @Test void packetsOfAnyLengthAreThoseOfTheJavaPlatform() throws GeneralSecurityException {
        SplittableRandom random = new SplittableRandom(7714);
        for (int length : new int[] {12, 13, 28, 43, 44, 172, 1519, 1520, 1531, 1532, 1533, 1548, 4000}) {
            byte[] clear = new byte[length];
            random.nextBytes(clear);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            byte[] nonce = Hex.bytes("517569642070726f2071756f");
            for (int i = 0; i < 4; i++) {
                nonce[2 + i] ^= clear[8 + i];
            }
            nonce[10] ^= 1; // index 0x100
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(Hex.bytes(KEY_128), "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(clear, 0, 12);
            String expected = Hex.text(clear, 12) + Hex.text(cipher.doFinal(clear, 12, length - 12));
            for (boolean small : new boolean[] {false, true}) {
                byte[] buffer = Arrays.copyOf(clear, length + 16);
                int sealed = protection(KEY_128, true, small).sealRtp(buffer, 0, 12, length, 0x100, NO_MKI);
                assertEquals(expected, Hex.text(buffer, sealed));
                assertEquals(length, protection(KEY_128, true, small).openRtp(buffer, 0, 12, sealed, 0x100, 0));
                assertEquals(Hex.text(clear), Hex.text(buffer, length));
            }
        }
    }

    @Test void section16Srtp() {
        rtp(KEY_128, SRTP_128);
        rtp(KEY_256, SRTP_256);
    }

    @Test void section17Srtcp() {
        rtcp(KEY_128, true, SRTCP_128);
        rtcp(KEY_256, true, SRTCP_256);
    }

    @Test void section17Authenticated() {
        rtcp(KEY_128, false, SRTCP_128_CLEAR);
    }

    @Test void aForgedPacketLeavesTheBufferAlone() {
        for (String packet : new String[] {SRTCP_128, SRTCP_128_CLEAR}) {
            byte[] forged = Hex.bytes(packet);
            forged[20] ^= 1;
            byte[] before = forged.clone();
            assertEquals(Protection.FORGED, protection(KEY_128, true).openRtcp(forged, 0, forged.length, 0));
            assertEquals(Hex.text(before), Hex.text(forged));
        }
    }
}
