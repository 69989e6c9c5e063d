package io.earshot.sip.ua;

import static io.earshot.api.time.Ticker.SECOND;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Uri;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc5626")
class StunKeepAliveTest {
    private static final String URN = "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6";
    private static final String TRANSACTION = "b7e7a701bc34d686fa87dfae";

    private final Lan lan = new Lan(17);
    private final Registrar registrar = new Registrar(lan, "10.0.0.100");
    private final Phone alice = lan.phone("alice", "10.0.0.1");
    private boolean answers = true;
    private InetSocketAddress seen = Lan.address("10.0.0.1", 5060);
    private int asked;

    private void register(boolean outbound) {
        registrar.script.onStun = request -> {
            asked++;
            if (answers) {
                lan.send(registrar.script.address, alice.address, answer(request, seen));
            }
        };
        registrar.whim = request -> {
            var ok = registrar.script.reply(request, 200, "reg").remove(HeaderName.CONTACT);
            request.contacts().forEach(contact -> ok.add(HeaderName.CONTACT, contact.withParameter("expires", "3600")));
            if (outbound) {
                ok.add(HeaderName.REQUIRE, "outbound");
            }
            return Optional.of(ok.build());
        };
        AccountId account = alice.engine.addAccount(AccountSettings.builder(Uri.parse("sip:alice@example.org"))
            .registrar(Uri.parse("sip:10.0.0.100")).registration(RegistrationOptions.NONE.withInstance(URN, true)).build(), lan.now);
        alice.engine.register(account, lan.now);
        lan.runFor(SECOND);
    }

    private static byte[] answer(byte[] request, InetSocketAddress seen) {
        ByteBuffer out = ByteBuffer.allocate(32).putShort((short) 0x0101).putShort((short) 12).put(request, 4, 16)
            .putShort((short) 0x0020).putShort((short) 8).putShort((short) 1).putShort((short) (seen.getPort() ^ 0x2112));
        out.putInt(ByteBuffer.wrap(seen.getAddress().getAddress()).getInt() ^ 0x2112A442);
        return out.array();
    }

    @Test
    void aFlowThatIsBoundIsKeptOpenByStun() {
        register(true);
        lan.runFor(100 * SECOND);
        assertTrue(asked >= 4 && asked <= 5, asked + " in 100 s of 25 s");
        assertEquals(0, alice.keepAlives);
        assertEquals(1, registrar.registers().size());
    }

    @Test
    void aRegistrationThatIsNotBoundGetsEmptyLines() {
        register(false);
        lan.runFor(100 * SECOND);
        assertEquals(0, asked);
        assertTrue(alice.keepAlives >= 4, alice.keepAlives + " in 100 s");
    }

    @Test
    void aServerThatNeverAnswersStunGetsEmptyLinesAndKeepsTheRegistration() {
        answers = false;
        register(true);
        lan.runFor(200 * SECOND);
        assertEquals(StunPings.TRANSMISSIONS, asked);
        assertTrue(alice.keepAlives >= 4, alice.keepAlives + " in 200 s");
        assertEquals(1, registrar.registers().size());
    }

    /** RFC 5626 §4.4.2 and §4.5: the flow is broken, and is registered anew. */
    @Test
    void aServerThatNoLongerAnswersIsRegisteredAtAnew() {
        register(true);
        lan.runFor(30 * SECOND);
        answers = false;
        lan.runFor(25 * SECOND + 16 * SECOND);
        assertEquals(2, registrar.registers().size());
    }

    @Test
    void aServerThatSeesUsElsewhereIsRegisteredAtAnew() {
        register(true);
        lan.runFor(30 * SECOND);
        seen = Lan.address("192.0.2.7", 40_000);
        lan.runFor(26 * SECOND);
        assertEquals(2, registrar.registers().size());
    }

    @Test
    @Tag("rfc5389")
    void aRequestIsTwentyBytesWithTheCookie() {
        assertArrayEquals(HexFormat.of().parseHex("000100002112a442" + TRANSACTION), StunMessage.request(TRANSACTION));
        assertTrue(StunMessage.isOne(ByteBuffer.wrap(StunMessage.request(TRANSACTION))));
        assertFalse(StunMessage.isOne(ByteBuffer.wrap("OPTIONS sip:a@b SIP/2.0\r\n\r\n".getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    @Tag("rfc5389")
    void theMappedAddressOfEitherFamilyIsRead() {
        byte[] four = answer(StunMessage.request(TRANSACTION), Lan.address("192.0.2.1", 32_853));
        assertEquals(Optional.of(Lan.address("192.0.2.1", 32_853)), StunMessage.answer(four).orElseThrow().seen());
        // The IPv6 response of RFC 5769 §2.3, its XOR-MAPPED-ADDRESS alone.
        byte[] six = HexFormat.of().parseHex("010100182112a442" + TRANSACTION + "002000140002a147"
            + "0113a9faa5d3f179bc25f4b5bed2b9d9");
        InetSocketAddress there = StunMessage.answer(six).orElseThrow().seen().orElseThrow();
        assertEquals("2001:db8:1234:5678:11:2233:4455:6677", there.getAddress().getHostAddress());
        assertEquals(32_853, there.getPort());
    }

    @Test
    @Tag("rfc5389")
    void brokenAnswersNeverThrow() {
        Random random = new Random(3);
        byte[] good = answer(StunMessage.request(TRANSACTION), seen);
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = Arrays.copyOf(good, 20 + random.nextInt(good.length - 19));
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            if (bad.length > 3 && random.nextBoolean()) {
                bad[2] = 0;
                bad[3] = (byte) (bad.length - 20);
            }
            StunMessage.answer(bad);
        }
    }
}
