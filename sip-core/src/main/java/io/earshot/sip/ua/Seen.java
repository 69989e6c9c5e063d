package io.earshot.sip.ua;

import java.util.LinkedHashMap;
import java.util.Map;

/** The names of the last things that came in, to tell what comes again. */
final class Seen {
    private final Map<String, Boolean> names;

    Seen(int most) {
        names = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > most;
            }
        };
    }

    /** Takes notice of a name; tells whether it is new. */
    boolean add(String name) {
        return names.putIfAbsent(name, true) == null;
    }
}
