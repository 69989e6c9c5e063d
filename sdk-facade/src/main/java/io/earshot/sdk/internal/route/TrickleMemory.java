package io.earshot.sdk.internal.route;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Which peers are known to take candidates one by one (RFC 8840 §5.1): those of the last calls and questions. Confined to the signalling
 * loop.
 */
public final class TrickleMemory {
    private static final int MOST = 1000;
    private final Map<String, Boolean> known = new LinkedHashMap<>();

    /** Makes one that knows nobody. */
    public TrickleMemory() {
    }

    /** Notes what a peer has shown; the oldest are forgotten first. */
    public void note(String address, boolean takes) {
        String name = name(address);
        known.remove(name);
        if (takes) {
            known.put(name, true);
            if (known.size() > MOST) {
                known.remove(known.keySet().iterator().next());
            }
        }
    }

    /** Tells whether the last device that was met at this address took them. */
    public boolean knows(String address) {
        return known.containsKey(name(address));
    }

    /** User and host: parameters and ports change from call to call. */
    private static String name(String address) {
        return address.replaceFirst("^sips?:", "").replaceFirst("[;?].*", "").replaceFirst(":[0-9]{1,5}$", "").toLowerCase(Locale.ROOT);
    }
}
