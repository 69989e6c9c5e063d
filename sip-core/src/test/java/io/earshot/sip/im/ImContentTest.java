package io.earshot.sip.im;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sip.message.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ImContentTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ImContent read(String type, byte[] body) {
        return ImContent.read(MediaType.parse(type), body);
    }

    private static String text(String type, byte[] body) {
        return assertInstanceOf(ImContent.Text.class, read(type, body)).text();
    }

    @Test
    @Tag("rfc3428")
    void textIsReadInItsCharset() {
        assertEquals("Grüße", text("text/plain", bytes("Grüße")));
        assertEquals("Grüße", text("text/plain;charset=ISO-8859-1", "Grüße".getBytes(StandardCharsets.ISO_8859_1)));
        assertEquals("Grüße", text("text/plain;charset=\"utf-16\"", "Grüße".getBytes(StandardCharsets.UTF_16)));
        assertEquals("hi", text("text/plain;charset=no-such-charset", bytes("hi")));
        assertEquals("<b>hi</b>", text("text/html", bytes("<b>hi</b>")));
        assertEquals(new ImContent.Unsupported(MediaType.parse("image/png")), read("image/png", bytes("x")));
    }

    @Test
    @Tag("rfc2046")
    void ofSeveralPartsThePlainTextIsTaken() {
        byte[] body = bytes("ignored\r\n--b1\r\nContent-Type: text/html\r\n\r\n<i>hi</i>\r\n"
            + "--b1\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b1--\r\n");
        assertEquals("hi", text("multipart/alternative;boundary=b1", body));
        assertEquals("hi", text("multipart/alternative;boundary=\"b1\"", body));
        assertInstanceOf(ImContent.Malformed.class, read("multipart/mixed", body));
        assertInstanceOf(ImContent.Malformed.class, read("multipart/mixed;boundary=other", body));
    }

    @Test
    @Tag("rfc3862")
    void cpimIsUnwrapped() {
        byte[] body = bytes("From: MR SANDERS <im:piglet@100akerwood.com>\r\nTo: Depressed Donkey <im:eeyore@100akerwood.com>\r\n"
            + "NS: x <urn:ietf:params:imdn>\r\nx.Message-ID: 34jk324j\r\nx.Disposition-Notification: Positive-Delivery, display\r\n"
            + "DateTime: 2000-12-13T13:40:00-08:00\r\n\r\n"
            + "Content-type: text/plain; charset=utf-8\r\nContent-ID: <1@x>\r\n\r\nHere is\r\n\r\ntext.");
        ImContent.Text text = assertInstanceOf(ImContent.Text.class, read("message/cpim", body));
        assertEquals("Here is\r\n\r\ntext.", text.text());
        Cpim cpim = text.envelope().orElseThrow();
        assertEquals(Optional.of("34jk324j"), cpim.imdn("Message-ID"));
        assertEquals(List.of("positive-delivery", "display"), cpim.wishes());
        assertEquals(Optional.of("2000-12-13T13:40:00-08:00"), cpim.header("DateTime"));
        assertEquals(Optional.of(cpim), Cpim.parse(cpim.toBytes()));
    }

    @Test
    @Tag("rfc5438")
    void notificationsComeBack() {
        for (Imdn sent : List.of(Imdn.delivered("a<b&c", "2006-04-04T12:16:49-05:00"), Imdn.displayed("2", ""), Imdn.failed("3", "x"))) {
            assertEquals(new ImContent.Report(sent), read("message/imdn+xml", sent.toBytes()));
            byte[] wrapped = new Cpim(List.of(new Cpim.Header("From", "<sip:a@b>")), Imdn.TYPE, sent.toBytes()).toBytes();
            assertEquals(new ImContent.Report(sent), read("message/cpim", wrapped));
        }
        String prefixed = "<?xml version=\"1.0\"?><!-- <imdn> -->"
            + "<n:imdn xmlns:n=\"urn:ietf:params:xml:ns:imdn\"><n:message-id>7</n:message-id>"
            + "<n:delivery-notification><n:status><n:forbidden/></n:status></n:delivery-notification></n:imdn>";
        assertEquals(Optional.of(new Imdn("7", "", Imdn.Kind.DELIVERY, false, "forbidden")), Imdn.parse(bytes(prefixed)));
    }

    @Test
    @Tag("rfc3994")
    void writingComesBack() {
        for (IsComposing sent : List.of(new IsComposing(true, "text/plain", OptionalInt.of(90)),
                new IsComposing(false, "", OptionalInt.empty()))) {
            assertEquals(new ImContent.Typing(sent), read("application/im-iscomposing+xml", sent.toBytes()));
        }
        assertEquals(Optional.of(new IsComposing(false, "", OptionalInt.empty())),
            IsComposing.parse(bytes("<isComposing><state>daydreaming</state><refresh>-4</refresh></isComposing>")));
    }

    @Test
    void documentTypesAreNotRead() {
        String bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><isComposing><state>active</state></isComposing>";
        assertEquals(Optional.empty(), IsComposing.parse(bytes(bomb)));
        assertEquals(Optional.empty(), Imdn.parse(bytes("<imdn><message-id></message-id></imdn>")));
    }

    @Test
    void wrappingHasAnEnd() {
        byte[] body = bytes("deep");
        String type = "text/plain";
        for (int i = 0; i < 10; i++) {
            body = new Cpim(List.of(), MediaType.parse(type), body).toBytes();
            type = "message/cpim";
        }
        assertInstanceOf(ImContent.Malformed.class, read(type, body));
    }

    @Test
    void noMutationThrows() {
        SplittableRandom chance = new SplittableRandom(3428);
        List<String> types = List.of("message/cpim", "message/imdn+xml", "application/im-iscomposing+xml", "multipart/mixed;boundary=b");
        List<byte[]> seeds = List.of(new Cpim(List.of(new Cpim.Header("NS", "imdn <urn:ietf:params:imdn>")), Imdn.TYPE,
                Imdn.delivered("1", "now").toBytes()).toBytes(), Imdn.displayed("1", "now").toBytes(),
            new IsComposing(true, "text/plain", OptionalInt.of(60)).toBytes(),
            bytes("--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n"));
        int read = 0;
        for (int i = 0; i < 40_000; i++) {
            int which = chance.nextInt(seeds.size());
            byte[] body = Arrays.copyOf(seeds.get(which), chance.nextInt(4) == 0 ? chance.nextInt(seeds.get(which).length + 1)
                : seeds.get(which).length);
            for (int change = chance.nextInt(4); change > 0 && body.length > 0; change--) {
                body[chance.nextInt(body.length)] = (byte) "<>/:;\r\n -&\0\u00ff".charAt(chance.nextInt(12));
            }
            read += read(types.get(which), body) instanceof ImContent.Malformed ? 0 : 1;
        }
        assertTrue(read > 5_000 && read < 39_000, "read " + read);
    }
}
