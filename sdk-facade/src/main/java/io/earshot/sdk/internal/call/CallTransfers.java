package io.earshot.sdk.internal.call;

import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.Failure;
import io.earshot.api.Transfer;
import io.earshot.api.TransferOptions;
import io.earshot.sdk.internal.loop.Promise;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.ua.ReferRequest;
import io.earshot.sip.ua.TransferEvent;
import io.earshot.sip.ua.TransferId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The transfers that the program asks for: holds, refers, and ends or resumes the call. Confined to the signalling loop. */
final class CallTransfers {
    private final EngineContext context;
    private final Map<TransferId, Job> jobs = new HashMap<>();

    CallTransfers(EngineContext context) {
        this.context = context;
    }

    /** What programs hold of a transfer. */
    private record Handle(String target, Promise<Integer> outcome) implements Transfer {
        @Override
        public CompletableFuture<Integer> done() {
            return outcome.future();
        }

        @Override
        public int await() {
            return outcome.await();
        }
    }

    /** One transfer; {@code other} is the consultation of an attended one. */
    private static final class Job {
        private final CallSession session;
        private final Optional<CallSession> other;
        private final TransferOptions options;
        private final Handle handle;
        private boolean heldByUs;
        private boolean accepted;

        Job(CallSession session, Optional<CallSession> other, TransferOptions options, Handle handle) {
            this.session = session;
            this.other = other;
            this.options = options;
            this.handle = handle;
        }
    }

    // ---- from any thread

    /** Transfers to an address. */
    Transfer blind(CallSession session, Uri target, TransferOptions options) {
        Handle handle = new Handle(target.toString(), new Promise<>(context.callbacks()));
        context.loop().execute(() -> begin(new Job(session, Optional.empty(), options, handle), Optional.of(target)));
        return handle;
    }

    /** Transfers to the peer of another call. */
    Transfer attended(CallSession session, CallSession other, TransferOptions options) {
        Handle handle = new Handle(other.handle().remote().address(), new Promise<>(context.callbacks()));
        context.loop().execute(() -> begin(new Job(session, Optional.of(other), options, handle), Optional.empty()));
        return handle;
    }

    // ---- on the loop

    private void begin(Job job, Optional<Uri> target) {
        Call.State state = job.session.handle().state();
        if (state != Call.State.ESTABLISHED) {
            job.handle.outcome.fail(new Failure.BadArgument("Only an established call can be transferred; this one is "
                    + state.name().toLowerCase(Locale.ROOT) + "."));
            return;
        }
        if (jobs.values().stream().anyMatch(known -> known.session == job.session)) {
            job.handle.outcome.fail(new Failure.BadArgument("This call is being transferred already; wait for the outcome."));
            return;
        }
        boolean held = job.session.media().flatMap(MediaControl::holding).isPresent();
        if (!job.options.hold() || held) {
            refer(job, target);
            return;
        }
        Promise<Void> hold = new Promise<>(context.callbacks());
        job.session.hold(true, hold);
        hold.future().whenComplete((done, refused) -> context.loop().execute(() -> {
            job.heldByUs = refused == null;
            refer(job, target);
        }));
    }

    private void refer(Job job, Optional<Uri> blind) {
        Optional<Uri> target = blind.or(() -> consulted(job)).map(uri -> hosted(uri, job.options));
        Optional<TransferId> id = target.isEmpty() || job.session.isOver() ? Optional.empty()
                : context.signalling().engine().transfers().refer(job.session.id().orElseThrow(), request(target.get(), job.options),
                        context.now());
        if (id.isPresent()) {
            jobs.put(id.get(), job);
        } else {
            failed(job, new Failure.Cancelled("The call ended before it was transferred."));
        }
    }

    /** The peer of the consultation, to be called in our place; one that has not answered yet is called anew instead. */
    private Optional<Uri> consulted(Job job) {
        CallSession other = job.other.orElseThrow();
        if (other.handle().state() == Call.State.ESTABLISHED) {
            return context.signalling().engine().transfers().replacing(other.id().orElseThrow(), job.options.requireReplaces());
        }
        boolean waiting = !other.isOver() && other.handle().direction() == Call.Direction.OUTGOING;
        if (waiting) {
            other.hangup();
        }
        return waiting ? Optional.of(Uri.parse(other.handle().remote().address())) : Optional.empty();
    }

    private static Uri hosted(Uri target, TransferOptions options) {
        Optional<SipUri> host = options.targetHost().map(text -> Addresses.host(text, "host of the transfer's target"));
        return host.isPresent() && target instanceof SipUri sip ? sip.withHost(host.get().host()).withPort(host.get().port()) : target;
    }

    private static ReferRequest request(Uri target, TransferOptions options) {
        Optional<NameAddr> by = options.referredBy().map(text -> NameAddr.of(Uri.parse(text)));
        return new ReferRequest(target, by, options.report(), options.newDialog(), java.util.List.of());
    }

    /** Takes what the engine tells of a transfer of ours. */
    void on(TransferEvent event) {
        Job job = jobs.get(event.transfer());
        if (job == null) {
            return;
        }
        if (event instanceof TransferEvent.Accepted) {
            job.accepted = true;
            if (job.options.ending() == TransferOptions.Ending.ON_ACCEPTANCE) {
                job.session.hangup();
            }
        } else if (event instanceof TransferEvent.Progress progress) {
            tell(job, header -> new CallEvent.TransferProgress(header, job.handle.target, progress.status(), progress.reason()));
        } else if (event instanceof TransferEvent.Done done) {
            jobs.remove(event.transfer());
            done(job, done.status());
        } else if (event instanceof TransferEvent.Failed failed) {
            jobs.remove(event.transfer());
            // A peer that agreed, hung up and said no more has what it was asked for.
            boolean gone = job.accepted && job.session.isOver() && !(failed.cause() instanceof io.earshot.sip.ua.Failure.Rejected);
            if (gone) {
                done(job, 202);
            } else {
                failed(job, Failures.of(failed.cause(), job.handle.target, ""));
            }
        }
    }

    private void done(Job job, int status) {
        tell(job, header -> new CallEvent.Transferred(header, job.handle.target, status));
        job.handle.outcome.complete(status);
        if (job.options.ending() != TransferOptions.Ending.NEVER) {
            job.session.hangup();
            job.other.ifPresent(CallSession::hangup);
        }
    }

    private void failed(Job job, Failure failure) {
        tell(job, header -> new CallEvent.TransferFailed(header, job.handle.target, failure));
        job.handle.outcome.fail(failure);
        if (job.heldByUs && !job.session.isOver()) {
            job.session.hold(false, new Promise<>(context.callbacks()));
        }
    }

    private static void tell(Job job, java.util.function.Function<CallEvent.Header, CallEvent> event) {
        if (!job.session.isOver()) {
            job.session.journal().add(event);
        }
    }
}
