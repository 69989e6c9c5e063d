package io.earshot.sdk.internal.call;

import io.earshot.api.Call;
import io.earshot.api.Failure;
import io.earshot.sdk.internal.loop.Promise;
import io.earshot.sip.sdp.SessionDescription;
import io.earshot.sip.ua.ExtraHeader;
import io.earshot.sip.ua.SipEvent;
import java.util.List;
import java.util.Optional;

/** How one call that came in gets its sound: with the answer, or before it. Its steps hop between the two loops. */
final class Answerer {
    private final EngineContext context;
    private final CallStarter starter;
    private final EngineCall call;
    private final SipEvent.IncomingCall event;
    /** Confined to the signalling loop: what we have told the caller before the answer, which has to repeat it (RFC 3261 §13.2.1). */
    private Optional<SessionDescription> told = Optional.empty();
    private boolean answering;

    Answerer(EngineContext context, CallStarter starter, EngineCall call, SipEvent.IncomingCall event) {
        this.context = context;
        this.starter = starter;
        this.call = call;
        this.event = event;
    }

    /** Answers; from any thread. */
    void answer(CallStarter.Wish wish) {
        CallSession session = call.session();
        context.loop().execute(() -> {
            answering = true;
            starter.openMedia(session, () -> answerNow(session, wish));
        });
    }

    private void answerNow(CallSession session, CallStarter.Wish wish) {
        if (session.isOver()) {
            return;
        }
        SessionDescription ours;
        if (told.isPresent()) {
            ours = told.get();
        } else {
            MediaControl control = control(session, wish);
            session.setMedia(control);
            Optional<MediaControl.Outcome> outcome = event.offer().map(control::answer);
            Optional<String> refusal = outcome.flatMap(MediaControl.Outcome::refusal);
            if (refusal.isPresent()) {
                String why = refusal.get();
                session.refuse(488, List.of(ExtraHeader.of("Warning", "304 earshot \"" + quoted(why) + "\"")),
                        new Failure.MediaRefused(488, Failures.sentence(why)));
                return;
            }
            ours = outcome.flatMap(MediaControl.Outcome::answer).orElseGet(control::offer);
        }
        context.signalling().engine().answer(event.session(), ours, wish.headers(), context.now());
    }

    /** Starts the sound before the answer; from any thread. */
    Promise<Call> early(CallStarter.Wish wish) {
        Promise<Call> promise = new Promise<>(context.callbacks());
        CallSession session = call.session();
        context.loop().execute(() -> {
            if (session.isOver() || answering) {
                promise.fail(new Failure.BadArgument("Sound before the answer can be had only while the call rings; this one is "
                        + (session.isOver() ? "ended." : "answered.")));
            } else if (event.offer().isEmpty()) {
                promise.fail(new Failure.BadArgument("The caller made no offer, so that there is no sound before the answer."));
            } else if (told.isPresent()) {
                promise.complete(call);
            } else {
                starter.openMedia(session, () -> earlyNow(session, wish, promise));
                call.ended().thenAccept(over -> promise.fail(new Failure.Cancelled("The call has ended.")));
            }
        });
        return promise;
    }

    private void earlyNow(CallSession session, CallStarter.Wish wish, Promise<Call> promise) {
        if (told.isEmpty() && !answering) {
            MediaControl control = control(session, wish);
            MediaControl.Outcome outcome = control.answer(event.offer().orElseThrow());
            if (outcome.isRefused()) {
                promise.fail(new Failure.MediaRefused(0, Failures.sentence(outcome.refusal().get())));
                return;
            }
            session.setMedia(control);
            told = outcome.answer();
            context.signalling().engine().ring(event.session(), 183, told, context.now());
        }
        promise.complete(call);
    }

    private MediaControl control(CallSession session, CallStarter.Wish wish) {
        return new MediaControl(context, call.media(), session.journal(), wish.codecs(), starter.local(Addresses.source(event.request())));
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
