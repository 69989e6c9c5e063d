package io.earshot.ice.stun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The published messages, byte for byte. */
class StunVectorsTest {
    private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";
    private static final String ID = "b7e7a701bc34d686fa87dfae";
    private static final String REQUEST = "000100582112a442" + ID + "802200105354554e207465737420636c69656e74" + "002400046e0001ff"
        + "80290008932ff9b151263b36" + "000600096576746a3a68367659202020" + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2"
        + "80280004e57a3bcf";
    private static final String RESPONSE_4 = "0101003c2112a442" + ID + "8022000b7465737420766563746f7220" + "002000080001a147e112a643"
        + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7" + "80280004c07d4c96";
    private static final String RESPONSE_6 = "010100482112a442" + ID + "8022000b7465737420766563746f7220"
        + "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9" + "00080014a382954e4be67bf11784c97c8292c275bfe3ed41" + "80280004c8fb0b4c";
    private static final String LONG_TERM = "000100602112a44278ad3433c6ad72c029da412e"
        + "00060012e3839ee38388e383aae38383e382afe382b90000" + "0015001c662f2f3439396b3935346436 4f4c33346f4c394653547679363473 41"
        .replace(" ", "") + "0014000b6578616d706c652e6f726700" + "00080014f67024656dd64a3e02b8e0712e85c9a28ca89666";
    /** As corrected by the verified erratum 6268. */
    private static final String SHA_256 = "000100902112a44278ad3433c6ad72c029da412e"
        + "001e00204a3cf38fef6992bda952c6780417da0f24819415569e60b205c46e41407f1704"
        + "001500296f624d61744a6f733241414143662f2f3439396b39353464364f4c33346f4c39465354767936347341000000"
        + "0014000b6578616d706c652e6f726700" + "001d000400020000"
        + "001c0020b5c7bf005b6c52a21c51c5e892f81924136296cb927c43149309278cc6518e65";

    static StunMessage parse(String hex) {
        return parse(HexFormat.of().parseHex(hex));
    }

    static StunMessage parse(byte[] bytes) {
        StunResult result = StunMessage.parse(bytes);
        return ((StunResult.Parsed) result).message();
    }

    @Test
    @Tag("rfc5769")
    void theRequestIsReadAndAuthentic() {
        StunMessage request = parse(REQUEST);
        assertEquals(StunMessage.Kind.REQUEST, request.kind());
        assertEquals(Stun.BINDING, request.method());
        assertEquals("evtj:h6vY", request.text(Stun.USERNAME).orElseThrow());
        assertEquals(0x6e0001ff, request.number(Stun.PRIORITY).orElseThrow());
        assertEquals(0x932ff9b151263b36L, request.number64(Stun.ICE_CONTROLLED).orElseThrow());
        assertEquals(StunMessage.Integrity.VALID, request.integrity(StunKey.shortTerm(PASSWORD)));
        assertEquals(StunMessage.Integrity.WRONG, request.integrity(StunKey.shortTerm(PASSWORD + "x")));
    }

    @Test
    @Tag("rfc5769")
    void theResponsesAreReadAndAuthentic() {
        StunMessage four = parse(RESPONSE_4);
        assertEquals(new InetSocketAddress("192.0.2.1", 32853), four.mapped().orElseThrow());
        assertEquals(StunMessage.Integrity.VALID, four.integrity(StunKey.shortTerm(PASSWORD)));
        StunMessage six = parse(RESPONSE_6);
        assertEquals(new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853), six.mapped().orElseThrow());
        assertEquals(StunMessage.Integrity.VALID, six.integrity(StunKey.shortTerm(PASSWORD)));
    }

    @Test
    @Tag("rfc5769")
    void theLongTermRequestIsAuthentic() {
        StunMessage request = parse(LONG_TERM);
        String user = "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9";
        assertEquals(user, request.text(Stun.USERNAME).orElseThrow());
        assertEquals(StunMessage.Integrity.VALID,
            request.integrity(StunKey.longTerm(user, "example.org", "TheMatrIX", PasswordAlgorithm.MD5)));
    }

    @Test
    @Tag("rfc8489")
    void theRequestWithSha256IsAuthentic() {
        StunMessage request = parse(SHA_256);
        String user = "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9";
        assertArrayEquals(StunKey.userHash(user, "example.org"), request.bytes(Stun.USERHASH).orElseThrow());
        assertEquals(StunMessage.Integrity.VALID,
            request.integrity(StunKey.longTerm(user, "example.org", "TheMatrIX", PasswordAlgorithm.SHA_256)));
    }

    @Test
    @Tag("rfc8489")
    void whatIsWrittenIsReadAgain() {
        StunKey key = StunKey.shortTerm("secret");
        InetSocketAddress six = new InetSocketAddress("2001:db8::7", 4242);
        byte[] bytes = StunBuilder.request(Stun.ALLOCATE, new TransactionId(7, 8)).text(Stun.USERNAME, "abc").xorAddress(
            Stun.XOR_PEER_ADDRESS, six).number64(Stun.ICE_CONTROLLING, -5).integrity(key).integritySha256(key).fingerprint();
        StunMessage message = parse(bytes);
        assertEquals(Stun.ALLOCATE, message.method());
        assertEquals(new TransactionId(7, 8), message.id());
        assertEquals(six, message.xorAddress(Stun.XOR_PEER_ADDRESS).orElseThrow());
        assertEquals(-5, message.number64(Stun.ICE_CONTROLLING).orElseThrow());
        assertEquals(StunMessage.Integrity.VALID, message.integrity(key));
        assertEquals(StunMessage.Integrity.VALID, message.integritySha1(key));
    }

    @Test
    @Tag("rfc8489")
    void whatStandsBehindTheIntegrityIsNotSeen() {
        StunKey key = StunKey.shortTerm("secret");
        byte[] bytes = StunBuilder.request(Stun.BINDING, new TransactionId(1, 1)).integrity(key).flag(Stun.USE_CANDIDATE).fingerprint();
        assertEquals(false, parse(bytes).has(Stun.USE_CANDIDATE));
    }
}
