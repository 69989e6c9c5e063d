package io.earshot.sdk.internal.call;

import io.earshot.api.chat.MessageEvent;
import io.earshot.api.time.Ticker;
import io.earshot.sip.im.IsComposing;
import io.earshot.sip.im.TypingReceiver;
import io.earshot.sip.im.TypingSender;
import io.earshot.sip.ua.MessageRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is writing to whom, both ways (RFC 3994); on the signalling loop. */
final class Typists {
    /** The most peers whose writing is told at one time. */
    private static final int MOST = 1_000;

    /** One conversation. */
    private record Pair(EngineAccount account, String peer) { }

    private final EngineContext context;
    private final ChatRoom room;
    private final Map<Pair, TypingSender> ours = new HashMap<>();
    private final Map<Pair, TypingReceiver> theirs = new HashMap<>();

    Typists(EngineContext context, ChatRoom room) {
        this.context = context;
        this.room = room;
    }

    /** Our user writes, or has stopped. */
    void typing(EngineAccount account, String peer, boolean active) {
        Pair pair = new Pair(account, peer);
        if (active) {
            say(pair, ours.computeIfAbsent(pair, key -> new TypingSender()).typed(context.now()));
        } else {
            Optional.ofNullable(ours.remove(pair)).ifPresent(sender -> say(pair, sender.stopped()));
        }
    }

    /** Our message goes out, which says that we write no more. */
    void sent(EngineAccount account, String peer) {
        ours.remove(new Pair(account, peer));
    }

    /** The peer tells about its user. */
    void heard(EngineAccount account, String peer, IsComposing status) {
        Pair pair = new Pair(account, peer);
        if (!theirs.containsKey(pair) && (theirs.size() >= MOST || !status.active())) {
            return;
        }
        TypingReceiver receiver = theirs.computeIfAbsent(pair, key -> new TypingReceiver());
        if (receiver.on(status, context.now())) {
            tell(pair, receiver);
        }
    }

    /** The peer's message came, so it writes no more. */
    void received(EngineAccount account, String peer) {
        Pair pair = new Pair(account, peer);
        Optional.ofNullable(theirs.get(pair)).filter(TypingReceiver::onMessage).ifPresent(receiver -> tell(pair, receiver));
    }

    private void tell(Pair pair, TypingReceiver receiver) {
        if (!receiver.isActive()) {
            theirs.remove(pair);
        }
        pair.account.chat().tell(new MessageEvent.Composing(pair.peer, receiver.isActive()));
    }

    private void say(Pair pair, Optional<IsComposing> status) {
        status.ifPresent(what -> room.post(pair.account, pair.peer, new MessageRequest(IsComposing.TYPE, what.toBytes(), List.of()),
                ChatRoom.Outcome.IGNORED));
    }

    /** Does what is due and returns the next deadline. */
    long onTime(long now) {
        List.copyOf(ours.entrySet()).forEach(one -> {
            say(one.getKey(), one.getValue().onTime(now));
            if (one.getValue().deadline() == Ticker.NEVER) {
                ours.remove(one.getKey());
            }
        });
        List.copyOf(theirs.entrySet()).forEach(one -> {
            if (one.getValue().onTime(now)) {
                tell(one.getKey(), one.getValue());
            }
        });
        long first = ours.values().stream().mapToLong(TypingSender::deadline).min().orElse(Ticker.NEVER);
        return Math.min(first, theirs.values().stream().mapToLong(TypingReceiver::deadline).min().orElse(Ticker.NEVER));
    }
}
