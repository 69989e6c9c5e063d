package io.earshot.sip.ua;

import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.dialog.DialogReference;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.transaction.Hop;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Transfers of an engine, asked for by us and by others: REFER (RFC 3515, 4488, 5589), and what replaces and joins calls (RFC 3891, 3911).
 * Used as {@link SipEngine}, on whose thread it is; {@link TransferEvent} tells what comes of it.
 */
public final class Transfers {
    private final Context context;
    private final Sessions sessions;
    private final Accounts accounts;
    private final LongConsumer pump;
    private final ReferTable table;
    private long last;

    Transfers(Context context, Sessions sessions, Accounts accounts, LongConsumer pump) {
        this.context = context;
        this.sessions = sessions;
        this.accounts = accounts;
        this.pump = pump;
        this.table = new ReferTable(context, sessions, accounts, this::nextId);
        context.extensions.add(SipMethod.REFER, table.referHandler());
        context.extensions.add(SipMethod.NOTIFY, table.notifyHandler());
        context.extensions.add(SipMethod.SUBSCRIBE, table.subscribeHandler());
        List.of("replaces", "join", "norefersub", "tdialog").forEach(context.extensions::support);
    }

    private TransferId nextId() {
        return new TransferId(++last);
    }

    // ---- asked for by us

    /**
     * Asks the peer of an established call to call somebody else (REFER). The call itself stays as it is, for our user to hang up.
     *
     * @return the transfer; empty if the call is over or not established
     */
    public Optional<TransferId> refer(SessionId session, ReferRequest request, long now) {
        Optional<Leg> leg = leg(session);
        leg.ifPresent(known -> start(known, request, new TransferId(last + 1), now));
        Optional<TransferId> made = leg.map(known -> nextId());
        pump.accept(now);
        return made;
    }

    private void start(Leg leg, ReferRequest wanted, TransferId id, long now) {
        Session session = leg.session();
        Dialog dialog = leg.dialog();
        AccountSettings settings = session.account().map(Account::settings).orElse(null);
        if (wanted.newDialog() && settings != null) {
            NameAddr to = dialog.remote().withoutTag();
            String localTag = context.token();
            String callId = context.token();
            RequestBuilder builder = Outgoing.outside(context, settings, SipMethod.REFER, dialog.remoteTarget(), to, callId, localTag)
                .set(HeaderName.TARGET_DIALOG, DialogReference.toPeerOf(dialog.id()).targetDialog());
            send(new SentRefer(context, table, id, callId, localTag), fill(builder, settings, wanted),
                new Way(Outgoing.nextHop(settings, dialog.remoteTarget()), session.account(), session.contactUser(), counter()), now);
            return;
        }
        RequestBuilder builder = Outgoing.inDialog(context, dialog, SipMethod.REFER);
        Request template = settings == null ? fill(builder, NameAddr.of(builder.build().from().uri()), wanted)
            : fill(builder, settings, wanted);
        send(new SentRefer(context, table, id, dialog.id().callId(), dialog.id().localTag()), template,
            new Way(dialog.nextHop(), session.account(), session.contactUser(), dialog::nextSequence), now);
    }

    /**
     * Asks somebody outside any call to call somebody else, as to take a parked call.
     *
     * @param target whom to ask
     * @return the transfer; {@link TransferEvent.Failed} tells of an account that is not there
     */
    public TransferId refer(AccountId account, Uri target, ReferRequest request, long now) {
        TransferId id = nextId();
        Optional<Account> known = accounts.get(account);
        if (known.isEmpty()) {
            context.emit(new TransferEvent.Failed(id, new Failure.Unreachable("There is no such account: " + account)));
            return id;
        }
        AccountSettings settings = known.get().settings();
        String callId = context.token();
        String localTag = context.token();
        NameAddr to = NameAddr.of(target instanceof SipUri sip ? sip.withoutHeaders() : target);
        RequestBuilder builder = Outgoing.outside(context, settings, SipMethod.REFER, target, to, callId, localTag);
        send(new SentRefer(context, table, id, callId, localTag), fill(builder, settings, request),
            new Way(Outgoing.nextHop(settings, target), known, settings.contactUser(), counter()), now);
        pump.accept(now);
        return id;
    }

    /** How a REFER goes. */
    private record Way(Uri nextHop, Optional<Account> account, String contactUser, LongSupplier sequence) {
        private List<NameAddr> contact(Context context, Hop hop) {
            return List.of(NameAddr.of(context.contact(account, contactUser, hop)));
        }
    }

    private void send(SentRefer refer, Request template, Way way, long now) {
        table.add(refer);
        refer.start(context.requests.send(new ClientRequest.Plan(template, way.nextHop, way.account, hop -> way.contact(context, hop),
            way.sequence), refer, now));
    }

    private Request fill(RequestBuilder builder, AccountSettings settings, ReferRequest wanted) {
        return fill(builder, settings.identity(), wanted);
    }

    private Request fill(RequestBuilder builder, NameAddr self, ReferRequest wanted) {
        builder.set(HeaderName.REFER_TO, NameAddr.of(wanted.target()))
            .set(HeaderName.REFERRED_BY, wanted.referredBy().orElse(self))
            .set(HeaderName.ALLOW, context.extensions.allow())
            .set(HeaderName.SUPPORTED, context.extensions.supported())
            .set(HeaderName.ACCEPT, MediaType.MESSAGE_SIPFRAG);
        if (!wanted.subscribe()) {
            builder.set(HeaderName.REFER_SUB, "false");
        }
        wanted.headers().forEach(header -> builder.add(header.name(), header.value()));
        return builder.build();
    }

    private static LongSupplier counter() {
        long[] value = {0};
        return () -> ++value[0];
    }

    /**
     * Returns the Refer-To that lets somebody take our place in an established call (RFC 5589 §7): the peer's address with Replaces. That
     * address is the peer's Contact when it is globally routable (GRUU) or no proxy stands between us, and its address of record otherwise.
     *
     * @param require whether to ask for {@code Require: replaces} too, so that no other phone of the peer's rings instead
     * @return empty if the call is not established
     */
    public Optional<Uri> replacing(SessionId session, boolean require) {
        return leg(session).map(Leg::dialog).flatMap(dialog -> {
            boolean direct = dialog.nextHop().equals(dialog.remoteTarget());
            Uri contact = dialog.remoteTarget();
            boolean routable = direct || contact instanceof SipUri uri && uri.parameters().has("gr");
            Uri peer = routable ? contact : dialog.remote().uri();
            if (!(peer instanceof SipUri uri)) {
                return Optional.empty();
            }
            SipUri replaced = uri.withoutHeaders().withHeader("Replaces", DialogReference.toPeerOf(dialog.id()).toString());
            return Optional.of(require ? replaced.withHeader("Require", "replaces") : replaced);
        });
    }

    /** Returns how the peer of a call that rings or is established is to be told of it in Replaces, Join or Target-Dialog. */
    public Optional<DialogReference> reference(SessionId session) {
        return sessions.get(session).map(Session::phase).flatMap(phase -> phase instanceof Leg leg && leg.isUp() ? Optional.of(leg.dialog())
            : phase instanceof IncomingCall call ? Optional.of(call.dialog())
            : phase instanceof OutgoingCall call ? call.dialog() : Optional.empty())
            .map(dialog -> DialogReference.toPeerOf(dialog.id()));
    }

    // ---- asked for by others

    /**
     * Agrees to call the target of {@link TransferEvent.Received} (202). Call it then, and have the call {@linkplain #follow followed}.
     *
     * @return whether it still waited for an answer
     */
    public boolean accept(TransferId transfer, long now) {
        boolean done = table.received(transfer).map(refer -> refer.accept(now)).orElse(false);
        pump.accept(now);
        return done;
    }

    /**
     * Refuses {@link TransferEvent.Received}.
     *
     * @param status 400 to 699, usually 603
     * @return whether it still waited for an answer
     */
    public boolean reject(TransferId transfer, int status, long now) {
        if (status < 400 || status > 699) {
            throw new IllegalArgumentException("a refusal is 400 to 699, not " + status);
        }
        boolean done = table.received(transfer).map(refer -> refer.reject(status, now)).orElse(false);
        pump.accept(now);
        return done;
    }

    /** Tells whoever asked for a transfer of everything that becomes of this call, its outcome included. */
    public void follow(TransferId transfer, SessionId call, long now) {
        table.received(transfer).ifPresent(refer -> sessions.get(call).ifPresentOrElse(
            session -> session.follow(event -> context.agenda.at(Long.MIN_VALUE, then -> refer.tell(event, then))),
            () -> refer.report(new SipFrag(503, "Service Unavailable"), now)));
        pump.accept(now);
    }

    /**
     * Tells whoever asked for a transfer that there will be no call.
     *
     * @param status 400 to 699
     */
    public void giveUp(TransferId transfer, int status, String reason, long now) {
        table.received(transfer).ifPresent(refer -> refer.report(new SipFrag(status, reason), now));
        pump.accept(now);
    }

    /** Returns the call that an incoming call takes the place of as soon as it is answered (Replaces): the engine hangs it up then. */
    public Optional<SessionId> replaced(SessionId incoming) {
        return relation(incoming, true);
    }

    /** Returns the call that an incoming call wants to join (Join): its answer means a conference, which the engine's owner mixes. */
    public Optional<SessionId> joined(SessionId incoming) {
        return relation(incoming, false);
    }

    /** Lets the call that an incoming call replaces go on beside it, instead of hanging it up when that is answered. */
    public void keepReplaced(SessionId incoming) {
        sessions.get(incoming).ifPresent(session -> session.relate(Optional.empty()));
    }

    private Optional<SessionId> relation(SessionId incoming, boolean replaces) {
        return sessions.get(incoming).flatMap(Session::relation).filter(relation -> relation.replaces() == replaces)
            .map(relation -> relation.other().id());
    }

    private Optional<Leg> leg(SessionId session) {
        return sessions.get(session).filter(known -> known.phase() instanceof Leg).map(known -> (Leg) known.phase()).filter(Leg::isUp);
    }

    /** Tells whether nobody is being told anything any more, and nobody is to tell us. */
    boolean isIdle() {
        return table.isEmpty();
    }
}
