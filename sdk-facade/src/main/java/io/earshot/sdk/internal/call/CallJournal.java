package io.earshot.sdk.internal.call;

import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallEvent.Header;
import io.earshot.api.CallQuality;
import io.earshot.api.CallRecord;
import io.earshot.api.Failure;
import io.earshot.sip.ua.EndCause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Numbers and dates the events of a call, and writes its record at the end. Confined to the signalling loop. */
final class CallJournal {
    private final EngineContext context;
    private final long call;
    private final Consumer<CallEvent> out;
    private final Instant started;
    private final long startedAt;
    private long answeredAt = -1;
    private long endedAt;
    private long sequence;

    CallJournal(EngineContext context, long call, Consumer<CallEvent> out) {
        this.context = context;
        this.call = call;
        this.out = out;
        this.started = context.wallClock().instant();
        this.startedAt = context.now();
    }

    /** Appends an event. */
    void add(Function<Header, CallEvent> event) {
        sequence++;
        out.accept(event.apply(new Header(call, sequence, context.wallClock().instant())));
    }

    /** Notes that the call is answered now. */
    void answered() {
        answeredAt = context.now();
    }

    /** Notes that the call ends now. */
    void ended() {
        endedAt = context.now();
    }

    boolean isAnswered() {
        return answeredAt >= 0;
    }

    /** Returns the record of a call that has ended. */
    CallRecord record(EngineCall handle, EndCause cause, Optional<CallQuality> quality, Optional<Failure> failure) {
        long setup = (isAnswered() ? answeredAt : endedAt) - startedAt;
        long talk = isAnswered() ? endedAt - answeredAt : 0;
        Call.Peer peer = handle.remote();
        return new CallRecord(call, handle.callId(), handle.direction(), handle.account().address(), peer.address(), started,
                Duration.ofNanos(setup), Duration.ofNanos(talk), Failures.side(cause), Failures.status(cause, isAnswered()),
                failure.map(Failure::sentence).orElse(cause.sentence()), quality);
    }
}
