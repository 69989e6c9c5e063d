package io.earshot.control.text;

import io.earshot.control.text.Command.Dialect;
import io.earshot.control.text.Command.Parameter;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads {@code <request><function>API_Call</function><line>-1</line></request>}, and SOAP envelopes whose body holds an element with the
 * function's name. There are no document types and no entities of their own.
 */
public final class XmlReader {
    private static final int DEEPEST = 8;
    private static final int MOST = 100;

    private final Functions functions;
    private final XMLInputFactory parsers = XMLInputFactory.newFactory();

    /** Makes a reader. */
    public XmlReader(Functions functions) {
        this.functions = functions;
        parsers.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        parsers.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        parsers.setProperty(XMLInputFactory.IS_COALESCING, true);
    }

    /** An element with its text and its children. */
    private record Element(String name, StringBuilder text, List<Element> children) { }

    /** Reads a command. */
    public Reading read(String text) {
        Optional<Element> root = root(text);
        if (root.isEmpty()) {
            return new Reading.Unreadable("not well-formed XML, or with a document type, which is not allowed");
        }
        if (root.get().name.equals("Envelope")) {
            return root.get().children.stream().filter(child -> child.name.equals("Body"))
                    .flatMap(body -> body.children.stream()).findFirst().map(call -> read(call.name, call.children, Dialect.SOAP))
                    .orElseGet(() -> new Reading.Unreadable("the SOAP body is empty: it holds an element with the function's name"));
        }
        Optional<Element> function = root.get().children.stream().filter(child -> child.name.equalsIgnoreCase("function")).findFirst();
        List<Element> others = root.get().children.stream().filter(child -> !child.name.equalsIgnoreCase("function")).toList();
        return function.filter(named -> !named.text.toString().isBlank()).map(named -> read(named.text.toString(), others, Dialect.XML))
                .orElseGet(() -> new Reading.Unreadable("element function is missing"));
    }

    private Reading read(String function, List<Element> children, Dialect dialect) {
        List<Parameter> parameters = children.stream().map(child -> new Parameter(child.name, child.text.toString())).toList();
        return new Reading.Read(Command.of(functions, function, parameters, dialect));
    }

    private Optional<Element> root(String text) {
        try {
            XMLStreamReader reader = parsers.createXMLStreamReader(new StringReader(text));
            Element holder = new Element("", new StringBuilder(), new ArrayList<>());
            List<Element> open = new ArrayList<>(List.of(holder));
            int elements = 0;
            while (reader.hasNext()) {
                int event = reader.next();
                Element inner = open.get(open.size() - 1);
                if (event == XMLStreamConstants.START_ELEMENT) {
                    if (++elements > MOST || open.size() > DEEPEST) {
                        return Optional.empty();
                    }
                    Element element = new Element(reader.getLocalName(), new StringBuilder(), new ArrayList<>());
                    inner.children.add(element);
                    open.add(element);
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    open.remove(open.size() - 1);
                } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                    inner.text.append(reader.getText());
                } else if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                    return Optional.empty();
                }
            }
            return holder.children.stream().findFirst();
        } catch (XMLStreamException | RuntimeException broken) {
            return Optional.empty(); // the JDK's parser throws unchecked exceptions for some broken texts too
        }
    }
}
