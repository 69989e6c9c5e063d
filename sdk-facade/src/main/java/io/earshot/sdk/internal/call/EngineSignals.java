package io.earshot.sdk.internal.call;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallSignals;
import io.earshot.api.DtmfMethod;
import io.earshot.api.DtmfOptions;
import io.earshot.api.Failure;
import io.earshot.api.ProgressTone;
import io.earshot.api.chat.CallMessages;
import io.earshot.api.chat.MessageOutcome;
import io.earshot.api.chat.OutgoingMessage;
import io.earshot.dsp.progress.TonePlan;
import io.earshot.sdk.internal.chat.OutboxEntry;
import io.earshot.sdk.internal.loop.Promise;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.ua.InfoEvent;
import io.earshot.sip.ua.InfoId;
import io.earshot.sip.ua.InfoRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Keys, INFO and messages of one call: the handles that programs hold, and their state on the signalling loop. */
final class EngineSignals implements CallSignals, CallMessages {
    private static final int ID_BITS = 80;

    private final EngineContext context;
    private final EnginePhone phone;
    private final EngineCall call;

    // Confined to the signalling loop.
    private final KeySender keys;
    private final KeyFilter filter = new KeyFilter();
    private final Map<InfoId, Promise<Void>> infos = new HashMap<>();

    EngineSignals(EngineContext context, EnginePhone phone, EngineCall call) {
        this.context = context;
        this.phone = phone;
        this.call = call;
        keys = new KeySender(context, call, this::send);
        call.media().keys().onKey((key, duration, method) -> context.loop().execute(() -> heard(key, duration, method)));
    }

    // ---- from any thread

    @Override
    public CompletableFuture<Void> sendDtmf(String digits) {
        return sendDtmf(digits, context.settings().dtmf());
    }

    @Override
    public CompletableFuture<Void> sendDtmf(String digits, DtmfOptions options) {
        requireNonNull(options, "options");
        for (char digit : requireNonNull(digits, "digits").toCharArray()) {
            if (KeySender.ALPHABET.indexOf(digit) < 0) {
                throw Addresses.bad("'" + digit + "' is no key: write 0 to 9, *, #, A to D, ! for a flash, or a space for a pause.");
            }
        }
        Promise<Void> promise = new Promise<>(context.callbacks());
        if (digits.isEmpty()) {
            promise.complete(null);
        } else {
            context.loop().execute(() -> keys.enqueue(digits, options, promise));
        }
        return promise.future();
    }

    @Override
    public void listenForTones(String country) {
        TonePlan plan = CallTones.plan(requireNonNull(country, "country"));
        call.media().listenForTones(plan, tone -> context.loop().execute(() -> heard(tone)));
    }

    @Override
    public CompletableFuture<Void> sendInfo(String contentType, String body) {
        requireNonNull(contentType, "contentType");
        requireNonNull(body, "body");
        MediaType type;
        try {
            type = MediaType.parse(contentType);
        } catch (IllegalArgumentException malformed) {
            throw Addresses.bad("'" + contentType + "' is no content type: write one such as application/json.");
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Promise<Void> promise = new Promise<>(context.callbacks());
        context.loop().execute(() -> {
            if (isTalking(promise)) {
                infos.put(send(new InfoRequest(type, bytes, Optional.empty())), promise);
            }
        });
        return promise.future();
    }

    @Override
    public CompletableFuture<MessageOutcome> send(OutgoingMessage message) {
        CallStarter.headers(requireNonNull(message, "message").headers());
        OutboxEntry entry = new OutboxEntry(context.callIds().token(ID_BITS), call.account().address(), call.remote().address(), message,
                context.wallClock().millis());
        Promise<MessageOutcome> promise = new Promise<>(context.callbacks());
        context.loop().execute(() -> phone.chat().sendIn(call.session(), entry, promise));
        return promise.future();
    }

    // ---- on the loop

    private boolean isTalking(Promise<Void> promise) {
        boolean talking = call.state() == Call.State.ESTABLISHED;
        if (!talking) {
            promise.fail(new Failure.BadArgument("Keys and INFO go to the peer of a call only while the call is established; this one is "
                    + call.state().name().toLowerCase(java.util.Locale.ROOT) + "."));
        }
        return talking;
    }

    private InfoId send(InfoRequest request) {
        return context.signalling().engine().infos().send(call.session().id().orElseThrow(), request, context.now());
    }

    /** The call is answered: sends the digits that were dialled behind a comma. */
    void dialTail() {
        Promise<Void> sent = new Promise<>(context.callbacks());
        sent.future().exceptionally(refused -> {
            Failure why = Failures.of(refused);
            context.loop().execute(() -> call.session().warn(why));
            return null;
        });
        keys.enqueue(call.postDial(), context.settings().dtmf(), sent);
    }

    /** INFO came, or the outcome of one. */
    void on(InfoEvent event) {
        if (event instanceof InfoEvent.Key pressed) {
            heard(pressed.key().key(), Duration.ofMillis(pressed.key().milliseconds()),
                    pressed.relay() ? DtmfMethod.INFO_RELAY : DtmfMethod.INFO);
        } else if (event instanceof InfoEvent.Received received) {
            String type = received.request().contentType().map(MediaType::toString).orElse("");
            call.session().journal().add(header -> new CallEvent.Info(header, type, received.request().bodyText()));
        } else if (event instanceof InfoEvent.Accepted accepted) {
            settled(accepted.info(), Optional.empty());
        } else if (event instanceof InfoEvent.Failed failed) {
            settled(failed.info(), Optional.of(Failures.of(failed.cause(), call.remote().address(), phone.userOf(call))));
        }
    }

    private void settled(InfoId info, Optional<Failure> refusal) {
        Optional.ofNullable(infos.remove(info)).ifPresent(promise -> refusal.ifPresentOrElse(promise::fail, () -> promise.complete(null)));
        keys.settled(info, refusal);
    }

    private void heard(ProgressTone tone) {
        if (!call.session().isOver()) {
            call.session().journal().add(header -> new CallEvent.ToneHeard(header, tone));
        }
    }

    private void heard(char key, Duration duration, DtmfMethod method) {
        if (filter.isNew(key, method, context.now())) {
            call.session().journal().add(header -> new CallEvent.Dtmf(header, key, duration, method));
        }
    }

    /** The call is over. */
    void end() {
        Failure ended = new Failure.Cancelled("The call has ended.");
        keys.end(ended);
        infos.values().forEach(promise -> promise.fail(ended));
        infos.clear();
    }
}
