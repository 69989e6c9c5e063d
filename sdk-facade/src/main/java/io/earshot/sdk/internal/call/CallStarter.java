package io.earshot.sdk.internal.call;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallOptions;
import io.earshot.api.Failure;
import io.earshot.api.MediaEncryption;
import io.earshot.api.VoipException;
import io.earshot.api.check.Check;
import io.earshot.rtp.secure.ShortString;
import io.earshot.sdk.internal.media.CallMedia;
import io.earshot.sdk.internal.media.path.MediaPath;
import io.earshot.sdk.internal.registry.CodecPlan;
import io.earshot.sdk.internal.route.NatLine;
import io.earshot.sdk.internal.route.PeerPlace;
import io.earshot.sdk.internal.rules.Rules;
import io.earshot.sdk.internal.secure.SecureLine;
import io.earshot.sip.message.Uri;
import io.earshot.sip.sdp.SessionDescription;
import io.earshot.sip.ua.EndCause;
import io.earshot.sip.ua.ExtraHeader;
import io.earshot.sip.ua.InviteRequest;
import io.earshot.sip.ua.QueryId;
import io.earshot.sip.ua.SessionId;
import io.earshot.sip.ua.SipEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How calls begin: placed by us, or come in and answered. Its steps hop between the program's thread and the two loops. */
final class CallStarter {
    private static final Logger LOG = LoggerFactory.getLogger(CallStarter.class);
    private static final int CALL_ID_BITS = 80;

    private final EngineContext context;
    private final EnginePhone phone;
    private final WaySearch search;
    private final AtomicLong ids = new AtomicLong();
    /** Confined to the loop: who waits for an address. */
    private final Map<QueryId, Consumer<Optional<InetSocketAddress>>> sought = new HashMap<>();

    CallStarter(EngineContext context, EnginePhone phone) {
        this.context = context;
        this.phone = phone;
        this.search = new WaySearch(context);
    }

    /** How to place or answer a call, checked. */
    record Wish(CallOptions options, CodecPlan codecs, List<ExtraHeader> headers) {
        Wish withCodecs(CodecPlan others) {
            return new Wish(options, others, headers);
        }
    }

    /**
     * Checks what a program wants.
     *
     * @throws VoipException when a codec is not there, or a header cannot be sent
     */
    Wish wish(CallOptions options) {
        requireNonNull(options, "options");
        return new Wish(options, context.codecs().plan(options.codecs()), headers(options.headers()));
    }

    /** Places a call; from any thread. */
    EngineCall dial(EngineAccount account, RuleBook.Plan plan, CallOptions options) {
        Uri target = plan.target();
        Wish usual = wish(options);
        context.keys().check(encryption(account, usual));
        Wish wish = usual.withCodecs(context.codecs().towards(Addresses.number(target), usual.codecs()));
        Presenter shown = Presenter.of(account.config(), options.presentation());
        Call.Peer peer = new Call.Peer(target.toString(), "");
        EngineCall call = handle(account, Call.Direction.OUTGOING, peer, context.callIds().token(CALL_ID_BITS));
        CallSession session = call.session();
        call.postDial(plan.postDial());
        context.loop().execute(() -> {
            Optional<Failure> refusal = plan.known().isPresent() ? Optional.empty() : phone.rules().refusal(session, target);
            phone.add(session);
            session.journal().add(header -> new CallEvent.Started(header, Call.Direction.OUTGOING));
            if (phone.isShut()) {
                session.giveUp(cancelled(), new Failure.Cancelled("The phone is closed."));
            } else if (refusal.isPresent()) {
                session.giveUp(cancelled(), refusal.get());
            } else {
                boolean handshake = needsHandshake(encryption(account, wish));
                Consumer<Optional<InetSocketAddress>> go = way -> guarded(session, () -> {
                    Attempt attempt = new Attempt(target, shown, Optional.of(call.callId()));
                    if (plan.known().isEmpty()) {
                        session.onFailure(again(session, attempt, wish, way));
                    }
                    Optional<SessionId> id = invite(session, attempt, wish, way);
                    plan.known().ifPresent(known -> id.ifPresent(known));
                });
                openMedia(session, handshake, () -> locate(account, target,
                        way -> seek(session, way, Optional.empty(), () -> go.accept(way))));
            }
        });
        return call;
    }

    /** One try of a call. */
    private record Attempt(Uri target, Presenter shown, Optional<String> callId) { }

    /** Tries a call that failed once more, when the rules want that. */
    private Predicate<EndCause> again(CallSession session, Attempt first, Wish wish, Optional<InetSocketAddress> way) {
        Redialler redialler = new Redialler(phone.rules().wanted().redialling());
        return cause -> {
            Optional<Redialler.Way> how = redialler.after(cause);
            Optional<Wish> changed = how.flatMap(next -> next == Redialler.Way.SAME ? Optional.of(wish)
                    : context.codecs().otherThan(wish.codecs).map(wish::withCodecs));
            changed.ifPresent(next -> guarded(session, () -> {
                session.warn(new Failure.Cancelled("The call is tried again: " + Failures.sentence(cause.sentence())));
                invite(session, new Attempt(first.target, first.shown, Optional.empty()), next, way);
            }));
            return changed.isPresent();
        };
    }

    /** Finds the peer's address, for the address of ours that it is to send media to; a name goes through DNS. */
    private void locate(EngineAccount account, Uri target, Consumer<Optional<InetSocketAddress>> then) {
        Optional<InetSocketAddress> literal = Addresses.nextHop(target, account.config());
        if (literal.isPresent()) {
            then.accept(literal);
        } else {
            sought.put(context.signalling().engine().locate(account.id(), target, context.now()), then);
        }
    }

    /** The engine found, or did not find, what {@link #locate} asked for. */
    void located(SipEvent.Located event) {
        Consumer<Optional<InetSocketAddress>> then = sought.remove(event.query());
        if (then != null) {
            then.accept(event.peer());
        }
    }

    private Optional<SessionId> invite(CallSession session, Attempt attempt, Wish wish, Optional<InetSocketAddress> peer) {
        if (session.isOver()) {
            return Optional.empty();
        }
        EngineCall call = session.handle();
        MediaEncryption wanted = encryption(account(call), wish);
        SecureLine line = context.keys().line(wanted, Addresses.isEncrypted(attempt.target, account(call).config()));
        if (line.hindrance().isPresent() && !wish.options.offerless()) {
            session.giveUp(cancelled(), new Failure.NotEncrypted(0, Failures.sentence(line.hindrance().get())));
            return Optional.empty();
        }
        MediaControl control = new MediaControl(context, call.media(), session.journal(), wish.codecs, local(peer), line,
                session.ways());
        session.setMedia(control);
        Optional<SessionDescription> offer = wish.options.offerless() ? Optional.empty() : Optional.of(control.offer());
        List<ExtraHeader> headers = Stream.concat(attempt.shown.headers().stream(), wish.headers.stream()).toList();
        InviteRequest request = new InviteRequest(attempt.target, offer, headers, context.settings().followRedirects(), attempt.callId,
                attempt.shown.from(), wish.codecs.preferences().finalCodec());
        SessionId id = context.signalling().engine().invite(account(call).id(), request, context.now());
        session.begin(id, wish.options);
        phone.know(id, session);
        return Optional.of(id);
    }

    private static EngineAccount account(EngineCall call) {
        return (EngineAccount) call.account();
    }

    /** Returns the encryption that is wanted of a call. */
    static MediaEncryption encryption(EngineAccount account, Wish wish) {
        return wish.options.encryption().orElse(account.config().encryption());
    }

    private static boolean needsHandshake(MediaEncryption wanted) {
        return wanted.keys() == MediaEncryption.KeyMethod.DTLS && wanted.demand().compareTo(MediaEncryption.Demand.OPTIONAL) >= 0;
    }

    private static EndCause cancelled() {
        return new EndCause.Cancelled(EndCause.Side.LOCAL, Optional.empty());
    }

    /** Takes a call that came in; on the signalling loop. */
    void incoming(SipEvent.IncomingCall event, EngineAccount account) {
        String callId = event.request().callId();
        Call.Peer peer = new Call.Peer(event.request().from().uri().toString(), event.request().from().displayName());
        EngineCall call = handle(account, Call.Direction.INCOMING, peer, callId);
        CallSession session = call.session();
        phone.add(session);
        phone.know(event.session(), session);
        session.ways().met(PeerPlace.of(event.request()));
        session.begin(event.session(), CallOptions.DEFAULT);
        session.journal().add(header -> new CallEvent.Started(header, Call.Direction.INCOMING));
        if (phone.incoming().replaces(event, call, account)) {
            return;
        }
        call.showNat(event.offer().flatMap(NatLine::read));
        call.show(DetailsReader.read(event.request(), phone.rules().isTrusted(account, event.request())));
        EngineIncomingCall incoming = new EngineIncomingCall(context, this, call, event, phone.incoming().joined(event));
        Optional<Rules.Verdict.Ring> rings = phone.rules().take(incoming, account, event.request());
        if (rings.isEmpty()) {
            return;
        }
        if (account.handler().isEmpty() && phone.handler().isEmpty()) {
            session.reject(480, List.of());
            return;
        }
        context.signalling().engine().ring(event.session(), 180, Optional.empty(), context.now());
        phone.rules().ringing(incoming, rings.get());
        context.callbacks().execute(() -> {
            try {
                account.handler().or(phone::handler).orElseThrow().accept(incoming);
            } catch (RuntimeException | Error theirs) {
                LOG.error("The application's handler of incoming calls failed on {}", call, theirs);
                incoming.abandon();
            }
        });
    }

    /** Binds the sockets of a call, then goes on, on the signalling loop; a call whose sockets cannot be had ends. */
    void openMedia(CallSession session, Runnable then) {
        openMedia(session, false, then);
    }

    /** As above, but goes on only when we have a certificate, if there is to be a handshake. */
    void openMedia(CallSession session, boolean handshake, Runnable then) {
        if (session.isOver()) {
            return;
        }
        CompletableFuture<?> ready = handshake && context.keys().isAvailable() ? context.keys().identity()
                : CompletableFuture.completedFuture(true);
        CompletableFuture<Boolean> opening = session.handle().media().open().thenCombine(ready, (opened, certificate) -> opened);
        opening.whenComplete((opened, defect) -> context.loop().execute(() -> {
            if (session.isOver()) {
                return;
            }
            Throwable cause = defect == null ? null : defect instanceof CompletionException ? defect.getCause() : defect;
            if (cause == null) {
                guarded(session, then);
            } else {
                fail(session, cause instanceof VoipException known ? known.failure()
                        : new Failure.LocalResource("The call has no media: " + cause));
            }
        }));
    }

    /**
     * Looks for ways of the sound through NATs, or for our public address, where that is wanted, then goes on; on the signalling loop.
     *
     * @param offer the peer's, of a call that came in
     */
    void seek(CallSession session, Optional<InetSocketAddress> peer, Optional<SessionDescription> offer, Runnable then) {
        search.begin(session, local(peer), peer.map(InetSocketAddress::getAddress), offer, () -> guarded(session, then));
    }

    /** A defect in starting a call ends that call; nobody waits for it for ever. */
    private static void guarded(CallSession session, Runnable step) {
        try {
            step.run();
        } catch (VoipException known) {
            fail(session, known.failure());
        } catch (RuntimeException ours) {
            LOG.error("A defect while starting {}; please report it", session.handle(), ours);
            fail(session, new Failure.Protocol("The call cannot be started: " + ours));
        }
    }

    private static void fail(CallSession session, Failure failure) {
        if (session.handle().direction() == Call.Direction.INCOMING) {
            session.refuse(500, List.of(), failure);
        } else {
            session.giveUp(cancelled(), failure);
        }
    }

    private EngineCall handle(EngineAccount account, Call.Direction direction, Call.Peer peer, String callId) {
        long id = ids.incrementAndGet();
        CallMedia media = new CallMedia(context.room(), "call " + id, context.settings().rtp());
        EngineCall call = new EngineCall(context, new EngineCall.Facts(id, account, direction), media, peer, callId);
        CallSession session = new CallSession(context, phone, call);
        media.onTrouble(failure -> context.loop().execute(() -> session.warn(failure)));
        media.onEncryption(new MediaPath.Listener() {
            @Override
            public void changed(Optional<String> suite) {
                context.loop().execute(() -> session.encrypted(suite));
            }

            @Override
            public void toCompare(ShortString words) {
                context.loop().execute(() -> session.media().ifPresent(control -> control.toCompare(words)));
            }

            @Override
            public void failed(String reason) {
                context.loop().execute(() -> session.giveUp(new EndCause.LocalHangup(),
                        new Failure.NotEncrypted(0, Failures.sentence(reason))));
            }
        });
        media.onWay(session.ways());
        media.onSilence((silent, ever, over) -> context.loop().execute(() -> session.mediaMissing(silent, ever, over)));
        return call;
    }

    InetAddress local(Optional<InetSocketAddress> peer) {
        return context.signalling().localIp(peer);
    }

    static List<ExtraHeader> headers(Map<String, String> headers) {
        Check.map(headers, "headers");
        try {
            return headers.entrySet().stream().map(entry -> ExtraHeader.of(entry.getKey(), entry.getValue())).toList();
        } catch (IllegalArgumentException malformed) {
            throw Addresses.bad("A header cannot be sent: " + Failures.sentence(malformed.getMessage()));
        }
    }
}
