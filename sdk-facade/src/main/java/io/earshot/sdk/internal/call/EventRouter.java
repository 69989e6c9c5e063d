package io.earshot.sdk.internal.call;

import io.earshot.api.PhoneEvent;
import io.earshot.sip.ua.EventNews;
import io.earshot.sip.ua.FinalCodecEvent;
import io.earshot.sip.ua.InfoEvent;
import io.earshot.sip.ua.MessageEvent;
import io.earshot.sip.ua.RawEvent;
import io.earshot.sip.ua.SipEvent;
import io.earshot.sip.ua.TransferEvent;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives each event of the SIP engine to whom it concerns. Confined to the signalling loop. */
final class EventRouter {
    private static final Logger LOG = LoggerFactory.getLogger(EventRouter.class);

    private final EngineContext context;
    private final EnginePhone phone;
    private final CallStarter starter;
    private final RawDoor raw;

    EventRouter(EngineContext context, EnginePhone phone, CallStarter starter, RawDoor raw) {
        this.context = context;
        this.phone = phone;
        this.starter = starter;
        this.raw = raw;
    }

    private void onRaw(RawEvent event) {
        if (!context.signalling().lifeSigns().on(event)) {
            raw.on(event);
        }
    }

    void on(SipEvent event) {
        if (event instanceof SipEvent.IncomingCall call) {
            onIncoming(call);
        } else if (event instanceof EventNews news) {
            phone.desk().on(news);
        } else if (event instanceof SipEvent.Located located) {
            starter.located(located);
        } else if (event instanceof RawEvent request) {
            onRaw(request);
        } else if (event instanceof SipEvent.SessionEvent call) {
            phone.session(call.session()).ifPresent(session -> session.on(call));
        } else if (event instanceof TransferEvent.Received refer) {
            phone.incoming().received(refer, refer.session().flatMap(phone::session), refer.account().flatMap(phone::account));
        } else if (event instanceof TransferEvent moved) {
            phone.transfers().on(moved);
        } else if (event instanceof MessageEvent message) {
            phone.chat().on(message);
        } else if (event instanceof InfoEvent info) {
            phone.session(info.session()).filter(session -> !session.ways().trickler().on(info))
                    .ifPresent(session -> session.handle().signals().on(info));
        } else if (event instanceof SipEvent.OptionsAnswered || event instanceof SipEvent.OptionsFailed) {
            phone.openAccounts().stream().anyMatch(account -> account.options().on(event));
        } else if (event instanceof SipEvent.RegistrationChanged changed) {
            phone.account(changed.account()).ifPresent(account -> account.onState(changed.state()));
        } else if (event instanceof SipEvent.RegistrationLearned learned) {
            phone.account(learned.account()).ifPresent(account -> account.onDetails(learned.facts(), learned.server()));
        } else if (event instanceof FinalCodecEvent.Stumbled stumbled) {
            context.acks().keep(stumbled.server());
        } else if (event instanceof SipEvent.Dropped dropped) {
            onDropped(dropped);
        } else if (event instanceof SipEvent.InternalError error) {
            LOG.error("A defect in the SIP engine, at {}; the input was given up", error.where(), error.cause());
        }
    }

    private void onIncoming(SipEvent.IncomingCall call) {
        Optional<EngineAccount> account = call.account().flatMap(phone::account)
                .or(() -> phone.openAccounts().size() == 1 ? Optional.of(phone.openAccounts().get(0)) : Optional.empty());
        if (account.isEmpty()) {
            context.signalling().engine().reject(call.session(), 404, List.of(), context.now());
        } else {
            phone.chat().wake(account.get(), Optional.of(call.request().from().uri().toString()));
            starter.incoming(call, account.get());
        }
    }

    private void onDropped(SipEvent.Dropped dropped) {
        LOG.warn("Dropped, {}: {} ({} so far): {}", dropped.flow().remote(), dropped.kind(), dropped.total(), dropped.detail());
        String what = switch (dropped.kind()) {
            case "unproven.path" -> "Held back a message to ";
            case "stranger" -> "Refused a message from ";
            default -> "Dropped a message from ";
        };
        phone.tell(new PhoneEvent.Notice(what + Signalling.text(dropped.flow().remote()) + ": "
                + Failures.sentence(dropped.detail())));
    }
}
