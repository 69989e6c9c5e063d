package io.earshot.api.calls;

import java.util.Map;

/**
 * A value of Call-Info or Alert-Info: an icon, a page, a ring tone (RFC 3261 §20.4, §20.9). Earshot never fetches it by itself.
 *
 * @param target the URI as sent
 * @param parameters by name, as {@code purpose} to {@code icon}; the empty string for one without value
 */
public record InfoLink(String target, Map<String, String> parameters) {
    /** Copies the parameters. */
    public InfoLink {
        parameters = Map.copyOf(parameters);
    }
}
