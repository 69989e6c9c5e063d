package io.earshot.sdk.internal.call;

import io.earshot.api.Call;
import io.earshot.api.Failure;
import io.earshot.api.MediaEncryption;
import io.earshot.sdk.internal.loop.Promise;
import io.earshot.sdk.internal.secure.SecureLine;
import io.earshot.sip.sdp.SessionDescription;
import io.earshot.sip.ua.ExtraHeader;
import io.earshot.sip.ua.SipEvent;
import java.net.InetSocketAddress;
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
            starter.openMedia(session, handshakes(wish),
                    () -> starter.seek(session, source(), event.offer(), () -> answerNow(session, wish)));
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
            if (outcome.filter(MediaControl.Outcome::isRefused).isPresent()) {
                String why = outcome.get().refusal().orElseThrow();
                session.refuse(488, List.of(ExtraHeader.of("Warning", "304 earshot \"" + quoted(why) + "\"")), outcome.get().failure(488));
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
                starter.openMedia(session, handshakes(wish), () -> starter.seek(session, source(), event.offer(),
                        () -> earlyNow(session, wish, promise)));
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
                promise.fail(outcome.failure(0));
                return;
            }
            session.setMedia(control);
            told = outcome.answer();
            context.signalling().engine().ring(event.session(), 183, told, context.now());
        }
        promise.complete(call);
    }

    private MediaControl control(CallSession session, CallStarter.Wish wish) {
        MediaEncryption wanted = wanted(wish);
        context.keys().check(wanted);
        SecureLine line = context.keys().line(wanted, Addresses.isEncrypted(event.request().via().transport()));
        return new MediaControl(context, call.media(), session.journal(), wish.codecs(), starter.local(source()),
                line, session.ways());
    }

    private Optional<InetSocketAddress> source() {
        return Addresses.source(event.request());
    }

    private MediaEncryption wanted(CallStarter.Wish wish) {
        return CallStarter.encryption((EngineAccount) call.account(), wish);
    }

    /** Tells whether keys are to be agreed on by DTLS, as far as the offer tells. */
    private boolean handshakes(CallStarter.Wish wish) {
        MediaEncryption wanted = wanted(wish);
        return wanted.demand() != MediaEncryption.Demand.NONE && event.offer().map(SecureLine::offersHandshake)
                .orElse(wanted.keys() == MediaEncryption.KeyMethod.DTLS);
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
