package io.earshot.sdk.internal.call;

import io.earshot.api.Call;
import io.earshot.api.Failure;
import io.earshot.api.PhoneEvent;
import io.earshot.api.chat.MessageEvent;
import io.earshot.api.chat.MessageOutcome;
import io.earshot.api.chat.OutgoingMessage;
import io.earshot.api.chat.OutgoingMessage.Offline;
import io.earshot.api.chat.ReceivedMessage;
import io.earshot.api.time.Ticker;
import io.earshot.sdk.internal.chat.Outbox;
import io.earshot.sdk.internal.chat.OutboxEntry;
import io.earshot.sdk.internal.chat.OutboxStore;
import io.earshot.sdk.internal.loop.Promise;
import io.earshot.sip.im.Imdn;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.Uri;
import io.earshot.sip.ua.MessageId;
import io.earshot.sip.ua.MessageRequest;
import io.earshot.sip.ua.SessionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The instant messages of a phone, on the signalling loop: what is on its way and what waits. {@link ChatInlet} takes what comes in,
 * {@link Typists} who is writing.
 */
final class ChatRoom implements Signalling.Timed {
    /** The most messages on their way and waiting together. */
    static final int MOST = 1_000;

    /** Who wants to know what became of a message. */
    interface Outcome {
        /** For messages whose outcome is nobody's business. */
        Outcome IGNORED = new Outcome() {
            @Override
            public void accepted(Response response) {
                // fine
            }

            @Override
            public void failed(Failure failure) {
                // nothing to do about it
            }
        };

        void accepted(Response response);

        void failed(Failure failure);
    }

    private final EngineContext context;
    private final EnginePhone phone;
    private final Outbox outbox = new Outbox(MOST);
    private final ChatArchive archive;
    private final Typists typists;
    private final ChatInlet inlet;
    private final Map<String, Promise<MessageOutcome>> promises = new HashMap<>();

    /** What an outcome's sentence is about. */
    private record Sent(EngineAccount account, String peer, Outcome outcome) { }

    private final Map<MessageId, Sent> sent = new HashMap<>();

    ChatRoom(EngineContext context, EnginePhone phone, Optional<OutboxStore> store) {
        this.context = context;
        this.phone = phone;
        this.archive = new ChatArchive(context, store, this::trouble);
        this.typists = new Typists(context, this);
        this.inlet = new ChatInlet(this, typists);
    }

    /** Takes what the disk has; before anything is sent. */
    void begin() {
        archive.entries().forEach(entry -> outbox.add(entry, true, context.now()));
        context.signalling().add(this);
    }

    private void trouble(String text) {
        phone.tell(new PhoneEvent.Notice(text));
    }

    // ---- what the program wants

    void send(EngineAccount account, OutboxEntry entry, Promise<MessageOutcome> promise) {
        typists.sent(account, entry.peer());
        if (phone.isShut()) {
            promise.fail(new Failure.Cancelled("The phone is closed."));
        } else if (entry.message().offline() == Offline.NEVER) {
            transmit(account, entry, new Direct(account, entry, promise));
        } else if (entry.message().offline() == Offline.ALWAYS && !outbox.isFull()) {
            archive.keep(entry, () -> admit(account, entry, promise));
        } else {
            admit(account, entry, promise);
        }
    }

    private void admit(EngineAccount account, OutboxEntry entry, Promise<MessageOutcome> promise) {
        if (outbox.add(entry, false, context.now())) {
            promises.put(entry.id(), promise);
        } else {
            archive.drop(entry.id());
            refuse(account, entry, promise);
        }
    }

    private void refuse(EngineAccount account, OutboxEntry entry, Promise<MessageOutcome> promise) {
        Failure full = new Failure.LocalResource("There are " + MOST + " messages on their way already; wait, or withdraw some.");
        promise.fail(full);
        account.chat().tell(new MessageEvent.Failed(entry.peer(), entry.id(), full));
    }

    /** Sends within a call; never queued. */
    void sendIn(CallSession call, OutboxEntry entry, Promise<MessageOutcome> promise) {
        EngineAccount account = (EngineAccount) call.handle().account();
        Optional<SessionId> session = call.handle().state() == Call.State.ESTABLISHED ? call.id() : Optional.empty();
        if (session.isEmpty()) {
            promise.fail(new Failure.BadArgument("Messages go to the peer of a call only while the call is established."));
            return;
        }
        MessageRequest request = ChatBodies.write(entry, Addresses.settings(account.config(), Optional.empty()).address());
        MessageId id = context.signalling().engine().messages().send(session.get(), request, context.now());
        await(id, account, entry.peer(), new Direct(account, entry, promise));
    }

    void typing(EngineAccount account, String peer, boolean active) {
        typists.typing(account, peer, active);
    }

    void displayed(EngineAccount account, ReceivedMessage message) {
        if (message.wanted().contains(OutgoingMessage.Report.DISPLAYED)) {
            report(account, message.peer(), Imdn.displayed(message.id(), message.sent().orElse("")));
        }
    }

    List<OutboxEntry> queued(EngineAccount account) {
        return outbox.waiting(account.address());
    }

    boolean withdraw(String id) {
        Optional<OutboxEntry> entry = outbox.idle(id);
        entry.ifPresent(one -> forget(one, new Failure.Cancelled("The message was withdrawn.")));
        return entry.isPresent();
    }

    // ---- what happens

    /** The account, or one peer of it, may be reachable again. */
    void wake(EngineAccount account, Optional<String> peer) {
        outbox.wake(account.address(), peer, context.now());
    }

    void on(io.earshot.sip.ua.MessageEvent event) {
        if (event instanceof io.earshot.sip.ua.MessageEvent.Received received) {
            phone.account(received.account()).ifPresent(account -> inlet.take(account, received, phone.callNumber(received.session())));
        } else if (event instanceof io.earshot.sip.ua.MessageEvent.Unreadable unreadable) {
            phone.account(unreadable.account()).ifPresent(account -> inlet.refused(account, unreadable));
        } else if (event instanceof io.earshot.sip.ua.MessageEvent.Accepted accepted) {
            Optional.ofNullable(sent.remove(accepted.message())).ifPresent(one -> one.outcome.accepted(accepted.response()));
        } else if (event instanceof io.earshot.sip.ua.MessageEvent.Failed failed) {
            Optional.ofNullable(sent.remove(failed.message())).ifPresent(one -> one.outcome.failed(
                    Failures.of(failed.cause(), one.peer, one.account.user())));
        }
    }

    /** Sends a notification; nobody waits for it. */
    void report(EngineAccount account, String peer, Imdn imdn) {
        MessageRequest request = ChatBodies.notification(imdn, Addresses.settings(account.config(), Optional.empty()).address(), peer,
                context.wallClock().instant());
        post(account, peer, request, Outcome.IGNORED);
    }

    /** Sends something outside calls. */
    void post(EngineAccount account, String peer, MessageRequest request, Outcome outcome) {
        MessageId id = context.signalling().engine().messages().send(account.id(), Uri.parse(peer), request, context.now());
        await(id, account, peer, outcome);
    }

    private void await(MessageId id, EngineAccount account, String peer, Outcome outcome) {
        sent.put(id, new Sent(account, peer, outcome));
    }

    private void transmit(EngineAccount account, OutboxEntry entry, Outcome outcome) {
        post(account, entry.peer(), ChatBodies.write(entry, Addresses.settings(account.config(), Optional.empty()).address()), outcome);
    }

    @Override
    public long onTime(long now) {
        long wallClock = context.wallClock().millis();
        for (OutboxEntry old : outbox.expired(wallClock)) {
            forget(old, new Failure.TimedOut("The message to " + old.peer() + " could not be delivered within "
                    + old.message().life().toSeconds() + " s."));
        }
        Predicate<String> usable = address -> !phone.isShut() && phone.account(address).isPresent();
        for (Optional<OutboxEntry> next = outbox.next(usable, now); next.isPresent(); next = outbox.next(usable, now)) {
            EngineAccount account = phone.account(next.get().account()).orElseThrow();
            transmit(account, next.get(), new Queueable(account, next.get()));
        }
        long expiry = outbox.firstExpiry();
        long untilExpiry = expiry == Long.MAX_VALUE ? Ticker.NEVER : now + Math.max(1, expiry - wallClock) * Ticker.MILLISECOND;
        return Math.min(Math.min(untilExpiry, outbox.deadline(usable)), typists.onTime(now));
    }

    private void forget(OutboxEntry entry, Failure why) {
        outbox.remove(entry, context.now());
        archive.drop(entry.id());
        Optional.ofNullable(promises.remove(entry.id())).ifPresent(promise -> promise.fail(why));
        phone.account(entry.account()).ifPresent(account ->
                account.chat().tell(new MessageEvent.Failed(entry.peer(), entry.id(), why)));
    }

    /** The phone closes: what waits stays on the disk, and nobody waits for it any more; on the loop. */
    void abandon() {
        promises.values().forEach(promise -> promise.fail(new Failure.Cancelled("The phone was closed.")));
        promises.clear();
        context.signalling().remove(this);
    }

    /** Closes the store; blocks for a moment. */
    void close() {
        archive.close();
    }

    private static MessageOutcome outcome(OutboxEntry entry, Response response) {
        return new MessageOutcome(entry.id(), response.status() == 202 ? MessageOutcome.Kind.STORED : MessageOutcome.Kind.ACCEPTED,
                response.status());
    }

    /** A message that is not queued. */
    private record Direct(EngineAccount account, OutboxEntry entry, Promise<MessageOutcome> promise) implements Outcome {
        @Override
        public void accepted(Response response) {
            account.chat().tell(new MessageEvent.Sent(entry.peer(), entry.id(), response.status() == 202));
            promise.complete(outcome(entry, response));
        }

        @Override
        public void failed(Failure failure) {
            account.chat().tell(new MessageEvent.Failed(entry.peer(), entry.id(), failure));
            promise.fail(failure);
        }
    }

    /** A message that is. */
    private final class Queueable implements Outcome {
        private final EngineAccount account;
        private final OutboxEntry entry;

        Queueable(EngineAccount account, OutboxEntry entry) {
            this.account = account;
            this.entry = entry;
        }

        @Override
        public void accepted(Response response) {
            outbox.remove(entry, context.now());
            archive.drop(entry.id());
            account.chat().tell(new MessageEvent.Sent(entry.peer(), entry.id(), response.status() == 202));
            Optional.ofNullable(promises.remove(entry.id())).ifPresent(promise -> promise.complete(outcome(entry, response)));
        }

        @Override
        public void failed(Failure failure) {
            if (!ChatBodies.mayPass(failure)) {
                forget(entry, failure);
                return;
            }
            for (OutboxEntry waits : outbox.postpone(entry, context.now())) {
                archive.keep(waits, () -> {
                    account.chat().tell(new MessageEvent.Queued(waits.peer(), waits.id(), failure));
                    Optional.ofNullable(promises.remove(waits.id())).ifPresent(promise -> promise.complete(
                            new MessageOutcome(waits.id(), MessageOutcome.Kind.QUEUED, failure.sipStatus().orElse(0))));
                });
            }
        }
    }
}
