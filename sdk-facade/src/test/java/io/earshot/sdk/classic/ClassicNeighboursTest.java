package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Phones in the same network, which ask each other without multicast here, as not every machine of tests has it. */
@Timeout(60)
class ClassicNeighboursTest {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final List<ClassicPhone> phones = new ArrayList<>();

    @AfterEach
    void close() {
        phones.forEach(ClassicPhone::close);
    }

    private ClassicPhone phone(String user, String name, int mode) {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(List.of("username=" + user, "displayname=" + name, "register=0",
                "localip=127.0.0.1", "waitforunregister=0"));
        assertEquals(List.of(), parsed.problems());
        ClassicPhone phone = new ClassicPhone(parsed.parameters(), line -> {
            if (line.line().contains("NEWUSER")) {
                told.add(user + " " + line.line().replace("WPNOTIFICATION,", "").replace(",NEOL", ""));
            }
        });
        phones.add(phone);
        assertTrue(phone.start());
        assertTrue(phone.set(List.of("detectlanpeers=" + mode)));
        return phone;
    }

    private static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static String sip(ClassicPhone phone) {
        return phone.running().orElseThrow().phone().listeningOn().stream().filter(one -> one.startsWith("UDP ")).findFirst().orElseThrow()
                .substring("UDP ".length());
    }

    @Test
    void onePhoneFindsAnotherAndTellsOfItOnce() throws Exception {
        ClassicPhone bob = phone("bob", "Bob, \"B\"", 1);
        bob.parts().neighbours().begin(0, List.of());
        ClassicPhone alice = phone("alice", "", 2);
        InetSocketAddress there = local(bob.parts().neighbours().port());
        alice.parts().neighbours().begin(0, List.of(there, there));
        assertEquals("alice NEWUSER,bob,Bob   B,,sip:bob@" + sip(bob), told.poll(10, TimeUnit.SECONDS));
        ClassicPhone carol = phone("carol", "", 2);
        carol.parts().neighbours().begin(0, List.of(there, local(alice.parts().neighbours().port())));
        List<String> next = new ArrayList<>(List.of(told.poll(10, TimeUnit.SECONDS), told.poll(10, TimeUnit.SECONDS),
                told.poll(10, TimeUnit.SECONDS)));
        next.sort(null);
        assertEquals(List.of("alice NEWUSER,carol,,,sip:carol@" + sip(carol), "carol NEWUSER,alice,,,sip:alice@" + sip(alice),
                "carol NEWUSER,bob,Bob   B,,sip:bob@" + sip(bob)), next, "bob, who only listens, is told of nobody");
    }

    @Test
    void nothingListensUnlessThatIsAskedFor() {
        ClassicPhone phone = phone("alice", "", 0);
        phone.parts().neighbours().begin();
        assertEquals(0, phone.parts().neighbours().port());
    }

    @Test
    void aStoppedPhoneAnswersNobody() {
        ClassicPhone phone = phone("alice", "", 1);
        phone.parts().neighbours().begin(0, List.of());
        assertTrue(phone.parts().neighbours().port() > 0);
        phone.stop();
        assertEquals(0, phone.parts().neighbours().port());
    }

    @Test
    void greetingsAreReadAsTheyAreWritten() {
        LanGreeting greeting = new LanGreeting(LanGreeting.ASK, "0123456789abcdef", 5060, "alice.b+1", "Al\u00fc ce");
        assertEquals(Optional.of(greeting), LanGreeting.parse(greeting.text()));
        LanGreeting evil = new LanGreeting(LanGreeting.ANSWER, "0123456789abcdef", 5060, "eve", "a\r\nSTATUS,1,x");
        assertEquals("a  STATUS 1 x", LanGreeting.parse(evil.text()).orElseThrow().name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EARSHOT-LAN/1 ASK 0123456789 0 a b", "EARSHOT-LAN/1 ASK 0123456789 70000 a b",
        "EARSHOT-LAN/2 ASK 0123456789 5060 a b", "EARSHOT-LAN/1 ASK 0123456789 5060 a@b c", "EARSHOT-LAN/1 ASK 0123456789 5060 a%0D%0A c",
        "EARSHOT-LAN/1 ASK 0123456789 5060 a%4", "EARSHOT-LAN/1 ASK 0123456789 5060 a%4 b", "EARSHOT-LAN/1 KICK 0123456789 5060 a b"})
    void whatIsNoGreetingIsNone(String text) {
        assertEquals(Optional.empty(), LanGreeting.parse(text));
    }

    @Test
    void aFloodOfGreetingsIsBounded() throws Exception {
        ClassicPhone alice = phone("alice", "", 2);
        alice.parts().neighbours().begin(0, List.of());
        Random random = new Random(3);
        try (DatagramSocket eve = new DatagramSocket(local(0))) {
            for (int i = 0; i < 1000; i++) {
                byte[] text = new LanGreeting(LanGreeting.ANSWER, "0123456789abcdef", 5060, "eve" + i, "").text()
                        .getBytes(StandardCharsets.UTF_8);
                text[random.nextInt(text.length)] = i % 2 == 0 ? text[0] : (byte) random.nextInt(256);
                eve.send(new DatagramPacket(text, text.length, local(alice.parts().neighbours().port())));
            }
        }
        ClassicPhone bob = phone("bob", "", 1);
        bob.parts().neighbours().begin(0, List.of());
        assertTrue(told.size() <= 256, told.size() + " were believed");
    }
}
