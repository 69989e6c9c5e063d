package io.earshot.ice.portmap;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** What routers say, read without DTDs, entities or anything external. */
final class UpnpXml {
    /** Where and as what to ask. */
    record Service(String type, URI control) { }

    private UpnpXml() {
    }

    /** Finds the WAN connection in a description. */
    static Optional<Service> service(String xml, URI location) {
        Optional<Document> document = parse(xml);
        if (document.isEmpty()) {
            return Optional.empty();
        }
        NodeList services = document.get().getElementsByTagNameNS("*", "service");
        for (int i = 0; i < Math.min(services.getLength(), 64); i++) {
            Element each = (Element) services.item(i);
            String type = child(each, "serviceType");
            if (type.matches("urn:schemas-upnp-org:service:WAN(IP|PPP)Connection:[12]")) {
                Optional<URI> control = resolve(location, child(each, "controlURL"));
                if (control.isPresent()) {
                    return Optional.of(new Service(type, control.get()));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<URI> resolve(URI location, String path) {
        try {
            URI uri = location.resolve(path);
            InetAddress router = InetAddress.getByName(location.getHost());
            return path.isEmpty() ? Optional.empty() : UpnpMapper.safe(uri.toString(), router);
        } catch (IllegalArgumentException | UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static String child(Element parent, String name) {
        NodeList found = parent.getElementsByTagNameNS("*", name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }

    /** Returns the text of the first element of this name. */
    static Optional<String> text(String xml, String name) {
        return parse(xml).map(document -> document.getElementsByTagNameNS("*", name)).filter(found -> found.getLength() > 0)
            .map(found -> found.item(0).getTextContent().strip());
    }

    private static Optional<Document> parse(String xml) {
        if (xml.length() > UpnpMapper.MAX_BODY) {
            return Optional.empty();
        }
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setNamespaceAware(true);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return Optional.of(builder.parse(new InputSource(new StringReader(xml))));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            return Optional.empty();
        }
    }
}
