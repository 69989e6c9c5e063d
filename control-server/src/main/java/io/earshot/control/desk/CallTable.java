package io.earshot.control.desk;

import io.earshot.control.text.Notifications;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The calls, as STATUS notifications tell them. Each gets an identifier that is never used again. */
public final class CallTable {
    private static final Set<String> OVER = Set.of("CallDisconnect", "Finishing", "Finished", "Deletable");
    private static final Set<String> NO_CALL = Set.of("Register", "Registering", "Registered", "Unregister", "Subscribe", "Chat",
            "Outband");
    private static final Set<String> TALKING = Set.of("CallConnect", "InCall", "Muted", "Hold", "Speaking", "Midcall");
    private static final int MOST_LINES = 10_000;

    private final Notifications names;
    private final Map<Integer, Entry> byLine = new TreeMap<>();
    private final List<Entry> unplaced = new ArrayList<>();
    private long serial;

    /**
     * A call.
     *
     * @param id for clients
     * @param direction {@code outgoing} or {@code incoming}
     * @param state {@code starting}, {@code ringing} or {@code connected}
     * @param status the text of the last notification
     * @param held 0 nobody, 2 we, 3 the peer, 4 both
     */
    public record Entry(String id, int line, String direction, String state, String status, String peer, String callId, boolean muted,
            int held) {
        boolean isReserved() {
            return status.isEmpty();
        }

        Entry on(int other) {
            return new Entry(id, other, direction, state, status, peer, callId, muted, held);
        }
    }

    /** Makes an empty table. */
    public CallTable(Notifications names) {
        this.names = names;
    }

    /** Takes a line for a call that is about to be made. */
    public Entry reserve(String peer) {
        int line = 1;
        while (byLine.containsKey(line)) {
            line++;
        }
        Entry entry = new Entry(nextId(), line, "outgoing", "starting", "", peer, "", false, 0);
        byLine.put(line, entry);
        return entry;
    }

    /** Gives a line back, as nothing came of its call. */
    public void release(Entry entry) {
        byLine.values().removeIf(known -> known.id().equals(entry.id()) && known.isReserved());
        unplaced.removeIf(known -> known.id().equals(entry.id()));
    }

    private String nextId() {
        return Long.toString(++serial);
    }

    /** Returns the calls, by line. */
    public List<Entry> all() {
        return List.copyOf(byLine.values());
    }

    /** Finds a call. */
    public Optional<Entry> find(String id) {
        return byLine.values().stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    void on(Event event) {
        if (!event.type().equals("STATUS") || event.fields().size() < 7) {
            return;
        }
        Map<String, String> status = names.named(event.fields());
        int line = number(status.get("line"));
        String text = status.getOrDefault("status", "");
        if (line < 1 || line > MOST_LINES || NO_CALL.contains(text)) {
            return;
        }
        Entry known = byLine.get(line);
        if (OVER.contains(text)) {
            if (text.startsWith("Fin") || text.equals("Deletable")) {
                byLine.remove(line);
            }
            return;
        }
        boolean incoming = status.getOrDefault("endpointtype", "").equals("2");
        byLine.put(line, updated(placed(line, known, incoming, status), text, status));
    }

    /** A line that was taken for a call of ours may have gone to another one in the meantime. */
    private Entry placed(int line, Entry known, boolean incoming, Map<String, String> status) {
        String callId = status.getOrDefault("callid", "");
        if (known != null && known.isReserved() && incoming) {
            unplaced.add(known);
        } else if (known != null && (known.callId().isEmpty() || callId.isEmpty() || known.callId().equals(callId))) {
            return known;
        }
        if (!incoming && !unplaced.isEmpty()) {
            return unplaced.remove(0).on(line);
        }
        return new Entry(nextId(), line, incoming ? "incoming" : "outgoing", "starting", "", status.getOrDefault("peername", ""), callId,
                false, 0);
    }

    private static Entry updated(Entry call, String text, Map<String, String> status) {
        String state = TALKING.contains(text) ? "connected" : text.equals("Ringing") ? "ringing"
                : call.state();
        return new Entry(call.id(), call.line(), call.direction(), state, text,
                call.peer().isEmpty() ? status.getOrDefault("peername", "") : call.peer(),
                status.getOrDefault("callid", call.callId()), number(status.getOrDefault("mute", "0")) > 0,
                number(status.getOrDefault("hold", Integer.toString(call.held()))));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException none) {
            return -1;
        }
    }
}
