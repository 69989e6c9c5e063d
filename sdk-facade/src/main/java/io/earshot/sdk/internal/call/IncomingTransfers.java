package io.earshot.sdk.internal.call;

import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallOptions;
import io.earshot.api.TransferRules;
import io.earshot.api.VoipException;
import io.earshot.api.time.Ticker;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.ua.ExtraHeader;
import io.earshot.sip.ua.SipEvent;
import io.earshot.sip.ua.TransferEvent;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What others do to our calls: refer them elsewhere, and put new ones into their place. Confined to the signalling loop but for accept. */
final class IncomingTransfers {
    private static final Logger LOG = LoggerFactory.getLogger(IncomingTransfers.class);
    /** How long whoever transferred us may take to hang up. */
    private static final long COURTESY = 4 * Ticker.SECOND;

    private final EngineContext context;
    private final EnginePhone phone;
    private final CallStarter starter;

    IncomingTransfers(EngineContext context, EnginePhone phone, CallStarter starter) {
        this.context = context;
        this.phone = phone;
        this.starter = starter;
    }

    // ---- REFER

    /** Somebody refers us to somebody else. */
    void received(TransferEvent.Received event, Optional<CallSession> session, Optional<EngineAccount> account) {
        Optional<EngineAccount> whose = session.map(known -> (EngineAccount) known.handle().account()).or(() -> account);
        boolean usable = whose.isPresent() && !phone.isShut() && session.map(known -> !known.isOver()).orElse(true);
        if (!usable) {
            context.signalling().engine().transfers().reject(event.transfer(), 603, context.now());
            return;
        }
        boolean attended = event.headers().stream().anyMatch(header -> header.name().equals(HeaderName.REPLACES));
        session.ifPresent(known -> known.journal().add(header ->
                new CallEvent.TransferRequested(header, event.target().toString(), attended)));
        EngineIncomingTransfer transfer = new EngineIncomingTransfer(this, whose.get(), session, event, attended);
        if (whose.get().transferHandler().isPresent()) {
            ask(whose.get(), transfer);
        } else if (session.isPresent() && whose.get().rules().accept()) {
            accept(transfer);
        } else {
            reject(transfer, 603);
        }
    }

    private void ask(EngineAccount account, EngineIncomingTransfer transfer) {
        context.callbacks().execute(() -> {
            try {
                account.transferHandler().orElseThrow().accept(transfer);
            } catch (RuntimeException | Error theirs) {
                LOG.error("The application's handler of transfers failed on {}", transfer.target(), theirs);
                transfer.abandon();
            }
        });
    }

    void reject(EngineIncomingTransfer transfer, int status) {
        context.loop().execute(() ->
                context.signalling().engine().transfers().reject(transfer.event().transfer(), status, context.now()));
    }

    /** Calls the target, and has the one who asked for it told; from any thread. */
    EngineCall accept(EngineIncomingTransfer transfer) {
        TransferEvent.Received event = transfer.event();
        CallOptions options = CallOptions.DEFAULT;
        for (ExtraHeader header : event.headers()) {
            options = options.withHeader(header.name().canonical(), header.value());
        }
        context.loop().execute(() -> context.signalling().engine().transfers().accept(event.transfer(), context.now()));
        EngineCall fresh = starter.dial(transfer.engineAccount(), RuleBook.Plan.transfer(event.target(), id ->
                context.signalling().engine().transfers().follow(event.transfer(), id, context.now())), options);
        fresh.ended().whenComplete((record, none) -> context.loop().execute(() ->
                context.signalling().engine().transfers().giveUp(event.transfer(), 503, "Service Unavailable", context.now())));
        transfer.session().ifPresent(old -> context.loop().execute(() -> goOn(old, fresh, transfer.engineAccount().rules().ending())));
        return fresh;
    }

    private void goOn(CallSession old, EngineCall fresh, TransferRules.Ending ending) {
        old.replacedBy(fresh);
        fresh.answered().thenAccept(answered -> context.loop().execute(() -> {
            if (ending == TransferRules.Ending.AT_ONCE) {
                old.hangup();
            } else if (ending == TransferRules.Ending.SOON) {
                hangUpLater(old);
            }
        }));
    }

    private void hangUpLater(CallSession old) {
        long deadline = context.now() + COURTESY;
        context.signalling().add(new Signalling.Timed() {
            @Override
            public long onTime(long now) {
                if (now < deadline && !old.isOver()) {
                    return deadline;
                }
                old.hangup();
                context.signalling().remove(this);
                return Ticker.NEVER;
            }
        });
    }

    // ---- Replaces

    /** Tells whether a call that comes in wants the place of another; it is answered or refused then, and nobody is asked. */
    boolean replaces(SipEvent.IncomingCall event, EngineCall fresh, EngineAccount account) {
        Optional<CallSession> old = context.signalling().engine().transfers().replaced(event.session()).flatMap(phone::session);
        if (old.isEmpty()) {
            return false;
        }
        if (!account.rules().replace()) {
            fresh.session().reject(603, java.util.List.of());
            return true;
        }
        if (account.rules().keepReplaced()) {
            context.signalling().engine().transfers().keepReplaced(event.session());
        }
        old.get().replacedBy(fresh);
        try {
            new Answerer(context, starter, fresh, event).answer(starter.wish(CallOptions.DEFAULT));
        } catch (VoipException noCodec) {
            fresh.session().refuse(500, java.util.List.of(), noCodec.failure());
        }
        return true;
    }

    // ---- Join

    /** Returns the call that one that comes in wants to join. */
    Optional<Call> joined(SipEvent.IncomingCall event) {
        return context.signalling().engine().transfers().joined(event.session()).flatMap(phone::session).map(CallSession::handle);
    }
}
