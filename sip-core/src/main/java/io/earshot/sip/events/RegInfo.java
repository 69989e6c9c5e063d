package io.earshot.sip.events;

import io.earshot.sip.message.MediaType;
import io.earshot.sip.xml.XmlNode;
import io.earshot.sip.xml.XmlWriter;
import java.util.List;
import java.util.Optional;

/**
 * Where somebody is registered (RFC 3680).
 *
 * @param version counts the documents of one subscription
 * @param full whether these are all, or only those that changed
 * @param registrations one for each address of record
 */
public record RegInfo(long version, boolean full, List<Registration> registrations) {
    /** {@code application/reginfo+xml}. */
    public static final MediaType TYPE = MediaType.of("application", "reginfo+xml");

    /**
     * One address of record.
     *
     * @param address the address
     * @param id names it from document to document
     * @param state {@code init}, {@code active} or {@code terminated}
     */
    public record Registration(String address, String id, String state, List<Contact> contacts) {
        public Registration {
            contacts = List.copyOf(contacts);
        }
    }

    /**
     * One binding.
     *
     * @param id names it from document to document
     * @param state {@code active} or {@code terminated}
     * @param event what brought it there: {@code registered}, {@code refreshed}, {@code expired}, {@code deactivated}, {@code probation},
     *     {@code unregistered}, {@code rejected}, {@code shortened} or {@code created}
     * @param uri the address
     * @param expires seconds left; -1 when it is not said
     * @param retryAfter after probation, seconds to wait; -1 when it is not said
     * @param display the name
     */
    public record Contact(String id, String state, String event, String uri, long expires, long retryAfter, Optional<String> display) { }

    public RegInfo {
        registrations = List.copyOf(registrations);
    }

    /** Reads a document. */
    public static Reading<RegInfo> parse(String text) {
        return XmlDocuments.xml(text, "reginfo", root -> new RegInfo(root.number("version", 0),
            !root.attribute("state").orElse("full").equals("partial"),
            root.all("registration").stream().map(RegInfo::registration).toList()));
    }

    private static Registration registration(XmlNode node) {
        return new Registration(node.attribute("aor").orElse(""), node.attribute("id").orElse(""), node.attribute("state").orElse(""),
            node.all("contact").stream().map(one -> new Contact(one.attribute("id").orElse(""), one.attribute("state").orElse(""),
                one.attribute("event").orElse(""), one.textOf("uri").orElse(one.text()), one.number("expires", -1),
                one.number("retry-after", -1), one.textOf("display-name"))).toList());
    }

    /** Returns the document. */
    public String write() {
        XmlWriter out = new XmlWriter().open("reginfo").attribute("xmlns", "urn:ietf:params:xml:ns:reginfo").attribute("version", version)
            .attribute("state", full ? "full" : "partial");
        for (Registration one : registrations) {
            out.open("registration").attribute("aor", one.address).attribute("id", one.id).attribute("state", one.state);
            for (Contact contact : one.contacts) {
                out.open("contact").attribute("id", contact.id).attribute("state", contact.state).attribute("event", contact.event);
                out.attribute("expires", seconds(contact.expires)).attribute("retry-after", seconds(contact.retryAfter));
                out.element("uri", contact.uri).element("display-name", contact.display).close();
            }
            out.close();
        }
        return out.close().document();
    }

    private static Optional<Long> seconds(long value) {
        return value < 0 ? Optional.empty() : Optional.of(value);
    }
}
