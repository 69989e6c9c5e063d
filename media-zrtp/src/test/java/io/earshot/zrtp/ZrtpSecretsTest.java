package io.earshot.zrtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.srtp.SrtpMasterKey;
import io.earshot.srtp.SrtpSuite;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The key derivation of RFC 6189 §4.4.1.4 and §4.5, which has no vectors of its own: values computed from the formulas of the RFC by
 * Python's hmac and hashlib, beside what libbzrtp derives in conformance/zrtp.
 */
@Tag("rfc6189")
class ZrtpSecretsTest {
    @Test
    void keysAreThoseOfTheFormulas() {
        check(ZrtpHash.S256, ZrtpCipher.AES1, 0, "3n7z",
            "5de143482157eac3df14a2cbf738f237",
            "94f704f5db0979f85ae96ebd3eb9",
            "e08c4979b524c45eb32f4549853e87d4801e4fbb48edd911af2d066cfec8b0be",
            "e502b5e3cecc15e45c73231017d09acf",
            "3b5acf4845001900125370019f06adfc",
            "3c1fdc8c6a7ccdc5d45cb52f8ecd",
            "cd340508e343419fc4722e20be6fdccdc34d5bf76e25fd248c47195ae2180063",
            "e09427aa6489d821b778edde03b8e9e5",
            "b280a28c579c096a8ad8ece5df3a323eeebc9a4c140d892711dcf213027dfd1a");
        check(ZrtpHash.S256, ZrtpCipher.AES1, 32, "4t36",
            "74e5743189b0ff30ca5b54818150c488",
            "367d16f5e05921b7867aad56494d",
            "837b61055a038ee813880c9754947e47d611a977f7462341d441de184e8829f3",
            "967f15f0930e5961254ff70a1db76a53",
            "ad92c8cfc9e920a4627a1b4fbb088896",
            "5297c165d213240d78376ec9c3f0",
            "30b0f5a2e6611e8baf33db6a0d493e9a9ee5d4d6b057d9e815fa125bcd76f81f",
            "1e06b4db6336761f49b605705afa7684",
            "5e14447578c750863be5a6c4db4c8a10cf5c19cb30cfd09c09116abcf2c100d0");
        check(ZrtpHash.S384, ZrtpCipher.AES3, 0, "uz3q",
            "2ffa3ea20f1da71e4b0acb139a5a37753774ded2900e2005ffa667cc42328cc4",
            "b28be57aca7827d984a61bbd9fb3",
            "50d3a9a72ad590d1cadbe459f20197e27d6d83f45fb165ab6ffe61bdeb4fce035f12bcf1e4f25ef4d54523a3e25c89da",
            "60ee56904a3456b5d130248cc8fc0d1f09e7a1d51e01add468d15986fc962fda",
            "eb85f0c0ac174cc3c60b1af69d5781f21423f0e4e9eaec6d41534199a8f02741",
            "37cc4e8b67f224f981ae1a1a95e3",
            "1b2123d1c3a14cd3d64b4db8d632efede411b248ae1e5092b4df31feea245259bb45f43624dbdd18bb7c771009a52ba1",
            "d39a194a7ce704faa2880fbfc6e91e15800baf758e53eeabd7e161e15aa6ded3",
            "bfd9d897def67aafa33684bff9522726722141de6d51ca180d6fa26fb4185634");
        check(ZrtpHash.S384, ZrtpCipher.AES3, 32, "bsmm",
            "6249410786a7df23d178fa77304d81b54f7a8aab28ddb34307aaa5fe43242af8",
            "fc9f4476cdfe6fcff5457a6a2056",
            "5d7db4c7314d75f6299945c0427e85c3f2b867a2a7614b4ad192777c765e3eddcbe374c6493a80f5d887b5c4c8c7f0f4",
            "ba7e8842648e1471d94ad9d0989852e46d443c51c720f467ee04eb37c3ae95ba",
            "39cafc7cf6372352d1572ad9ebfe3a1f2dae3988a30c7c495f6722e37a375905",
            "8643a6b6e8f76316ba5543628aea",
            "fec76c2bf633cc1ab24fb0c93b71d2e604b982e37fdb07bb4966be6f5c8c3c606aefe8143debaf2713471fceca55a8a2",
            "2b685c8b5544dfb293dff6cfb25ab75272c984bc1529c10088faec1ec313aec5",
            "f732c8e68ecbd735fa332241f43de0a4f86f070f72f9b40108cf57d98345768c");
    }

    /** Values: for the initiator and the responder master key, master salt, MAC key and ZRTP key; then the secret to be kept. */
    private static void check(ZrtpHash hash, ZrtpCipher cipher, int earlier, String shortString, String... values) {
        ZrtpSecrets secrets = new ZrtpSecrets(new ZrtpChoice(hash, cipher, SrtpSuite.AES_CM_128_HMAC_SHA1_80, ZrtpAgreement.DH3K),
            new ZrtpSecrets.Input(counting(384, 0), earlier == 0 ? Optional.empty() : Optional.of(counting(earlier, 100)), filled(1),
                filled(2), hash.hash(ZrtpHash.ascii("messages"))));
        HexFormat hex = HexFormat.of();
        assertSide(secrets.initiator, Arrays.copyOf(values, 4));
        assertSide(secrets.responder, Arrays.copyOfRange(values, 4, 8));
        assertEquals(values[8], hex.formatHex(secrets.retained));
        assertEquals(shortString, secrets.shortString);
    }

    private static void assertSide(ZrtpSecrets.Side side, String... values) {
        HexFormat hex = HexFormat.of();
        assertEquals(SrtpMasterKey.of(hex.parseHex(values[0]), hex.parseHex(values[1])), side.srtp());
        assertEquals(values[2], hex.formatHex(side.macKey()));
        assertEquals(values[3], hex.formatHex(side.zrtpKey()));
    }

    private static byte[] counting(int length, int from) {
        byte[] out = new byte[length];
        for (int i = 0; i < length; i++) {
            out[i] = (byte) (from + i);
        }
        return out;
    }

    private static byte[] filled(int value) {
        byte[] out = new byte[ZrtpHello.ZID];
        Arrays.fill(out, (byte) value);
        return out;
    }
}
