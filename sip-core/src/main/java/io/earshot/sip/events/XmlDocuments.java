package io.earshot.sip.events;

import io.earshot.sip.xml.XmlLimits;
import io.earshot.sip.xml.XmlNode;
import io.earshot.sip.xml.XmlReader;
import io.earshot.sip.xml.XmlResult;
import java.util.function.Function;

/** What the documents in XML have in common. */
final class XmlDocuments {
    private XmlDocuments() {
    }

    /** Reads an XML document with this root element. */
    static <T> Reading<T> xml(String text, String root, Function<XmlNode, T> reader) {
        XmlResult result = XmlReader.read(text, XmlLimits.DEFAULT);
        if (result instanceof XmlResult.Malformed malformed) {
            return new Reading.Malformed<>(malformed.reason() + " (at character " + malformed.offset() + ")");
        }
        XmlNode node = ((XmlResult.Parsed) result).root();
        return node.name().equals(root) ? new Reading.Read<>(reader.apply(node))
            : new Reading.Malformed<>("the root element is <" + node.name() + ">, not <" + root + ">");
    }
}
