package io.earshot.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.rtp.wire.Wire;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RFC 3711 appendix B and RFC 6188 §7, as printed there. */
@Tag("rfc3711")
@Tag("rfc6188")
class CounterModeVectorsTest {
    private static final String SALT = "F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000";

    private static String stream(String key, int firstBlock, int blocks) {
        byte[] salt = Hex.bytes(SALT);
        byte[] zeros = new byte[blocks * 16];
        new KeyStream(new AesBlocks(Hex.bytes(key))).apply(zeros, 0, zeros.length, Wire.i64(salt, 0), Wire.i64(salt, 8) + firstBlock);
        return Hex.text(zeros);
    }

    @Test void appendixB2KeyStream() {
        String key = "2B7E151628AED2A6ABF7158809CF4F3C";
        assertEquals("e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab41e95b3bb0a2e8dd477901e4fca894c0", stream(key, 0, 3));
        assertEquals("ec8cdf7398607cb0f2d21675ea9ea1e4362b7c3c6773516318a077d7fc5073ae6a2cc3787889374fbeb4c81b17ba6c44",
            stream(key, 0xFEFF, 3));
    }

    /** The stream is made in chunks: wherever it starts, it must be the same. */
    @Test void theChunksJoin() {
        String key = "2B7E151628AED2A6ABF7158809CF4F3C";
        String whole = stream(key, 0, 4 * AesBlocks.CHUNK + 3);
        for (int block : new int[] {1, AesBlocks.CHUNK - 1, AesBlocks.CHUNK, AesBlocks.CHUNK + 1, 4 * AesBlocks.CHUNK + 2}) {
            assertEquals(whole.substring(block * 32, block * 32 + 32), stream(key, block, 1), "block " + block);
        }
    }

    @Test void appendixB3KeyDerivation() {
        KeyDerivation kdf = new KeyDerivation(Hex.bytes("E1F97A0D3E018BE0D64FA32C06DE4139"), Hex.bytes("0EC675AD498AFEEBB6960B3AABE6"));
        assertEquals("c61e7a93744f39ee10734afe3ff7a087", Hex.text(kdf.derive(KeyDerivation.RTP_ENCRYPTION, 0, 16)));
        assertEquals("30cbbc08863d8c85d49db34a9ae1", Hex.text(kdf.derive(KeyDerivation.RTP_SALT, 0, 14)));
        assertEquals("cebe321f6ff7716b6fd4ab49af256a156d38baa48f0a0acf3c34e2359e6cdbcee049646c"
        + "43d9327ad175578ef72270986371c10c9a369ac2f94a8c5f"
            + "bcdddc256d6e919a48b610ef17c2041e474035766b68642c59bbfc2f34db60dbdfb2",
            Hex.text(kdf.derive(KeyDerivation.RTP_AUTHENTICATION, 0, 94)));
    }

    @Test void rfc6188KeyStreams() {
        assertEquals("92bdd28a93c3f52511c677d08b5515a49da71b2378a854f67050756ded165bac63c4868b7096d88421b563b8c94c9a31",
            stream("57f82fe3613fd170a85ec93c40b1f0922ec4cb0dc025b58272147cc438944a98", 0, 3));
        assertEquals("35096cba4610028dc1b57503804ce37c5de986291dcce161d5165ec4568f5c9a474a40c77894bc17180202272a4c264d",
            stream("eab234764e517b2d3d160d587d8c86219740f65f99b6bcf7", 0, 3));
    }

    @Test void rfc6188KeyDerivation() {
        KeyDerivation long256 = new KeyDerivation(Hex.bytes("f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6"),
            Hex.bytes("3b04803de51ee7c96423ab5b78d2"));
        assertEquals("5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4",
            Hex.text(long256.derive(KeyDerivation.RTP_ENCRYPTION, 0, 32)));
        assertEquals("fa31791685ca444a9e07c6c64e93", Hex.text(long256.derive(KeyDerivation.RTP_SALT, 0, 14)));
        assertEquals("fd9c32d39ed5fbb5a9dc96b30818454d1313dc05", Hex.text(long256.derive(KeyDerivation.RTP_AUTHENTICATION, 0, 20)));
        KeyDerivation long192 = new KeyDerivation(Hex.bytes("73edc66c4fa15776fb57f9505c171365 50ffda71f3e8e5f1"),
            Hex.bytes("c8522f3acd4ce86d5add78edbb11"));
        assertEquals("31874736a8f1143870c26e4857d8a5b2c4a354407faadabb", Hex.text(long192.derive(KeyDerivation.RTP_ENCRYPTION, 0, 24)));
        assertEquals("2372b82d639b6d8503a47adc0a6c", Hex.text(long192.derive(KeyDerivation.RTP_SALT, 0, 14)));
        assertEquals("355b10973cd95b9eacf4061c7e1a7151e7cfbfcb", Hex.text(long192.derive(KeyDerivation.RTP_AUTHENTICATION, 0, 20)));
    }
}
