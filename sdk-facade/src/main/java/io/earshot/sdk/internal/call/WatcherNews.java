package io.earshot.sdk.internal.call;

import io.earshot.api.presence.Presence;
import io.earshot.sip.events.WatcherInfo;
import io.earshot.sip.message.Request;
import io.earshot.sip.ua.EventBody;
import io.earshot.sip.ua.WatcherId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who watches an account, told to the account's other devices (RFC 3857, RFC 3858). Nobody else is told (RFC 3857 §4.6): From must be the
 * account's own address, and the request must come through the server that the account is registered at. Confined to the signalling loop.
 */
final class WatcherNews {
    /** The event package. */
    static final String EVENT = "presence.winfo";

    private final EventDesk desk;
    private final EngineAccount account;
    private final String resource;
    /** Who is told, and how many documents that was. */
    private final Map<WatcherId, Long> readers = new LinkedHashMap<>();
    private Map<WatcherId, Presence.Watcher> watchers = Map.of();

    WatcherNews(EventDesk desk, EngineAccount account, String resource) {
        this.desk = desk;
        this.account = account;
        this.resource = resource;
    }

    /** A device asks; {@code own} when it says that it is one of ours. */
    void arrived(WatcherId id, boolean own, Request subscribe) {
        boolean ours = own && Addresses.source(subscribe).filter(source -> desk.engine().extras().isServer(account.id(),
                source.getAddress())).isPresent();
        if (ours) {
            readers.put(id, 0L);
            desk.engine().watchers().accept(id, document(0), desk.now());
        } else {
            desk.engine().watchers().reject(id, desk.now());
        }
    }

    /** A device asks no more; tells whether it was one of those that did. */
    boolean left(WatcherId id) {
        return readers.remove(id) != null;
    }

    /** Who watches us is somebody else now. */
    void changed(Map<WatcherId, Presence.Watcher> now) {
        watchers = new LinkedHashMap<>(now);
        readers.replaceAll((id, version) -> {
            desk.engine().watchers().update(id, document(version + 1), desk.now());
            return version + 1;
        });
    }

    private EventBody document(long version) {
        List<WatcherInfo.Watcher> all = watchers.entrySet().stream().filter(entry -> entry.getValue().what().equals("presence"))
                .map(entry -> watcher(entry.getKey(), entry.getValue())).toList();
        return new EventBody(WatcherInfo.TYPE, new WatcherInfo(version, true,
                List.of(new WatcherInfo.WatcherList(resource, "presence", all))).write());
    }

    private static WatcherInfo.Watcher watcher(WatcherId id, Presence.Watcher one) {
        return new WatcherInfo.Watcher("w" + id.value(), one.seesUs() ? "active" : "pending", one.seesUs() ? "approved" : "subscribe",
                one.address(), Optional.of(one.displayName()).filter(name -> !name.isEmpty()));
    }
}
