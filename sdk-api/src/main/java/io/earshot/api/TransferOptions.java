package io.earshot.api;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.check.Check;
import java.util.Optional;

/**
 * How to transfer a call. Immutable; the {@code with} methods return changed copies.
 *
 * @param hold whether the peer is put on hold first, and taken off it again if the transfer fails
 * @param ending when our own call ends
 * @param report whether the peer is to tell how it goes; without, its agreement is all there is to know (RFC 4488)
 * @param newDialog whether the request goes outside the call's dialog (RFC 4538), for servers that want it so
 * @param requireReplaces whether the target of an attended transfer must understand Replaces, so that none of its other phones rings
 * @param referredBy who asks, a SIP address (RFC 3892); empty for the account's own
 * @param targetHost host, with {@code :port} if need be, that takes the place of the one in the target's address (Refer-To), for servers
 *        that refuse others than their own; empty leaves the address as it is
 */
public record TransferOptions(boolean hold, Ending ending, boolean report, boolean newDialog, boolean requireReplaces,
        Optional<String> referredBy, Optional<String> targetHost) {
    /** On hold, our call ends when the target has answered, progress is told, within the dialog. */
    public static final TransferOptions DEFAULT = new TransferOptions(true, Ending.ON_SUCCESS, true, false, true, Optional.empty(),
            Optional.empty());

    /** When the transferred call ends at our side. */
    public enum Ending {
        /** When the target has answered. */
        ON_SUCCESS,
        /** As soon as the peer agrees to the transfer, whatever comes of it. */
        ON_ACCEPTANCE,
        /** It is left to the program, or to the peer. */
        NEVER
    }

    public TransferOptions {
        requireNonNull(ending, "ending");
        Check.filled(referredBy, "referredBy");
        Check.filled(targetHost, "targetHost");
    }

    /** Returns a copy that does not hold the peer before. */
    public TransferOptions withoutHold() {
        return new TransferOptions(false, ending, report, newDialog, requireReplaces, referredBy, targetHost);
    }

    /** Returns a copy with another end of our own call. */
    public TransferOptions withEnding(Ending when) {
        return new TransferOptions(hold, when, report, newDialog, requireReplaces, referredBy, targetHost);
    }

    /** Returns a copy that does not want to know how it goes. */
    public TransferOptions withoutReport() {
        return new TransferOptions(hold, ending, false, newDialog, requireReplaces, referredBy, targetHost);
    }

    /** Returns a copy that asks outside the call's dialog. */
    public TransferOptions withNewDialog() {
        return new TransferOptions(hold, ending, report, true, requireReplaces, referredBy, targetHost);
    }

    /** Returns a copy that does not insist on Replaces. */
    public TransferOptions withoutRequireReplaces() {
        return new TransferOptions(hold, ending, report, newDialog, false, referredBy, targetHost);
    }

    /** Returns a copy with another Referred-By. */
    public TransferOptions withReferredBy(String address) {
        return new TransferOptions(hold, ending, report, newDialog, requireReplaces, Optional.of(requireNonNull(address, "address")),
                targetHost);
    }

    /** Returns a copy with another host in the target's address. */
    public TransferOptions withTargetHost(String host) {
        return new TransferOptions(hold, ending, report, newDialog, requireReplaces, referredBy,
                Optional.of(requireNonNull(host, "host")));
    }
}
