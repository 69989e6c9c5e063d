package io.earshot.sip.events;

import io.earshot.sip.message.MediaType;
import io.earshot.sip.xml.XmlNode;
import io.earshot.sip.xml.XmlWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The calls of a line (RFC 4235).
 *
 * @param version counts the documents of one subscription
 * @param full whether these are all, or only those that changed
 * @param entity whose calls
 * @param dialogs the calls
 */
public record DialogInfo(long version, boolean full, String entity, List<Dialog> dialogs) {
    /** {@code application/dialog-info+xml}. */
    public static final MediaType TYPE = MediaType.of("application", "dialog-info+xml");

    /** How far a call is (RFC 4235 §3.7.1). */
    public enum State { TRYING, PROCEEDING, EARLY, CONFIRMED, TERMINATED, UNKNOWN }

    /** Whose call it was. */
    public enum Direction { INITIATOR, RECIPIENT, UNKNOWN }

    /**
     * One end of a call.
     *
     * @param identity its address
     * @param display its name
     * @param target its Contact
     */
    public record Party(Optional<String> identity, Optional<String> display, Optional<String> target) {
        /** Nobody that is known. */
        public static final Party UNKNOWN = new Party(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * One call.
     *
     * @param id names it from document to document
     * @param callId its Call-ID
     * @param localTag the tag at the watched line
     * @param remoteTag the tag at the other end
     * @param event why it came into this state: {@code cancelled}, {@code rejected}, {@code replaced}, …
     * @param local the watched line
     * @param remote the other end
     */
    public record Dialog(String id, Optional<String> callId, Optional<String> localTag, Optional<String> remoteTag, Direction direction,
            State state, Optional<String> event, Party local, Party remote) { }

    public DialogInfo {
        dialogs = List.copyOf(dialogs);
    }

    /** Reads a document. */
    public static Reading<DialogInfo> parse(String text) {
        return XmlDocuments.xml(text, "dialog-info", root -> new DialogInfo(root.number("version", 0),
            !root.attribute("state").orElse("full").equals("partial"), root.attribute("entity").orElse(""),
            root.all("dialog").stream().map(DialogInfo::dialog).toList()));
    }

    private static Dialog dialog(XmlNode node) {
        String state = node.textOf("state").orElse("");
        return new Dialog(node.attribute("id").orElse(""), given(node, "call-id"), given(node, "local-tag"), given(node, "remote-tag"),
            value(Direction.values(), node.attribute("direction").orElse(""), Direction.UNKNOWN),
            value(State.values(), state, State.UNKNOWN),
            node.first("state").flatMap(known -> given(known, "event")), party(node, "local"), party(node, "remote"));
    }

    private static Optional<String> given(XmlNode node, String attribute) {
        return node.attribute(attribute).filter(text -> !text.isEmpty());
    }

    private static Party party(XmlNode dialog, String name) {
        return dialog.first(name).map(node -> new Party(node.textOf("identity"),
            node.first("identity").flatMap(identity -> given(identity, "display")),
            node.first("target").flatMap(target -> given(target, "uri")))).orElse(Party.UNKNOWN);
    }

    private static <E extends Enum<E>> E value(E[] values, String text, E otherwise) {
        for (E value : values) {
            if (value.name().equalsIgnoreCase(text.strip())) {
                return value;
            }
        }
        return otherwise;
    }

    /** Returns the document. */
    public String write() {
        XmlWriter out = new XmlWriter().open("dialog-info").attribute("xmlns", "urn:ietf:params:xml:ns:dialog-info")
            .attribute("version", version).attribute("state", full ? "full" : "partial").attribute("entity", entity);
        for (Dialog dialog : dialogs) {
            out.open("dialog").attribute("id", dialog.id).attribute("call-id", dialog.callId).attribute("local-tag", dialog.localTag)
                .attribute("remote-tag", dialog.remoteTag);
            if (dialog.direction != Direction.UNKNOWN) {
                out.attribute("direction", word(dialog.direction));
            }
            if (dialog.state != State.UNKNOWN) {
                out.open("state").attribute("event", dialog.event).text(word(dialog.state)).close();
            }
            write("local", dialog.local, out);
            write("remote", dialog.remote, out);
            out.close();
        }
        return out.close().document();
    }

    private static void write(String name, Party party, XmlWriter out) {
        if (party.equals(Party.UNKNOWN)) {
            return;
        }
        out.open(name);
        party.identity.ifPresent(identity -> out.open("identity").attribute("display", party.display).text(identity).close());
        party.target.ifPresent(target -> out.open("target").attribute("uri", target).close());
        out.close();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
