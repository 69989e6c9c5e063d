package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.PhoneBuilder;
import io.earshot.api.WireCharacters;
import io.earshot.api.audio.AudioDevices.Role;
import io.earshot.api.audio.AudioSetup;
import io.earshot.api.audio.LineStyle;
import java.lang.reflect.Proxy;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How sound lines are opened and served, and in which characters old systems and peers write; the rest is JavaSoundBackendTest's. */
@Timeout(60)
class ClassicLineStyleTest {
    private static ClassicParameters parse(String... arguments) {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(List.of(arguments));
        assertEquals(List.of(), parsed.problems());
        return parsed.parameters();
    }

    private static LineStyle style(String... arguments) {
        List<AudioSetup> setups = new ArrayList<>();
        PhoneBuilder builder = (PhoneBuilder) Proxy.newProxyInstance(ClassicLineStyleTest.class.getClassLoader(),
                new Class<?>[] {PhoneBuilder.class}, (self, method, given) -> {
                    if (given[0] instanceof AudioSetup setup) {
                        setups.add(setup);
                    }
                    return self;
                });
        ClassicDevices.apply(parse(arguments), builder);
        return setups.get(0).style();
    }

    @Test
    void linesAreAsTheParametersSay() {
        assertEquals(LineStyle.DEFAULT, style());
        assertEquals(LineStyle.DEFAULT.withStereo(true), style("stereomode=true"));
        assertEquals(LineStyle.DEFAULT.withCapture(70, false), style("recaudiobuffers=7"));
        assertEquals(LineStyle.DEFAULT.withCapture(40, true), style("recaudiomode=2"));
        assertEquals(LineStyle.DEFAULT, style("recaudiomode=1"));
        assertEquals(LineStyle.DEFAULT.withShared(Set.of(Role.MICROPHONE)), style("audiorecthread=0"));
        assertEquals(LineStyle.DEFAULT.withShared(Set.of(Role.SPEAKER)), style("audioplaythread=0"));
        assertEquals(LineStyle.DEFAULT.withShared(Set.of(Role.RINGER)), style("audioplaythread2=0"));
        assertEquals(LineStyle.DEFAULT.withNames(StandardCharsets.UTF_8), style("charset_media=utf-8"));
        assertEquals("parameter charset_media=klingon: Java knows no such characters; UTF-8 and ISO-8859-1 are known, for instance",
                assertThrows(IllegalArgumentException.class, () -> style("charset_media=klingon")).getMessage());
    }

    @Test
    void theSystemsMixerIsTurnedUpNeverOnceOrAlways(@TempDir Path folder) {
        assertFalse(style().raiseLevels());
        assertTrue(style("checkvolumesettings=2").raiseLevels());
        String kept = "datafolder=" + folder.resolve("new");
        assertTrue(style("checkvolumesettings=1", kept).raiseLevels());
        assertFalse(style("checkvolumesettings=1", kept).raiseLevels(), "the second time");
        assertTrue(style("checkvolumesettings=2", kept).raiseLevels());
    }

    @ParameterizedTest
    @CsvSource({"'', UTF-8, UTF-8", "charset=ISO-8859-1, ISO-8859-1, ISO-8859-1", "charset_sip=ISO-8859-1, ISO-8859-1, UTF-8",
        "charset_bytes=windows-1251, UTF-8, windows-1251", "charset=ISO-8859-1 charset_bytes=UTF-8, ISO-8859-1, UTF-8"})
    void charactersOfHeadersAndBodiesAreParameters(String arguments, String headers, String bodies) {
        ClassicParameters from = arguments.isEmpty() ? parse() : parse(arguments.split(" "));
        assertEquals(new WireCharacters(Charset.forName(headers), Charset.forName(bodies)), ClassicHabits.signalling(from).characters());
    }

    @Test
    void anOldPeersMessageIsRead() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        try (ClassicPhone phone = new ClassicPhone(parse("username=alice", "register=0", "localip=127.0.0.1", "waitforunregister=0",
                "charset=ISO-8859-1"), line -> lines.add(line.line())); DatagramSocket peer = new DatagramSocket()) {
            assertTrue(phone.start());
            String address = phone.running().orElseThrow().phone().listeningOn().stream().filter(one -> one.startsWith("UDP "))
                    .findFirst().orElseThrow().substring("UDP 127.0.0.1:".length());
            byte[] message = ("MESSAGE sip:alice@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + peer.getLocalPort()
                    + ";branch=z9hG4bK1;rport\r\nFrom: <sip:bob@127.0.0.1>;tag=1\r\nTo: <sip:alice@127.0.0.1>\r\nCall-ID: 1\r\n"
                    + "CSeq: 1 MESSAGE\r\nMax-Forwards: 70\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\ngr\u00fc\u00dfe")
                    .getBytes(StandardCharsets.ISO_8859_1);
            peer.send(new DatagramPacket(message, message.length, InetAddress.getLoopbackAddress(), Integer.parseInt(address)));
            String line = lines.poll(10, TimeUnit.SECONDS);
            while (line != null && !line.contains("CHAT,")) {
                line = lines.poll(10, TimeUnit.SECONDS);
            }
            assertTrue(line != null && line.contains("gr\u00fc\u00dfe"), line);
        }
    }
}
