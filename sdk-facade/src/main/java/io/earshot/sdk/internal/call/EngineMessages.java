package io.earshot.sdk.internal.call;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.chat.MessageEvent;
import io.earshot.api.chat.MessageOutcome;
import io.earshot.api.chat.Messages;
import io.earshot.api.chat.OutgoingMessage;
import io.earshot.api.chat.QueuedMessage;
import io.earshot.api.chat.ReceivedMessage;
import io.earshot.api.check.Check;
import io.earshot.sdk.internal.chat.OutboxEntry;
import io.earshot.sdk.internal.loop.Promise;
import io.earshot.sdk.internal.loop.SerialExecutor;
import io.earshot.sip.message.Uri;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The instant messages of one account, as programs hold them. {@link ChatRoom} does the work, on the signalling loop. */
final class EngineMessages implements Messages {
    private static final int ID_BITS = 80;

    private final EngineContext context;
    private final EnginePhone phone;
    private final EngineAccount account;
    private final List<Consumer<MessageEvent>> listeners = new CopyOnWriteArrayList<>();

    EngineMessages(EngineContext context, EnginePhone phone, EngineAccount account) {
        this.context = context;
        this.phone = phone;
        this.account = account;
    }

    @Override
    public MessageOutcome send(String target, String text) {
        requireNonNull(target, "target");
        return start(target, OutgoingMessage.of(text)).await();
    }

    @Override
    public CompletableFuture<MessageOutcome> sendAsync(String target, OutgoingMessage message) {
        return start(target, message).future();
    }

    private Promise<MessageOutcome> start(String target, OutgoingMessage message) {
        Uri uri = Addresses.target(target, account.config());
        CallStarter.headers(requireNonNull(message, "message").headers());
        account.checkOpen();
        OutboxEntry entry = new OutboxEntry(context.callIds().token(ID_BITS), account.address(), uri.toString(), message,
                context.wallClock().millis());
        Promise<MessageOutcome> promise = new Promise<>(context.callbacks());
        context.loop().execute(() -> phone.chat().send(account, entry, promise));
        return promise;
    }

    @Override
    public Map<String, CompletableFuture<MessageOutcome>> sendAll(Collection<String> targets, OutgoingMessage message) {
        requireNonNull(message, "message");
        Check.list(targets, "targets").forEach(target -> Addresses.target(target, account.config()));
        Map<String, CompletableFuture<MessageOutcome>> outcomes = new LinkedHashMap<>();
        targets.forEach(target -> outcomes.computeIfAbsent(target, one -> sendAsync(one, message)));
        return outcomes;
    }

    @Override
    public void typing(String target) {
        String peer = Addresses.target(target, account.config()).toString();
        context.loop().execute(() -> phone.chat().typing(account, peer, true));
    }

    @Override
    public void stoppedTyping(String target) {
        String peer = Addresses.target(target, account.config()).toString();
        context.loop().execute(() -> phone.chat().typing(account, peer, false));
    }

    @Override
    public void displayed(ReceivedMessage message) {
        requireNonNull(message, "message");
        context.loop().execute(() -> phone.chat().displayed(account, message));
    }

    @Override
    public List<QueuedMessage> queued() {
        return context.loop().submit(() -> phone.chat().queued(account)).join().stream()
                .map(entry -> new QueuedMessage(entry.id(), entry.peer(), entry.message().text(), Instant.ofEpochMilli(entry.expires())))
                .toList();
    }

    @Override
    public boolean withdraw(String id) {
        requireNonNull(id, "id");
        return context.loop().submit(() -> phone.chat().withdraw(id)).join();
    }

    @Override
    public void onEvent(Consumer<? super MessageEvent> listener) {
        listeners.add(SerialExecutor.inOrder(context.callbacks(), requireNonNull(listener, "listener")));
    }

    /** Tells everybody, in order; on the loop. Tells whether there was anybody. */
    boolean tell(MessageEvent event) {
        listeners.forEach(listener -> listener.accept(event));
        phone.tell(new io.earshot.api.PhoneEvent.InChat(account, event));
        return !listeners.isEmpty() || phone.isHeard();
    }
}
