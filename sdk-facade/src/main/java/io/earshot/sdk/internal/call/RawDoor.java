package io.earshot.sdk.internal.call;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import io.earshot.api.raw.RawSip;
import io.earshot.api.raw.SipMessageView;
import io.earshot.api.raw.SipReply;
import io.earshot.api.raw.SipRequest;
import io.earshot.api.raw.SipTraffic;
import io.earshot.sdk.internal.loop.Promise;
import io.earshot.sdk.internal.loop.SerialExecutor;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.Uri;
import io.earshot.sip.ua.ExtraHeader;
import io.earshot.sip.ua.RawEvent;
import io.earshot.sip.ua.RawId;
import io.earshot.sip.ua.RawRequest;
import io.earshot.sip.ua.RawRequests;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests that a program makes and takes by itself. */
final class RawDoor implements RawSip {
    private static final Logger LOG = LoggerFactory.getLogger(RawDoor.class);

    private final EngineContext context;
    private final SerialExecutor order;
    // Confined to the loop.
    private boolean closed;
    private final Map<RawId, Promise<SipMessageView>> asked = new HashMap<>();
    private final Map<SipMethod, Function<? super SipMessageView, SipReply>> handlers = new HashMap<>();

    RawDoor(EngineContext context) {
        this.context = context;
        this.order = new SerialExecutor(context.callbacks());
    }

    private RawRequests engine() {
        return context.signalling().engine().raw();
    }

    @Override
    public CompletableFuture<SipMessageView> send(Account from, String target, SipRequest request) {
        if (!(requireNonNull(from, "from") instanceof EngineAccount account) || account.context() != context) {
            throw Addresses.bad("The account to send from is not one of this phone's.");
        }
        RawRequest checked = checked(request);
        Uri uri = Addresses.target(target, from.config());
        account.checkOpen();
        Promise<SipMessageView> answer = new Promise<>(context.callbacks());
        context.loop().execute(() -> {
            if (closed) {
                answer.fail(gone());
            } else {
                asked.put(engine().send(account.id(), uri, checked, context.now()), answer);
            }
        });
        return answer.future();
    }

    @Override
    public CompletableFuture<SipMessageView> send(Call in, SipRequest request) {
        if (!(requireNonNull(in, "in") instanceof EngineCall call) || call.context() != context) {
            throw Addresses.bad("The call to send in is not one of this phone's.");
        }
        RawRequest checked = checked(request);
        Promise<SipMessageView> answer = new Promise<>(context.callbacks());
        context.loop().execute(() -> call.session().id().flatMap(id -> engine().send(id, checked, context.now()))
                .ifPresentOrElse(id -> asked.put(id, answer), () -> answer.fail(new Failure.BadArgument(
                        "A " + request.method() + " can be sent within an established call only; this one is "
                        + in.state().name().toLowerCase(java.util.Locale.ROOT) + "."))));
        return answer.future();
    }

    @Override
    public void accept(String method, Function<? super SipMessageView, SipReply> handler) {
        SipMethod known = method(requireNonNull(method, "method"));
        requireNonNull(handler, "handler");
        try {
            context.loop().submit(() -> {
                if (closed) {
                    throw new VoipException(gone());
                }
                engine().accept(known);
                handlers.put(known, handler);
                return true;
            }).join();
        } catch (CompletionException refused) {
            if (refused.getCause() instanceof VoipException late) {
                throw late;
            }
            throw Addresses.bad("Requests of this method cannot be taken: " + refused.getCause().getMessage() + ".");
        }
    }

    @Override
    public void ignore(String method) {
        SipMethod known = method(requireNonNull(method, "method"));
        context.loop().submit(() -> {
            engine().ignore(known);
            return Optional.ofNullable(handlers.remove(known));
        }).join();
    }

    @Override
    public void watch(Consumer<? super SipTraffic> listener) {
        requireNonNull(listener, "listener");
        context.signalling().traffic().watch(message -> order.execute(() -> listener.accept(message)));
    }

    private static SipMethod method(String name) {
        try {
            return SipMethod.of(name);
        } catch (IllegalArgumentException malformed) {
            throw Addresses.bad("The method '" + name + "' is no SIP method: write one word as OPTIONS.");
        }
    }

    private static RawRequest checked(SipRequest request) {
        SipMethod method = method(requireNonNull(request, "request").method());
        List<ExtraHeader> headers = CallStarter.headers(request.headers());
        try {
            return new RawRequest(method, headers, type(request.contentType()), request.body().getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException refused) {
            throw Addresses.bad("The request cannot be sent: " + refused.getMessage() + ".");
        }
    }

    private static Optional<MediaType> type(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(MediaType.parse(text));
    }

    /** Takes an event of the engine; on the loop. */
    void on(RawEvent event) {
        if (event instanceof RawEvent.Answered answered) {
            Optional.ofNullable(asked.remove(event.id())).ifPresent(promise -> promise.complete(view(answered.response())));
        } else if (event instanceof RawEvent.Failed failed) {
            Optional.ofNullable(asked.remove(event.id())).ifPresent(promise -> promise.fail(Failures.of(failed.cause(), "the peer", "")));
        } else if (event instanceof RawEvent.Received received) {
            take(received);
        }
    }

    private void take(RawEvent.Received received) {
        Function<? super SipMessageView, SipReply> handler = handlers.get(received.request().method());
        if (handler == null) {
            respond(received.id(), SipReply.of(500));
            return;
        }
        SipMessageView view = view(received.request());
        context.callbacks().execute(() -> {
            SipReply reply;
            try {
                reply = handler.apply(view);
            } catch (RuntimeException | Error theirs) {
                LOG.error("The application's handler of {} failed", received.request().method(), theirs);
                reply = SipReply.of(500);
            }
            SipReply answer = reply;
            context.loop().execute(() -> respond(received.id(), answer));
        });
    }

    private void respond(RawId id, SipReply reply) {
        try {
            engine().respond(id, reply.status(), CallStarter.headers(reply.headers()), type(reply.contentType()),
                    reply.body().getBytes(StandardCharsets.UTF_8), context.now());
        } catch (IllegalArgumentException | VoipException malformed) {
            LOG.error("The application's answer cannot be sent: {}", malformed.getMessage());
            engine().respond(id, 500, List.of(), Optional.empty(), new byte[0], context.now());
        }
    }

    /** The phone is closed: nobody waits for ever. */
    void close() {
        closed = true;
        asked.values().forEach(promise -> promise.fail(gone()));
        asked.clear();
    }

    private static Failure gone() {
        return new Failure.Cancelled("The phone is closed.");
    }

    static SipMessageView view(SipMessage message) {
        String line = message instanceof Response response ? "SIP/2.0 " + response.status() + " " + response.reasonPhrase()
                : ((Request) message).method() + " " + ((Request) message).requestUri() + " SIP/2.0";
        return new SipMessageView(line, message instanceof Response response ? response.status() : 0, DetailsReader.headers(message),
                message.bodyText());
    }
}
