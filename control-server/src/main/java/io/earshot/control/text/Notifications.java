package io.earshot.control.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The notifications that there are, and the names of their fields. */
public final class Notifications {
    private static final int MOST_SHORT = 3;

    private final Map<String, Kind> byType = new LinkedHashMap<>();

    /**
     * A kind of notification.
     *
     * @param fields their names, after the type
     */
    public record Kind(String type, List<String> fields, String summary) {
        public Kind {
            fields = List.copyOf(fields);
        }
    }

    /** Reads the table. */
    public Notifications() {
        Table.read("notifications.tsv").forEach(row ->
                byType.put(row.get(0), new Kind(row.get(0), List.of(row.get(1).split(" ")), row.get(2))));
    }

    /** Returns all of them, in the order of the table. */
    public List<Kind> all() {
        return List.copyOf(byType.values());
    }

    /**
     * Names the fields of a notification. What has more fields than names keeps the rest in the last one, with the commas; a STATUS with
     * the counters before its Call-ID loses the ambiguity by being named up to the display name only.
     *
     * @param fields type first
     */
    public Map<String, String> named(List<String> fields) {
        Map<String, String> named = new LinkedHashMap<>();
        Kind kind = fields.isEmpty() ? null : byType.get(fields.get(0));
        if (kind == null) {
            return named;
        }
        List<String> names = kind.fields();
        int usable = kind.type().equals("STATUS") && !isFull(fields) ? Math.min(fields.size() - 1, names.indexOf("callid")) : names.size();
        for (int i = 0; i < usable && i + 1 < fields.size(); i++) {
            boolean last = i == names.size() - 1;
            named.put(names.get(i), last ? String.join(",", fields.subList(i + 1, fields.size())) : fields.get(i + 1));
        }
        named.computeIfPresent("callid", (name, value) -> value.startsWith("[") && value.endsWith("]")
                ? value.substring(1, value.length() - 1) : value);
        return named;
    }

    private boolean isFull(List<String> status) {
        int callId = byType.get("STATUS").fields().indexOf("callid") + 1;
        return status.size() <= MOST_SHORT || status.size() > callId && status.get(callId).startsWith("[");
    }
}
