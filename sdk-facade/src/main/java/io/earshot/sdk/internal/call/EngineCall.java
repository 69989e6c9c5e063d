package io.earshot.sdk.internal.call;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.CallDialog;
import io.earshot.api.CallEvent;
import io.earshot.api.CallQuality;
import io.earshot.api.CallRecord;
import io.earshot.api.CallSecurity;
import io.earshot.api.Encryption;
import io.earshot.api.NatKind;
import io.earshot.api.Transfer;
import io.earshot.api.TransferOptions;
import io.earshot.api.audio.CallAudio;
import io.earshot.api.calls.CallDetails;
import io.earshot.api.calls.CallReason;
import io.earshot.api.calls.HoldMode;
import io.earshot.api.chat.CallMessages;
import io.earshot.api.check.Check;
import io.earshot.sdk.internal.loop.EventLog;
import io.earshot.sdk.internal.loop.Promise;
import io.earshot.sdk.internal.loop.Published;
import io.earshot.sdk.internal.media.CallMedia;
import io.earshot.sip.dialog.DialogReference;
import io.earshot.sip.message.Uri;
import io.earshot.sip.ua.ExtraHeader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** What programs hold of a call. Its state belongs to {@link CallSession}, on the signalling loop; here are the views of it. */
final class EngineCall implements Call {
    private final EngineContext context;
    private final Facts facts;
    private final CallMedia media;
    private final EventLog<CallEvent> events;
    private final Promise<Call> answered;
    private final Promise<CallRecord> ended;
    private final Published<View> view;
    private final Published<Optional<CallDialog>> dialog = new Published<>(Optional.empty());
    private final Published<Optional<Call>> replacement = new Published<>(Optional.empty());
    private final Published<CallDetails> details = new Published<>(CallDetails.NONE);
    private final Published<Optional<NatKind>> peerNat = new Published<>(Optional.empty());
    private final Published<Optional<Encryption>> encryption = new Published<>(Optional.empty());
    private final Published<String> postDial = new Published<>("");
    private final Published<Optional<Object>> attachment = new Published<>(Optional.empty());
    private CallSession session;
    private EngineSignals signals;

    /**
     * What never changes about a call.
     *
     * @param id number within the phone
     * @param direction who called
     */
    record Facts(long id, EngineAccount account, Direction direction) { }

    /** What others see of the session's state. */
    private record View(State state, Peer remote, String callId) { }

    EngineCall(EngineContext context, Facts facts, CallMedia media, Peer remote, String callId) {
        this.context = context;
        this.facts = facts;
        this.media = media;
        this.events = new EventLog<>(context.callbacks(), event -> event instanceof CallEvent.Ended,
                event -> event instanceof CallEvent.Quality);
        this.answered = new Promise<>(context.callbacks());
        this.ended = new Promise<>(context.callbacks());
        this.view = new Published<>(new View(facts.direction == Direction.OUTGOING ? State.DIALLING : State.RINGING, remote, callId));
    }

    /** Connects the handle with its session; before anybody else sees either. */
    void attach(CallSession owner, EngineSignals beside) {
        session = owner;
        signals = beside;
    }

    @Override
    public void attach(Object what) {
        attachment.set(Optional.of(requireNonNull(what, "what")));
    }

    @Override
    public Optional<Object> attachment() {
        return attachment.get();
    }

    EngineContext context() {
        return context;
    }

    /** Tells whether it is a call of this phone. */
    boolean belongsTo(EngineContext phone) {
        return context == phone;
    }

    CallSession session() {
        return session;
    }

    CallMedia media() {
        return media;
    }

    EventLog<CallEvent> log() {
        return events;
    }

    Promise<Call> answer() {
        return answered;
    }

    Promise<CallRecord> end() {
        return ended;
    }

    /** Shows a new state; on the signalling loop. */
    void show(State state) {
        View now = view.get();
        view.set(new View(state, now.remote, now.callId));
    }

    /** Shows what is now known of the peer and the dialog; on the signalling loop. */
    void show(Peer remote, String callId) {
        view.set(new View(view.get().state, remote, callId));
    }

    @Override
    public long id() {
        return facts.id;
    }

    @Override
    public String callId() {
        return view.get().callId;
    }

    @Override
    public Optional<CallDialog> dialog() {
        return dialog.get();
    }

    /** Shows the tags, as the peer is to be told of them; on the signalling loop. */
    void show(DialogReference peers) {
        dialog.set(Optional.of(new CallDialog(peers.callId(), peers.fromTag(), peers.toTag())));
    }

    @Override
    public Account account() {
        return facts.account;
    }

    @Override
    public Direction direction() {
        return facts.direction;
    }

    @Override
    public Peer remote() {
        return view.get().remote;
    }

    @Override
    public State state() {
        return view.get().state;
    }

    @Override
    public Call awaitAnswer() {
        return answered.await();
    }

    @Override
    public CompletableFuture<Call> answered() {
        return answered.future();
    }

    @Override
    public CallRecord awaitEnd() {
        return ended.await();
    }

    @Override
    public CompletableFuture<CallRecord> ended() {
        return ended.future();
    }

    @Override
    public void hold() {
        startHold(true).await();
    }

    @Override
    public CompletableFuture<Void> holdAsync() {
        return startHold(true).future();
    }

    @Override
    public CompletableFuture<Void> holdAsync(HoldMode mode) {
        requireNonNull(mode, "mode");
        Promise<Void> promise = new Promise<>(context.callbacks());
        context.loop().execute(() -> session.hold(Optional.of(mode), promise));
        return promise.future();
    }

    @Override
    public void resume() {
        startHold(false).await();
    }

    @Override
    public CompletableFuture<Void> resumeAsync() {
        return startHold(false).future();
    }

    private Promise<Void> startHold(boolean hold) {
        Promise<Void> promise = new Promise<>(context.callbacks());
        context.loop().execute(() -> session.hold(hold, promise));
        return promise;
    }

    @Override
    public Transfer transfer(String target, TransferOptions options) {
        requireNonNull(options, "options");
        Uri uri = Addresses.target(target, facts.account.config());
        check(options);
        return facts.account.transfers().blind(session, uri, options);
    }

    @Override
    public Transfer transferTo(Call other, TransferOptions options) {
        requireNonNull(options, "options");
        if (!(requireNonNull(other, "other") instanceof EngineCall call) || call.context != context) {
            throw Addresses.bad("The call to transfer to is not one of this phone's.");
        }
        if (call == this) {
            throw Addresses.bad("A call cannot be transferred to itself; give another call.");
        }
        check(options);
        return facts.account.transfers().attended(session, call.session, options);
    }

    private static void check(TransferOptions options) {
        options.targetHost().ifPresent(host -> Addresses.host(host, "host of the transfer's target"));
        options.referredBy().ifPresent(by -> {
            try {
                Uri.parse(by);
            } catch (IllegalArgumentException malformed) {
                throw Addresses.bad("Referred-By '" + by + "' is no SIP address: " + Failures.sentence(malformed.getMessage()));
            }
        });
    }

    @Override
    public Optional<Call> replacedBy() {
        return replacement.get();
    }

    /** Shows in which call this one goes on; on the signalling loop. */
    void showReplacement(Call other) {
        replacement.set(Optional.of(other));
    }

    @Override
    public void hangup() {
        context.loop().execute(session::hangup);
    }

    @Override
    public CallMessages messages() {
        return signals;
    }

    @Override
    public EngineSignals signals() {
        return signals;
    }

    public void hangup(CallReason why) {
        List<ExtraHeader> headers = CallStarter.headers(Map.of(requireNonNull(why, "why").name(), why.value()));
        context.loop().execute(() -> session.hangup(headers));
    }

    @Override
    public void headers(Map<String, String> headers) {
        List<ExtraHeader> wanted = CallStarter.headers(requireNonNull(headers, "headers"));
        context.loop().execute(() -> session.headers(wanted));
    }

    @Override
    public void endAfter(Duration longest) {
        Check.range(longest, Duration.ofMillis(1), Duration.ofDays(365), "longest");
        context.loop().execute(() -> session.endAfter(longest));
    }

    @Override
    public CallDetails details() {
        return details.get();
    }

    @Override
    public String postDial() {
        return postDial.get();
    }

    /** Shows what the peer said; on the signalling loop. */
    void show(CallDetails said) {
        details.set(said);
    }

    /** Notes the digits to send once it is answered; before anybody sees the call. */
    void postDial(String digits) {
        postDial.set(digits);
    }

    @Override
    public CallAudio audio() {
        return media.audio();
    }

    @Override
    public CallQuality quality() {
        return media.quality();
    }

    @Override
    public Optional<Encryption> encryption() {
        return encryption.get();
    }

    @Override
    public Optional<NatKind> peerNat() {
        return peerNat.get();
    }

    /** Shows what the peer tells of its NAT, if it does; on the signalling loop. */
    void showNat(Optional<NatKind> kind) {
        if (kind.isPresent()) {
            peerNat.set(kind);
        }
    }

    @Override
    public CallSecurity security() {
        return new EngineSecurity(context, session, this);
    }

    /** Shows how the sound is encrypted; on the signalling loop. */
    void show(Optional<Encryption> how) {
        encryption.set(how);
    }

    @Override
    public Iterable<CallEvent> events() {
        return events.blocking();
    }

    @Override
    public Flow.Publisher<CallEvent> publisher() {
        return events.publisher();
    }

    @Override
    public void onEvent(Consumer<? super CallEvent> listener) {
        events.listen(requireNonNull(listener, "listener"));
    }

    @Override
    public String toString() {
        return "call " + facts.id + (facts.direction == Direction.OUTGOING ? " to " : " from ") + remote().address();
    }
}
