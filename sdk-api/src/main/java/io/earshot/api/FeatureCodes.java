package io.earshot.api;

import io.earshot.api.check.Check;

/**
 * The numbers by which a telephone system parks calls and picks them up. Each is dialled, or is the target of a transfer. Where the server
 * tells which dialogs ring (RFC 4235), {@link CallOptions#withReplacing} picks one up without any code.
 *
 * @param pickup before an extension whose ringing call is to be taken, as {@code **}
 * @param groupPickup takes a call that rings in our group, as {@code *8}
 * @param park where to transfer a call to be parked, as {@code 700}
 * @param retrieve before the number of a slot whose call is to be taken; empty where the slot itself is dialled
 */
public record FeatureCodes(String pickup, String groupPickup, String park, String retrieve) {
    /** What Asterisk and its relatives start with. */
    public static final FeatureCodes ASTERISK = new FeatureCodes("**", "*8", "700", "");

    public FeatureCodes {
        Check.line(pickup, "pickup");
        Check.line(groupPickup, "groupPickup");
        Check.line(park, "park");
        Check.line(retrieve, "retrieve");
    }

    /** Takes a call that rings at an extension. */
    public Call pickup(Account account, String extension) {
        return Check.requireNonNull(account, "account").dial(pickup + Check.filled(extension, "extension"));
    }

    /** Takes a call that rings in our group. */
    public Call pickupGroup(Account account) {
        return Check.requireNonNull(account, "account").dial(groupPickup);
    }

    /** Parks a call: it is transferred to the number for that, which usually announces the slot to the peer. */
    public Transfer park(Call call) {
        return Check.requireNonNull(call, "call").transfer(park);
    }

    /** Parks a call in a slot of one's choice. */
    public Transfer park(Call call, String slot) {
        return Check.requireNonNull(call, "call").transfer(Check.filled(slot, "slot"));
    }

    /** Takes a parked call. */
    public Call retrieve(Account account, String slot) {
        return Check.requireNonNull(account, "account").dial(retrieve + Check.filled(slot, "slot"));
    }
}
