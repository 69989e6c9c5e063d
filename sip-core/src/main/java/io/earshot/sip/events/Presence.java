package io.earshot.sip.events;

import io.earshot.sip.message.MediaType;
import io.earshot.sip.xml.XmlNode;
import io.earshot.sip.xml.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where somebody can be reached, and what he is doing: a PIDF document (RFC 3863) with the rich presence of RFC 4479 and 4480.
 *
 * @param entity whose presence, {@code pres:} or {@code sip:}
 * @param tuples ways to reach him
 * @param persons what he is doing, as different sources see it
 * @param notes remarks on the whole
 */
public record Presence(String entity, List<Tuple> tuples, List<Person> persons, List<Note> notes) {
    /** {@code application/pidf+xml}. */
    public static final MediaType TYPE = MediaType.of("application", "pidf+xml");

    public Presence {
        tuples = List.copyOf(tuples);
        persons = List.copyOf(persons);
        notes = List.copyOf(notes);
    }

    /** Tells whether any way is open; empty when none says so or otherwise. */
    public Optional<Boolean> isOpen() {
        List<Boolean> said = tuples.stream().flatMap(tuple -> tuple.open().stream()).toList();
        return said.isEmpty() ? Optional.empty() : Optional.of(said.contains(true));
    }

    /** Returns all that he is doing. */
    public List<String> activities() {
        return persons.stream().flatMap(person -> person.activities().stream()).distinct().toList();
    }

    /** Returns the first remark there is, wherever it stands. */
    public Optional<String> remark() {
        List<Note> all = new ArrayList<>(notes);
        tuples.forEach(tuple -> all.addAll(tuple.notes()));
        persons.forEach(person -> all.addAll(person.notes()));
        return all.stream().map(Note::text).filter(text -> !text.isBlank()).findFirst();
    }

    /** Reads a document. */
    public static Reading<Presence> parse(String text) {
        return XmlDocuments.xml(text, "presence", Presence::read);
    }

    private static Presence read(XmlNode root) {
        List<Person> persons = new ArrayList<>(root.all("person").stream().map(Presence::person).toList());
        List<Tuple> tuples = new ArrayList<>();
        for (XmlNode tuple : root.all("tuple")) {
            tuples.add(tuple(tuple));
            // Drafts of RFC 4480 put activities into the tuple or its status, and so do phones to this day.
            tuple.first("activities").or(() -> tuple.first("status").flatMap(status -> status.first("activities")))
                .ifPresent(activities -> persons.add(person(tuple.first("activities").isPresent() ? tuple : tuple.first("status").get())));
        }
        return new Presence(root.attribute("entity").orElse(""), tuples, persons, notes(root));
    }

    private static Tuple tuple(XmlNode node) {
        Optional<Boolean> open = node.first("status").flatMap(status -> status.textOf("basic")).flatMap(basic ->
            basic.equalsIgnoreCase("open") ? Optional.of(true) : basic.equalsIgnoreCase("closed") ? Optional.of(false) : Optional.empty());
        List<Note> notes = new ArrayList<>(notes(node));
        node.first("status").ifPresent(status -> notes.addAll(notes(status)));
        return new Tuple(node.attribute("id").orElse(""), open, node.textOf("contact"),
            node.first("contact").flatMap(contact -> contact.attribute("priority")), notes, node.textOf("timestamp"));
    }

    private static Person person(XmlNode node) {
        Optional<XmlNode> activities = node.first("activities");
        List<String> doing = activities.map(XmlNode::children).orElse(List.of()).stream().map(XmlNode::name)
            .filter(name -> !name.equals("note")).toList();
        List<Note> notes = new ArrayList<>(notes(node));
        activities.ifPresent(all -> notes.addAll(notes(all)));
        return new Person(node.attribute("id").orElse(""), doing, kind(node, "mood"), kind(node, "place-type"), node.textOf("user-input"),
            activities.flatMap(all -> all.attribute("from")), activities.flatMap(all -> all.attribute("until")), notes);
    }

    private static Optional<String> kind(XmlNode node, String name) {
        return node.first(name).flatMap(all -> all.children().stream().map(XmlNode::name).filter(kind -> !kind.equals("note")).findFirst());
    }

    private static List<Note> notes(XmlNode node) {
        return node.all("note").stream().filter(note -> !note.text().isEmpty())
            .map(note -> new Note(note.attribute("lang").orElse(""), note.text())).toList();
    }

    /** Returns the document. */
    public String write() {
        XmlWriter out = new XmlWriter().open("presence").attribute("xmlns", "urn:ietf:params:xml:ns:pidf")
            .attribute("xmlns:dm", "urn:ietf:params:xml:ns:pidf:data-model").attribute("xmlns:r", "urn:ietf:params:xml:ns:pidf:rpid")
            .attribute("entity", entity);
        for (Tuple tuple : tuples) {
            out.open("tuple").attribute("id", tuple.id()).open("status");
            out.element("basic", tuple.open().map(open -> open ? "open" : "closed")).close();
            tuple.contact().ifPresent(contact -> out.open("contact").attribute("priority", tuple.priority()).text(contact).close());
            write(tuple.notes(), "note", out);
            out.element("timestamp", tuple.timestamp()).close();
        }
        write(notes, "note", out);
        persons.forEach(person -> write(person, out));
        return out.close().document();
    }

    private static void write(Person person, XmlWriter out) {
        out.open("dm:person").attribute("id", person.id());
        if (!person.activities().isEmpty()) {
            out.open("r:activities").attribute("from", person.from()).attribute("until", person.until());
            person.activities().forEach(activity -> out.open("r:" + activity).close());
            out.close();
        }
        person.mood().ifPresent(mood -> out.open("r:mood").open("r:" + mood).close().close());
        person.placeType().ifPresent(place -> out.open("r:place-type").open("r:" + place).close().close());
        out.element("r:user-input", person.userInput());
        write(person.notes(), "dm:note", out);
        out.close();
    }

    private static void write(List<Note> notes, String name, XmlWriter out) {
        for (Note note : notes) {
            out.open(name);
            if (!note.language().isEmpty()) {
                out.attribute("xml:lang", note.language());
            }
            out.text(note.text()).close();
        }
    }
}
