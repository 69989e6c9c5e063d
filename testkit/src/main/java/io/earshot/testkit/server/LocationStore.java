package io.earshot.testkit.server;

import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.SipUri;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Who is where. Bindings that have expired are as good as gone. */
final class LocationStore {
    private final Map<String, List<Binding>> byUser = new LinkedHashMap<>();
    private final Map<String, Binding> byContact = new HashMap<>();

    List<Binding> of(String user, long now) {
        List<Binding> bindings = byUser.getOrDefault(user, List.of());
        for (Binding old : bindings.stream().filter(binding -> binding.expiresAt() <= now).toList()) {
            remove(old);
        }
        return List.copyOf(byUser.getOrDefault(user, List.of()));
    }

    Optional<Binding> find(String user, SipUri contact) {
        return byUser.getOrDefault(user, List.of()).stream().filter(binding -> binding.contact().equivalent(contact)).findFirst();
    }

    /** Finds who registered a contact, by its user, host and port: what requests inside a dialog are sent to. */
    Optional<Binding> byContact(SipUri uri, long now) {
        return Optional.ofNullable(byContact.get(key(uri))).filter(binding -> binding.expiresAt() > now);
    }

    void put(Binding binding) {
        find(binding.user(), binding.contact()).ifPresent(this::remove);
        byUser.computeIfAbsent(binding.user(), user -> new ArrayList<>()).add(binding);
        byContact.put(key(binding.contact()), binding);
    }

    void remove(Binding binding) {
        List<Binding> bindings = byUser.getOrDefault(binding.user(), new ArrayList<>());
        bindings.remove(binding);
        if (bindings.isEmpty()) {
            byUser.remove(binding.user());
        }
        byContact.remove(key(binding.contact()), binding);
    }

    /** Forgets what was reached over a connection that ended: nobody else can reach it either. */
    void removeOver(Flow flow) {
        byUser.values().stream().flatMap(List::stream).filter(binding -> binding.flow().equals(Optional.of(flow))).toList()
            .forEach(this::remove);
    }

    void clear() {
        byUser.clear();
        byContact.clear();
    }

    private static String key(SipUri uri) {
        return uri.decodedUser().orElse("") + '@' + uri.host().toLowerCase(Locale.ROOT) + ':' + uri.port();
    }
}
