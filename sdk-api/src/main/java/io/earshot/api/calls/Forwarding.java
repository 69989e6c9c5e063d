package io.earshot.api.calls;

import io.earshot.api.check.Check;
import java.time.Duration;
import java.util.Optional;

/**
 * Where calls are sent on: by 302 with Diversion (RFC 5806) and History-Info (RFC 7044), or by answering and transferring them where
 * the server does not follow that. Targets are as for {@link io.earshot.api.Account#dial(String)}.
 *
 * @param always every call
 * @param onBusy calls while another one is under way
 * @param onNoAnswer calls that nobody answers
 * @param noAnswerAfter how long they ring first; 15 s by default
 * @param transferAlways every call that {@code always} does not send on: it is answered here and transferred (REFER, RFC 3515); a caller
 *     that cannot be transferred is hung up on. A call that comes back from such a transfer rings
 */
public record Forwarding(Optional<String> always, Optional<String> onBusy, Optional<String> onNoAnswer, Duration noAnswerAfter,
        Optional<String> transferAlways) {
    /** Nowhere. */
    public static final Forwarding NONE = new Forwarding(Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofSeconds(15),
            Optional.empty());

    /** Checks the time. */
    public Forwarding {
        Check.filled(always, "always");
        Check.filled(onBusy, "onBusy");
        Check.filled(onNoAnswer, "onNoAnswer");
        Check.filled(transferAlways, "transferAlways");
        Check.range(noAnswerAfter, Duration.ZERO, Duration.ofSeconds(600), "noAnswerAfter");
    }

    /** Returns a copy that forwards every call. */
    public Forwarding withAlways(String target) {
        return new Forwarding(Optional.of(Check.requireNonNull(target, "target")), onBusy, onNoAnswer, noAnswerAfter, transferAlways);
    }

    /** Returns a copy that forwards while busy. */
    public Forwarding withOnBusy(String target) {
        return new Forwarding(always, Optional.of(Check.requireNonNull(target, "target")), onNoAnswer, noAnswerAfter, transferAlways);
    }

    /** Returns a copy that forwards what nobody answers for so long. */
    public Forwarding withOnNoAnswer(String target, Duration after) {
        return new Forwarding(always, onBusy, Optional.of(Check.requireNonNull(target, "target")), after, transferAlways);
    }

    /** Returns a copy that answers every call and transfers it. */
    public Forwarding withTransferAlways(String target) {
        return new Forwarding(always, onBusy, onNoAnswer, noAnswerAfter, Optional.of(Check.requireNonNull(target, "target")));
    }
}
