package io.earshot.zrtp;

import io.earshot.srtp.SrtpMasterKey;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Everything that is derived from the shared secret (RFC 6189 §4.4.1.4, §4.5). */
final class ZrtpSecrets {
    private static final String BASE32 = "ybndrfg8ejkmcpqxot1uwisza345h769";
    private static final int SALT = 14;
    private static final int RETAINED = 32;

    final Side initiator;
    final Side responder;
    /** Four characters that both users read to each other. */
    final String shortString;
    final byte[] retained;

    /** What one side sends under. */
    record Side(SrtpMasterKey srtp, byte[] macKey, byte[] zrtpKey) { }

    /**
     * What the secret is made of.
     *
     * @param shared the result of the key agreement
     * @param earlier the secret that both have kept of an earlier call
     * @param messages hash over the responder's Hello, Commit, DHPart1 and DHPart2
     */
    record Input(byte[] shared, Optional<byte[]> earlier, byte[] initiatorZid, byte[] responderZid, byte[] messages) { }

    ZrtpSecrets(ZrtpChoice choice, Input input) {
        ByteBuffer context = ByteBuffer.allocate(2 * ZrtpHello.ZID + input.messages.length).put(input.initiatorZid).put(input.responderZid)
            .put(input.messages);
        byte[] s1 = input.earlier.orElse(new byte[0]);
        byte[] s0 = choice.hash().hash(number(1), input.shared, ZrtpHash.ascii("ZRTP-HMAC-KDF"), context.array(), number(s1.length), s1,
            number(0), number(0));
        initiator = side(choice, s0, "Initiator ", context.array());
        responder = side(choice, s0, "Responder ", context.array());
        shortString = base32(choice.hash().derive(s0, "SAS", context.array(), 32));
        retained = choice.hash().derive(s0, "retained secret", context.array(), RETAINED);
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static Side side(ZrtpChoice choice, byte[] s0, String who, byte[] context) {
        ZrtpHash hash = choice.hash();
        int keyBytes = choice.cipher().keyBytes;
        return new Side(SrtpMasterKey.of(hash.derive(s0, who + "SRTP master key", context, keyBytes),
            hash.derive(s0, who + "SRTP master salt", context, SALT)), hash.derive(s0, who + "HMAC key", context, hash.bytes),
            hash.derive(s0, who + "ZRTP key", context, keyBytes));
    }

    /** The leftmost 20 bits (§5.1.6). */
    static String base32(byte[] hash) {
        int bits = ByteBuffer.wrap(hash).getInt();
        StringBuilder out = new StringBuilder();
        for (int shift = 27; shift >= 12; shift -= 5) {
            out.append(BASE32.charAt(bits >>> shift & 31));
        }
        return out.toString();
    }
}
