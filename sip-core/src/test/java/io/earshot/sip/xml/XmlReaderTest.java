package io.earshot.sip.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class XmlReaderTest {
    private static final String GOOD = "<?xml version='1.0'?><!-- a --><a xmlns='urn:a' xmlns:b=\"urn:b\" x='1&amp;2'>t<b:c y=\"&#x41;\"/>"
        + "<![CDATA[<raw>]]>&lt;&#66;</a>\n";

    private static XmlNode parsed(String text) {
        return assertInstanceOf(XmlResult.Parsed.class, XmlReader.read(text, XmlLimits.DEFAULT)).root();
    }

    private static String refused(String text) {
        return assertInstanceOf(XmlResult.Malformed.class, XmlReader.read(text, XmlLimits.DEFAULT)).reason();
    }

    @Test
    void readsElementsAttributesTextAndNamespaces() {
        XmlNode root = parsed(GOOD);
        assertEquals("a", root.name());
        assertEquals("urn:a", root.namespace());
        assertEquals("1&2", root.attribute("x").orElseThrow());
        assertEquals("t<raw><B", root.text());
        XmlNode child = root.first("c").orElseThrow();
        assertEquals("urn:b", child.namespace());
        assertEquals("A", child.attribute("y").orElseThrow());
    }

    @Test
    void documentTypesAndSoEveryEntityOfAStrangerAreRefused() {
        String bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><x>&b;</x>";
        assertEquals("document types are not read", refused(bomb));
        assertEquals("document types are not read", refused("<!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>"));
        assertEquals("entity &b; is not known", refused("<x>&b;</x>"));
    }

    @Test
    void whatIsNotWellFormedIsRefused() {
        for (String bad : new String[] {"", "x", "<a>", "<a></b>", "<a/><b/>", "<a x=1/>", "<a x='1' x='2'/>", "<a x='<'/>", "<a>&#0;</a>",
            "<a>&#xD800;</a>", "<a>&", "<a b='", "<a><![CDATA[", "<!--", "<a", "</a>", "< a/>", "<a x='1'y='2'/>", "<a>&lt</a>"}) {
            refused(bad);
        }
    }

    @Test
    void limitsHold() {
        assertTrue(refused("<a>".repeat(33) + "</a>".repeat(33)).contains("deeper than 32"));
        assertTrue(refused("<a>" + "<b/>".repeat(10_000) + "</a>").contains("more than 10000 elements"));
        assertTrue(refused("<a>" + "x".repeat(1 << 18) + "</a>").contains("longer than"));
        StringBuilder many = new StringBuilder("<a");
        for (int i = 0; i < 33; i++) {
            many.append(" a").append(i).append("='1'");
        }
        assertTrue(refused(many + "/>").contains("more than 32 attributes"));
    }

    @Test
    void nothingThrowsWhateverIsChanged() {
        SplittableRandom chance = new SplittableRandom(11);
        String alphabet = "<>&;/='\"!?-[]a:x \n#0";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(GOOD);
            for (int n = chance.nextInt(1, 5); n > 0; n--) {
                int at = chance.nextInt(text.length());
                text.setCharAt(at, alphabet.charAt(chance.nextInt(alphabet.length())));
            }
            assertNotNull(XmlReader.read(text.substring(0, chance.nextInt(text.length() + 1)), XmlLimits.DEFAULT));
        }
    }

    @Test
    void theWriterLetsNothingOutOfItsPlace() {
        String text = new XmlWriter().open("a").attribute("x", "\"<&>'\n").text("<b>&\u0000\u0007é😀").close().document();
        XmlNode root = parsed(text);
        assertEquals("\"<&>'\n", root.attribute("x").orElseThrow());
        assertEquals("<b>&é😀", root.text());
        assertThrows(IllegalArgumentException.class, () -> new XmlWriter().open("a><b"));
        assertThrows(IllegalStateException.class, () -> new XmlWriter().open("a").document());
    }
}
