package io.earshot.sdk.internal.call;

import io.earshot.api.Call;
import io.earshot.api.Failure;
import io.earshot.api.calls.HoldMode;
import io.earshot.sdk.internal.loop.Promise;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;

/**
 * The offers that we make in an established call, one at a time: holds and resumes, and new keys, in the order they were asked for, and
 * before those the news that we have another address. Confined to the signalling loop.
 */
final class OwnOffers {
    private final EngineContext context;
    private final CallSession call;
    private final Queue<Hold> holds = new ArrayDeque<>();
    /** Who waits for keys that were agreed on to be in force. */
    private final Queue<Promise<Void>> keying = new ArrayDeque<>();
    /** Whether an offer that moves us to another address is under way, or waits for another one to be done. */
    private boolean moving;
    private boolean mustMove;

    /** A hold, or with no mode a resume, that the peer has not confirmed; or, as it is, with new keys. */
    private record Hold(Optional<HoldMode> mode, boolean renew, Promise<Void> promise) { }

    OwnOffers(EngineContext context, CallSession call) {
        this.context = context;
        this.call = call;
    }

    /** Holds in a way, or with none resumes. */
    void hold(Optional<HoldMode> mode, Promise<Void> promise) {
        Call.State state = call.handle().state();
        if (state != Call.State.ESTABLISHED || call.media().isEmpty()) {
            promise.fail(new Failure.BadArgument("Only an established call can be held or resumed; this one is "
                    + state.name().toLowerCase(Locale.ROOT) + "."));
            return;
        }
        add(new Hold(mode, false, promise));
    }

    /** Agrees on new keys. */
    void renewKeys(Promise<Void> promise) {
        Call.State state = call.handle().state();
        if (state != Call.State.ESTABLISHED || call.media().isEmpty()) {
            promise.fail(new Failure.BadArgument("Only an established call can have new keys; this one is "
                    + state.name().toLowerCase(Locale.ROOT) + "."));
            return;
        }
        add(new Hold(Optional.empty(), true, promise));
    }

    private void add(Hold hold) {
        holds.add(hold);
        if (holds.size() == 1) {
            next();
        }
    }

    /** Our address is another one: the peer is told as soon as no other offer is under way. */
    void move() {
        mustMove = true;
        sendMove();
    }

    /** Takes the answer to an offer; tells whether the offer was one of these. */
    boolean answered(MediaControl.Outcome outcome) {
        if (moving) {
            moving = false;
            next();
            return true;
        }
        Hold hold = holds.poll();
        if (hold != null) {
            Optional<String> kept = hold.renew ? control().notRenewed() : Optional.empty();
            if (outcome.isRefused()) {
                hold.promise.fail(outcome.failure(0));
            } else if (kept.isPresent()) {
                hold.promise.fail(noNewKeys(kept.get()));
            } else if (hold.renew && control().isKeying()) {
                keying.add(hold.promise);
            } else {
                hold.promise.complete(null);
            }
            next();
        }
        return hold != null;
    }

    /** Tells whether the offer under way holds or resumes. */
    boolean isHold() {
        return !moving && !holds.isEmpty() && !holds.peek().renew;
    }

    /** An offer came to nothing: who waits for that is told. {@link #next} is to follow. */
    void refused(Failure failure) {
        Optional<Hold> waiting = moving ? Optional.empty() : Optional.ofNullable(holds.poll());
        moving = false;
        waiting.ifPresent(hold -> hold.promise.fail(failure));
    }

    /** New keys are in force. */
    void keyed() {
        for (Promise<Void> waits = keying.poll(); waits != null; waits = keying.poll()) {
            waits.complete(null);
        }
        if (!holds.isEmpty()) {
            next();
        }
    }

    /** Sends what waits. */
    void next() {
        sendMove();
        Hold next = holds.peek();
        while (next != null && mayGo(next) && isDone(next)) {
            holds.poll();
            next = holds.peek();
        }
        if (next != null && mayGo(next)) {
            context.signalling().engine().reoffer(call.id().orElseThrow(),
                    next.renew ? control().offer() : control().offer(next.mode), context.now());
        }
    }

    /** Tells those whose wish is fulfilled, or cannot be; a wish for new keys is entered. */
    private boolean isDone(Hold next) {
        if (!next.renew) {
            boolean held = next.mode.equals(control().holding());
            if (held) {
                next.promise.complete(null);
            }
            return held;
        }
        Optional<String> hindrance = control().renewal();
        hindrance.ifPresent(why -> next.promise.fail(noNewKeys(why)));
        return hindrance.isPresent();
    }

    private static Failure noNewKeys(String why) {
        return new Failure.BadArgument("There are no new keys: " + why + ".");
    }

    private void sendMove() {
        if (mustMove && !call.isOver() && !isBusy()) {
            mustMove = false;
            moving = context.signalling().engine().reoffer(call.id().orElseThrow(), control().offer(), context.now());
        }
    }

    private MediaControl control() {
        return call.media().orElseThrow();
    }

    private boolean mayGo(Hold next) {
        return !isBusy() && !(next.renew && control().isKeying());
    }

    private boolean isBusy() {
        return control().isOfferOpen();
    }

    /** The call is over: what waits comes to nothing. */
    void end() {
        for (Hold hold = holds.poll(); hold != null; hold = holds.poll()) {
            hold.promise.fail(new Failure.Cancelled("The call has ended."));
        }
        for (Promise<Void> waits = keying.poll(); waits != null; waits = keying.poll()) {
            waits.fail(new Failure.Cancelled("The call has ended."));
        }
    }
}
