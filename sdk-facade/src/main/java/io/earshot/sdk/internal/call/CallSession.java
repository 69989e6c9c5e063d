package io.earshot.sdk.internal.call;

import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallOptions;
import io.earshot.api.CallQuality;
import io.earshot.api.CallRecord;
import io.earshot.api.Encryption;
import io.earshot.api.Failure;
import io.earshot.api.calls.HoldMode;
import io.earshot.api.time.Ticker;
import io.earshot.sdk.internal.loop.Promise;
import io.earshot.sdk.internal.route.PeerPlace;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.ua.EndCause;
import io.earshot.sip.ua.ExtraHeader;
import io.earshot.sip.ua.SessionId;
import io.earshot.sip.ua.SipEngine;
import io.earshot.sip.ua.SipEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** One call on the signalling loop: reacts to the engine's events and to the program's commands. {@link CallStarter} begins it. */
final class CallSession implements Signalling.Timed {
    private static final long QUALITY_PERIOD = 5 * Ticker.SECOND;

    private final EngineContext context;
    private final EnginePhone phone;
    private final EngineCall handle;
    private final CallJournal journal;
    private final OwnOffers offers;
    private final CallWays ways;
    private Optional<CallPorts> ports = Optional.empty();
    private Optional<MediaControl> media = Optional.empty();
    private Optional<SessionId> session = Optional.empty();
    /** What was told of each fork: a provisional response comes again and again, to keep proxies waiting or because our INVITE did. */
    private final Set<String> heard = new HashSet<>();
    private long ringDeadline = Ticker.NEVER;
    private long nextQuality = Ticker.NEVER;
    private Duration longest = Duration.ZERO;
    private List<ExtraHeader> headers = List.of();
    private Predicate<EndCause> retry = cause -> false;

    CallSession(EngineContext context, EnginePhone phone, EngineCall handle) {
        this.context = context;
        this.phone = phone;
        this.handle = handle;
        this.offers = new OwnOffers(context, this);
        this.ways = new CallWays(context, this, ((EngineAccount) handle.account()).config().nat());
        this.journal = new CallJournal(context, handle.id(), event -> {
            handle.log().add(event);
            phone.tell(new io.earshot.api.PhoneEvent.InCall(handle, event));
        });
        handle.attach(this, new EngineSignals(context, phone, handle));
    }

    EngineCall handle() {
        return handle;
    }

    CallJournal journal() {
        return journal;
    }

    Optional<SessionId> id() {
        return session;
    }

    Optional<MediaControl> media() {
        return media;
    }

    boolean isOver() {
        return handle.state() == Call.State.ENDED;
    }

    /** Notes under which id the engine knows it, and how long it may ring. */
    void begin(SessionId id, CallOptions options) {
        session.ifPresent(phone::forget);
        session = Optional.of(id);
        ringDeadline = context.now() + options.ringTimeout().toNanos();
        context.signalling().remove(this);
        context.signalling().add(this);
        if (!headers.isEmpty()) {
            engine().extras().setHeaders(id, headers);
        }
    }

    /** Sets what may try again after a call of ours failed; it tells whether it does. */
    void onFailure(Predicate<EndCause> again) {
        retry = again;
    }

    /** Sets the headers of everything we send from now on. */
    void headers(List<ExtraHeader> wanted) {
        headers = wanted;
        session.ifPresent(id -> engine().extras().setHeaders(id, wanted));
    }

    /** Ends it this long after its answer, or from now on. */
    void endAfter(Duration most) {
        longest = most;
        if (journal.isAnswered()) {
            limit();
        }
    }

    private void limit() {
        Duration most = longest;
        context.loop().schedule(most.toNanos(), () -> {
            if (!isOver() && most.equals(longest)) {
                giveUp(new EndCause.LocalHangup(), new Failure.TimedOut("The call was ended after its longest time, "
                        + most.toSeconds() + " s."));
            }
        });
    }

    private void hear(SipMessage message) {
        handle.show(DetailsReader.read(message, phone.rules().isTrusted(handle, message)));
    }

    /** The packets are under this suite from now on, or in clear. */
    void encrypted(Optional<String> suite) {
        Optional<Encryption> now = suite.flatMap(name -> media.flatMap(control -> control.encryption(name)));
        if (suite.isPresent() && !isOver()) {
            media.ifPresent(MediaControl::keyed);
            offers.keyed();
        }
        if (!isOver() && !handle.encryption().equals(now)) {
            handle.show(now);
            journal.add(header -> new CallEvent.EncryptionChanged(header, now));
        }
    }

    void setMedia(MediaControl control) {
        media = Optional.of(control);
    }

    /** The conversation goes on in another call, which has the sound of this one from now on; both have it until one ends. */
    void replacedBy(EngineCall other) {
        if (!isOver()) {
            handle.showReplacement(other);
            handle.media().shareSound(other.media());
            journal.add(header -> new CallEvent.ReplacedBy(header, other));
        }
    }

    // ---- what the engine tells

    void on(SipEvent.SessionEvent event) {
        if (isOver()) {
            return;
        }
        if (event instanceof SipEvent.Progress progress) {
            onProgress(progress);
        } else if (event instanceof SipEvent.Answered answered) {
            onAnswered(answered);
        } else if (event instanceof SipEvent.Confirmed) {
            established();
        } else if (event instanceof SipEvent.OfferReceived offer) {
            onOffer(offer);
        } else if (event instanceof SipEvent.OfferRequested) {
            onOfferRequested();
        } else if (event instanceof SipEvent.AnswerReceived answer) {
            onAnswer(answer);
        } else if (event instanceof SipEvent.RemoteChanged changed) {
            onRemoteChanged(changed);
        } else if (event instanceof SipEvent.ForkEnded fork) {
            media.ifPresent(control -> control.forkEnded(fork.forkTag()));
        } else if (event instanceof SipEvent.OfferFailed failed) {
            onOfferFailed(failed);
        } else if (event instanceof SipEvent.Heard heard) {
            hear(heard.message());
        } else if (event instanceof SipEvent.Ended ended) {
            end(ended.cause());
        }
    }

    private void onRemoteChanged(SipEvent.RemoteChanged changed) {
        Call.Peer peer = new Call.Peer(changed.identity().uri().toString(), changed.identity().displayName());
        handle.show(peer, handle.callId());
        journal.add(header -> new CallEvent.RemoteChanged(header, peer));
    }

    private void onProgress(SipEvent.Progress progress) {
        learn(progress.response());
        ways.trickler().heard(false);
        boolean early = progress.earlySdp().isPresent() && media.isPresent()
                && media.get().early(progress.forkTag(), progress.earlySdp().get());
        handle.show(Call.State.RINGING);
        if (heard.add(progress.status() + " " + progress.forkTag()) || early) {
            journal.add(header -> new CallEvent.Ringing(header, progress.status(), early));
        }
    }

    private void onAnswered(SipEvent.Answered answered) {
        learn(answered.response());
        if (answered.remote().isEmpty()) {
            // Our INVITE had no offer: the peer's comes next, and only then is there something to talk over.
            return;
        }
        MediaControl.Outcome outcome = media.orElseThrow().complete(answered.forkTag(), answered.remote().get());
        if (outcome.isRefused()) {
            giveUp(new EndCause.LocalHangup(), outcome.failure(0));
        } else {
            adapt();
            established();
        }
    }

    private void onOffer(SipEvent.OfferReceived event) {
        if (!event.forkTag().isEmpty()) {
            onEarlyOffer(event);
            return;
        }
        if (media.isPresent() && media.get().postpones(event.offer(), () -> on(event))) {
            return;
        }
        // The engine tells of an offer only while none of ours is on its way; one that waits its turn has to be made anew after this.
        boolean ours = media.isPresent() && media.get().withdrawOffer();
        MediaControl.Outcome outcome = media.map(control -> control.answer(event.offer()))
                .orElseGet(() -> MediaControl.Outcome.refused("there is no media"));
        if (outcome.answer().isPresent()) {
            engine().acceptOffer(event.session(), outcome.answer().get(), context.now());
            if (handle.direction() == Call.Direction.OUTGOING) {
                established();
            }
        } else if (!journal.isAnswered() && handle.direction() == Call.Direction.OUTGOING) {
            giveUp(new EndCause.LocalHangup(), outcome.failure(0));
        } else {
            engine().rejectOffer(event.session(), 488, context.now());
            Failure refused = outcome.failure(488);
            journal.add(header -> new CallEvent.Warning(header, refused));
        }
        if (ours && !isOver()) {
            engine().reoffer(event.session(), media.get().offer(), context.now());
        }
    }

    private void onEarlyOffer(SipEvent.OfferReceived event) {
        MediaControl.Outcome outcome = media.map(control -> control.answerFork(event.forkTag(), event.offer()))
                .orElseGet(() -> MediaControl.Outcome.refused("there is no media"));
        outcome.answer().ifPresentOrElse(answer -> engine().acceptOffer(event.session(), answer, context.now()),
                () -> engine().rejectOffer(event.session(), 488, context.now()));
    }

    private void onOfferRequested() {
        if (media.isPresent() && !media.get().isOfferOpen()) {
            engine().acceptOffer(session.orElseThrow(), media.get().offer(), context.now());
        } else {
            engine().rejectOffer(session.orElseThrow(), 491, context.now());
        }
    }

    private void onAnswer(SipEvent.AnswerReceived event) {
        MediaControl control = media.orElseThrow();
        MediaControl.Outcome outcome = control.complete(event.answer());
        if (outcome.insecure()) {
            giveUp(new EndCause.LocalHangup(), outcome.failure(0));
            return;
        }
        if (!offers.answered(outcome) && outcome.isRefused() && !control.isAgreed()) {
            giveUp(new EndCause.LocalHangup(), outcome.failure(0));
        }
    }

    private void onOfferFailed(SipEvent.OfferFailed event) {
        Failure failure = Failures.of(event.cause(), handle.remote().address(), "");
        media.ifPresent(control -> control.offerRefused(offers.isHold()));
        offers.refused(failure);
        journal.add(header -> new CallEvent.Warning(header, failure));
        offers.next();
    }

    private void established() {
        if (journal.isAnswered()) {
            return;
        }
        journal.answered();
        ringDeadline = Ticker.NEVER;
        nextQuality = context.now() + QUALITY_PERIOD;
        session.flatMap(engine().transfers()::reference).ifPresent(handle::show);
        handle.show(Call.State.ESTABLISHED);
        journal.add(CallEvent.Answered::new);
        handle.answer().complete(handle);
        ways.trickler().heard(true);
        handle.signals().dialTail();
        if (longest.isZero()) {
            phone.rules().established(this);
        } else {
            limit();
        }
    }

    /** The offer may have gone to a server of the other IP version than the one that it was made for. */
    private void adapt() {
        MediaControl control = media.orElseThrow();
        control.remoteIp().filter(remote -> !control.fits(remote))
                .ifPresent(remote -> control.relocate(context.signalling().localIp(Optional.of(new InetSocketAddress(remote, 9)))));
    }

    /** Our addresses may be others now: the peer is told where to send, and where we are (RFC 3261 §14, Contact). */
    void onNetworkChanged() {
        if (handle.state() != Call.State.ESTABLISHED || media.isEmpty()) {
            return;
        }
        local().filter(media.get()::relocate).ifPresent(local -> ways.search(local, this::move));
    }

    /** Returns the address of ours that the peer should send to now; empty while there is none. */
    Optional<InetAddress> local() {
        Optional<InetAddress> remote = media.flatMap(MediaControl::remoteIp);
        return CallWays.usable(context.signalling().localIp(remote.map(ip -> new InetSocketAddress(ip, 9))), remote);
    }

    /** Tells the peer where we are, and our ways to it. */
    void move() {
        if (handle.state() == Call.State.ESTABLISHED && media.isPresent()) {
            offers.move();
        }
    }

    /** Returns the ports of our router that lead to us, if it was asked for any. */
    Optional<CallPorts> ports() {
        return ports;
    }

    void setPorts(CallPorts asked) {
        ports = Optional.of(asked);
    }

    /** Returns what hears of the ways of the sound. */
    CallWays ways() {
        return ways;
    }

    private void learn(Response response) {
        hear(response);
        ways.met(PeerPlace.of(response));
        NameAddr to = response.to();
        String name = to.displayName().isEmpty() ? handle.remote().displayName() : to.displayName();
        handle.show(new Call.Peer(handle.remote().address(), name), response.callId());
    }

    // ---- what the program wants

    void hold(boolean hold, Promise<Void> promise) {
        hold(hold ? Optional.of(HoldMode.PEER_IS_SILENT) : Optional.empty(), promise);
    }

    /** Holds in a way, or with none resumes. */
    void hold(Optional<HoldMode> hold, Promise<Void> promise) {
        offers.hold(hold, promise);
    }

    /** Agrees on new keys. */
    void renewKeys(Promise<Void> promise) {
        offers.renewKeys(promise);
    }

    void hangup() {
        hangup(List.of());
    }

    /** Hangs up and says why in these headers. */
    void hangup(List<ExtraHeader> why) {
        if (isOver()) {
            return;
        }
        if (session.isEmpty() || !engine().extras().hangup(session.get(), why, context.now())) {
            end(handle.direction() == Call.Direction.OUTGOING ? new EndCause.Cancelled(EndCause.Side.LOCAL, Optional.empty())
                    : new EndCause.Declined(480));
        }
    }

    /** Ends a call that cannot go on, for a reason of ours. */
    void giveUp(EndCause cause, Failure failure) {
        if (isOver()) {
            return;
        }
        session.ifPresent(id -> engine().hangup(id, context.now()));
        finish(cause, Optional.of(failure));
    }

    /** Refuses an incoming call that cannot be taken, for a reason that the program should know. */
    void refuse(int status, List<ExtraHeader> headers, Failure failure) {
        if (isOver()) {
            return;
        }
        reject(status, headers);
        finish(new EndCause.Declined(status), Optional.of(failure));
    }

    /** Ends a call for a reason of the program's own choice of status. */
    boolean reject(int status, List<ExtraHeader> headers) {
        return session.isPresent() && engine().reject(session.get(), status, headers, context.now());
    }

    @Override
    public long onTime(long now) {
        if (now >= ringDeadline) {
            ringDeadline = Ticker.NEVER;
            if (handle.direction() == Call.Direction.OUTGOING) {
                giveUp(new EndCause.Cancelled(EndCause.Side.LOCAL, Optional.empty()),
                        new Failure.TimedOut("Nobody answered at " + handle.remote().address() + "."));
            } else {
                refuse(480, List.of(), new Failure.TimedOut("The call from " + handle.remote().address() + " was not answered here."));
            }
            return Ticker.NEVER;
        }
        if (now >= nextQuality) {
            nextQuality = now + QUALITY_PERIOD;
            CallQuality quality = handle.quality();
            journal.add(header -> new CallEvent.Quality(header, quality));
        }
        return Math.min(ringDeadline, nextQuality);
    }

    /** Nothing came from the peer for so long; ends the call when that is too long. */
    void mediaMissing(Duration silent, boolean ever, boolean over) {
        if (isOver() || !journal.isAnswered()) {
            return;
        }
        if (!ever) {
            session.ifPresent(id -> engine().extras().unheard(id));
        }
        if (over) {
            giveUp(new EndCause.LocalHangup(), new Failure.MediaLost(silent, ever));
        } else {
            journal.add(header -> new CallEvent.MediaMissing(header, silent));
        }
    }

    /** Tells of something that the call survives. */
    void warn(Failure failure) {
        if (!isOver()) {
            journal.add(header -> new CallEvent.Warning(header, failure));
        }
    }

    /** The engine's end of the call, or that of one the engine never knew. */
    void end(EndCause cause) {
        if (!isOver() && !journal.isAnswered() && retry.test(cause)) {
            return;
        }
        finish(cause, Failures.of(cause, handle.remote().address(), phone.userOf(handle)));
    }

    private void finish(EndCause cause, Optional<Failure> failure) {
        if (isOver()) {
            return;
        }
        journal.ended();
        handle.show(Call.State.ENDED);
        context.signalling().remove(this);
        session.ifPresent(phone::forget);
        phone.rules().ended(this);
        boolean hadMedia = media.isPresent();
        handle.media().close().whenComplete((last, defect) -> context.loop().execute(
                () -> tellEnd(cause, failure, hadMedia && defect == null ? Optional.of(last) : Optional.empty())));
    }

    /** The last of the media is known: tells everybody. */
    private void tellEnd(EndCause cause, Optional<Failure> failure, Optional<CallQuality> quality) {
        CallRecord record = journal.record(handle, cause, quality, failure);
        journal.add(header -> new CallEvent.Ended(header, record.endedBy(), failure, record));
        Failure why = failure.orElseGet(() -> new Failure.Cancelled(Failures.sentence(cause.sentence())));
        handle.answer().fail(why);
        offers.end();
        handle.signals().end();
        handle.end().complete(record);
        phone.forget(this);
    }

    private SipEngine engine() {
        return context.signalling().engine();
    }
}
