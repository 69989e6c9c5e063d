package io.earshot.sdk.internal.call;

import io.earshot.api.CallEvent.Side;
import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import io.earshot.sip.ua.EndCause;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** The engine's end causes as failures of the API, and as the words of a call record. */
final class Failures {
    private Failures() {
    }

    /** Returns the failure of a request of ours. */
    static Failure of(io.earshot.sip.ua.Failure cause, String target, String user) {
        if (cause instanceof io.earshot.sip.ua.Failure.Rejected rejected) {
            return rejected(rejected, target);
        }
        if (cause instanceof io.earshot.sip.ua.Failure.AuthenticationFailed auth) {
            return new Failure.AuthenticationFailed(user, auth.realm(), auth.status(), sentence(auth.detail()));
        }
        if (cause instanceof io.earshot.sip.ua.Failure.Redirected redirected) {
            return new Failure.Redirected(redirected.status(), redirected.contacts().stream().map(to -> to.uri().toString()).toList());
        }
        if (cause instanceof io.earshot.sip.ua.Failure.TimedOut late) {
            return new Failure.TimedOut(sentence(late.detail()));
        }
        if (cause instanceof io.earshot.sip.ua.Failure.ProtocolError wrong) {
            return new Failure.Protocol(sentence(wrong.detail()));
        }
        return new Failure.Unreachable(sentence(cause.sentence()));
    }

    private static Failure rejected(io.earshot.sip.ua.Failure.Rejected rejected, String target) {
        int status = rejected.status();
        String reason = rejected.reasonPhrase();
        return switch (status) {
            case 486, 600 -> new Failure.Busy(status, reason);
            case 403, 603, 607, 608 -> new Failure.Declined(status, reason);
            case 404, 410, 484, 485, 604 -> new Failure.NotFound(target, status, reason);
            case 480 -> new Failure.Unavailable(target, status, reason);
            case 415, 488, 606 -> new Failure.MediaRefused(status, sentence(rejected.sentence()));
            case 408 -> new Failure.TimedOut("The server got no answer from " + target + " (408 " + reason + ").");
            default -> new Failure.Rejected(status, reason,
                    rejected.retryAfter().isPresent() ? Optional.of(Duration.ofSeconds(rejected.retryAfter().getAsLong()))
                            : Optional.empty());
        };
    }

    /** Returns the failure that an end amounts to; empty for an ordinary hang-up. */
    static Optional<Failure> of(EndCause cause, String target, String user) {
        if (cause instanceof EndCause.LocalHangup || cause instanceof EndCause.RemoteHangup || cause instanceof EndCause.Replaced) {
            return Optional.empty();
        }
        if (cause instanceof io.earshot.sip.ua.Failure failure) {
            return Optional.of(of(failure, target, user));
        }
        return Optional.of(new Failure.Cancelled(sentence(cause.sentence())));
    }

    /** Returns why a future of ours failed, as its continuations are told: wrapped or not. */
    static Failure of(Throwable refused) {
        Throwable cause = refused instanceof CompletionException && refused.getCause() != null ? refused.getCause() : refused;
        return cause instanceof VoipException known ? known.failure() : new Failure.Protocol(sentence(String.valueOf(cause)));
    }

    /** Returns a text with its final full stop. */
    static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("?") || text.isEmpty() ? text : text + ".";
    }

    /** Returns who ended it. */
    static Side side(EndCause cause) {
        if (cause instanceof EndCause.LocalHangup || cause instanceof EndCause.Declined) {
            return Side.LOCAL;
        }
        if (cause instanceof EndCause.Cancelled cancelled) {
            return cancelled.by() == EndCause.Side.LOCAL ? Side.LOCAL : Side.REMOTE;
        }
        if (cause instanceof EndCause.RemoteHangup || cause instanceof EndCause.Replaced
                || cause instanceof io.earshot.sip.ua.Failure.Rejected
                || cause instanceof io.earshot.sip.ua.Failure.Redirected
                || cause instanceof io.earshot.sip.ua.Failure.AuthenticationFailed) {
            return Side.REMOTE;
        }
        return Side.NETWORK;
    }

    /** Returns the final status of the INVITE as far as it is known: 200 for an answered call, 0 when there was none. */
    static int status(EndCause cause, boolean answered) {
        if (answered) {
            return 200;
        }
        if (cause instanceof io.earshot.sip.ua.Failure.Rejected rejected) {
            return rejected.status();
        }
        if (cause instanceof io.earshot.sip.ua.Failure.Redirected redirected) {
            return redirected.status();
        }
        if (cause instanceof io.earshot.sip.ua.Failure.AuthenticationFailed auth) {
            return auth.status();
        }
        if (cause instanceof EndCause.Declined declined) {
            return declined.status();
        }
        return cause instanceof EndCause.Cancelled ? 487 : cause instanceof io.earshot.sip.ua.Failure.TimedOut ? 408 : 0;
    }
}
