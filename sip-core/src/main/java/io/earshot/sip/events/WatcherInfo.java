package io.earshot.sip.events;

import io.earshot.sip.message.MediaType;
import io.earshot.sip.xml.XmlNode;
import io.earshot.sip.xml.XmlWriter;
import java.util.List;
import java.util.Optional;

/**
 * Who watches (RFC 3858).
 *
 * @param version counts the documents of one subscription
 * @param full whether these are all, or only those that changed
 * @param lists one for each resource and event package
 */
public record WatcherInfo(long version, boolean full, List<WatcherList> lists) {
    /** {@code application/watcherinfo+xml}. */
    public static final MediaType TYPE = MediaType.of("application", "watcherinfo+xml");

    /**
     * The watchers of one resource.
     *
     * @param resource who is watched
     * @param event the event package, {@code presence} as a rule
     */
    public record WatcherList(String resource, String event, List<Watcher> watchers) {
        public WatcherList {
            watchers = List.copyOf(watchers);
        }
    }

    /**
     * One watcher.
     *
     * @param id names the subscription from document to document
     * @param status {@code pending}, {@code active}, {@code waiting} or {@code terminated}
     * @param event what brought it there: {@code subscribe}, {@code approved}, {@code rejected}, {@code timeout}, …
     * @param address who
     * @param display the name
     */
    public record Watcher(String id, String status, String event, String address, Optional<String> display) { }

    public WatcherInfo {
        lists = List.copyOf(lists);
    }

    /** Reads a document. */
    public static Reading<WatcherInfo> parse(String text) {
        return XmlDocuments.xml(text, "watcherinfo", root -> new WatcherInfo(root.number("version", 0),
            !root.attribute("state").orElse("full").equals("partial"),
            root.all("watcher-list").stream().map(WatcherInfo::list).toList()));
    }

    private static WatcherList list(XmlNode node) {
        return new WatcherList(node.attribute("resource").orElse(""), node.attribute("package").orElse(""),
            node.all("watcher").stream().map(one -> new Watcher(one.attribute("id").orElse(""), one.attribute("status").orElse(""),
                one.attribute("event").orElse(""), one.text(), one.attribute("display-name").filter(name -> !name.isEmpty()))).toList());
    }

    /** Returns the document. */
    public String write() {
        XmlWriter out = new XmlWriter().open("watcherinfo").attribute("xmlns", "urn:ietf:params:xml:ns:watcherinfo")
            .attribute("version", version).attribute("state", full ? "full" : "partial");
        for (WatcherList list : lists) {
            out.open("watcher-list").attribute("resource", list.resource).attribute("package", list.event);
            for (Watcher one : list.watchers) {
                out.open("watcher").attribute("id", one.id).attribute("status", one.status).attribute("event", one.event)
                    .attribute("display-name", one.display).text(one.address).close();
            }
            out.close();
        }
        return out.close().document();
    }
}
