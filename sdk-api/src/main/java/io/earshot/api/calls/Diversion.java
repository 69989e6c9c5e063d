package io.earshot.api.calls;

import io.earshot.api.check.Check;

/**
 * A party that a call was diverted from (RFC 5806).
 *
 * @param address the party's URI
 * @param displayName its name; may be empty
 * @param reason {@code unconditional}, {@code user-busy}, {@code no-answer}, {@code deflection}, …; empty if not told
 * @param count how many diversions it stands for, from 1
 */
public record Diversion(String address, String displayName, String reason, int count) implements CallHeader {
    /** Checks the parts. */
    public Diversion {
        Check.address(address, "address");
        Check.line(displayName, "displayName");
        if (!Check.requireNonNull(reason, "reason").isEmpty()) {
            Check.word(reason, "reason");
        }
        Check.range(count, 0, 255, "count");
    }

    /** Returns a single diversion. */
    public static Diversion of(String address, String reason) {
        return new Diversion(address, "", reason, 1);
    }

    @Override
    public String name() {
        return "Diversion";
    }

    @Override
    public String value() {
        String quoted = displayName.isEmpty() ? "" : "\"" + displayName.replace("\\", "\\\\").replace("\"", "\\\"") + "\" ";
        return quoted + "<" + address + ">" + (reason.isEmpty() ? "" : ";reason=" + reason) + ";counter=" + count;
    }
}
