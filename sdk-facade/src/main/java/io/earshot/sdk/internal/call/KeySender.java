package io.earshot.sdk.internal.call;

import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.DtmfMethod;
import io.earshot.api.DtmfOptions;
import io.earshot.api.Failure;
import io.earshot.api.time.Ticker;
import io.earshot.sdk.internal.loop.Promise;
import io.earshot.sip.info.DtmfBody;
import io.earshot.sip.ua.InfoId;
import io.earshot.sip.ua.InfoRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The keys of one call, one after another: by telephone events, by INFO, by tones, or by two of them at once, with other ways to fall back
 * to. Confined to the signalling loop.
 */
final class KeySender {
    /** What a program may write: keys, a hook flash, and pauses of 1 ({@code ' '} and {@code ,}), 2 ({@code p}) and 4 ({@code w}) s. */
    static final String ALPHABET = "0123456789*#ABCDabcd! ,pPwW";
    /** Three retransmissions. */
    private static final long PATIENCE = 4 * Ticker.SECOND;
    private static final Failure UNANSWERED = new Failure.TimedOut("The peer did not answer the INFO with a key.");
    private static final Failure SILENT = new Failure.BadArgument("Keys cannot be sent in the sound: none goes to the peer now.");

    private final EngineContext context;
    private final EngineCall call;
    private final Function<InfoRequest, InfoId> info;
    private final Deque<Key> keys = new ArrayDeque<>();
    private Optional<Attempt> attempt = Optional.empty();
    private boolean resting;

    /** One key to send, or a pause; {@code last} when the promise is kept with it. */
    private record Key(char digit, DtmfOptions options, Promise<Void> promise, boolean last) {
        long pause() {
            return switch (digit) {
                case ' ', ',' -> Ticker.SECOND;
                case 'P' -> 2 * Ticker.SECOND;
                case 'W' -> 4 * Ticker.SECOND;
                default -> 0;
            };
        }
    }

    /** The ways that are left for a key, those of each step at once, and what is on its way. */
    private static final class Attempt {
        final Key key;
        final Deque<List<DtmfMethod>> left;
        final long begun;
        final Set<InfoId> infos = new HashSet<>();
        List<DtmfMethod> now = List.of();
        int open;
        boolean accepted;
        Failure refusal = SILENT;

        Attempt(Key key, Deque<List<DtmfMethod>> left, long begun) {
            this.key = key;
            this.left = left;
            this.begun = begun;
        }
    }

    KeySender(EngineContext context, EngineCall call, Function<InfoRequest, InfoId> info) {
        this.context = context;
        this.call = call;
        this.info = info;
    }

    void enqueue(String digits, DtmfOptions options, Promise<Void> promise) {
        if (call.state() != Call.State.ESTABLISHED && !(options.early() && canTalkEarly())) {
            promise.fail(new Failure.BadArgument("Keys and INFO go to the peer of a call only while the call is established; this one is "
                    + call.state().name().toLowerCase(Locale.ROOT) + "."));
            return;
        }
        for (int i = 0; i < digits.length(); i++) {
            keys.add(new Key(Character.toUpperCase(digits.charAt(i)), options, promise, i == digits.length() - 1));
        }
        next();
    }

    private boolean canTalkEarly() {
        return call.state() != Call.State.ENDED && call.session().media().filter(MediaControl::isAgreed).isPresent();
    }

    private void next() {
        Key key = keys.peek();
        if (key == null || resting || attempt.isPresent()) {
            return;
        }
        if (key.pause() > 0) {
            done(key, key.pause());
            return;
        }
        attempt = Optional.of(new Attempt(key, ways(key), context.now()));
        step(attempt.get());
    }

    /** Returns what to try, one step after another. */
    private Deque<List<DtmfMethod>> ways(Key key) {
        boolean events = call.session().media().filter(media -> media.sendsEvent(key.digit)).isPresent();
        boolean established = call.state() == Call.State.ESTABLISHED;
        DtmfMethod inSound = events ? DtmfMethod.RTP : DtmfMethod.IN_BAND;
        Deque<List<DtmfMethod>> ways = new ArrayDeque<>();
        DtmfMethod method = key.options.method();
        switch (method) {
            case AUTO -> {
                if (events) {
                    ways.add(List.of(DtmfMethod.RTP));
                }
                ways.add(List.of(DtmfMethod.INFO_RELAY));
                ways.add(List.of(DtmfMethod.IN_BAND));
            }
            case RTP -> {
                ways.add(List.of(DtmfMethod.RTP));
                ways.add(List.of(DtmfMethod.IN_BAND));
            }
            case INFO, INFO_RELAY -> {
                ways.add(List.of(method));
                ways.add(List.of(inSound));
            }
            case INFO_AND_RTP -> ways.add(List.of(DtmfMethod.INFO_RELAY, key.options.fallBack() ? inSound : DtmfMethod.RTP));
            case INFO_AND_IN_BAND -> ways.add(List.of(DtmfMethod.INFO_RELAY, DtmfMethod.IN_BAND));
            default -> ways.add(List.of(DtmfMethod.IN_BAND));
        }
        if (!key.options.fallBack() && method != DtmfMethod.AUTO) {
            ways = new ArrayDeque<>(List.of(ways.peek()));
        }
        if (!established) { // INFO goes within the dialog of an answered call
            Deque<List<DtmfMethod>> early = new ArrayDeque<>();
            ways.forEach(step -> early.add(step.stream().filter(way -> way == DtmfMethod.RTP || way == DtmfMethod.IN_BAND).toList()));
            early.removeIf(List::isEmpty);
            return early;
        }
        return ways;
    }

    private void step(Attempt trying) {
        List<DtmfMethod> before = trying.now;
        trying.now = trying.left.isEmpty() ? List.of() : trying.left.poll();
        if (trying.now.isEmpty()) {
            fail(trying);
            return;
        }
        if (!before.isEmpty()) {
            fellBack(before.get(0), trying.now.get(0), trying.refusal);
        }
        trying.open = trying.now.size();
        Key key = trying.key;
        int millis = (int) key.options.tone().toMillis();
        if (key.options.heard() && before.isEmpty()) {
            call.media().keys().hear(key.digit, millis);
        }
        for (DtmfMethod way : trying.now) {
            if (way == DtmfMethod.RTP || way == DtmfMethod.IN_BAND) {
                call.media().keys().press(key.digit, way, millis, sent -> context.loop().execute(() -> {
                    if (attempt.filter(trying::equals).isPresent()) {
                        outcome(trying, sent ? Optional.empty() : Optional.of(SILENT), way);
                    }
                }));
            } else {
                DtmfBody body = new DtmfBody(key.digit, millis);
                InfoId sent = info.apply(way == DtmfMethod.INFO ? InfoRequest.plain(body) : InfoRequest.relay(body));
                trying.infos.add(sent);
                context.loop().schedule(patience(), () -> settled(sent, Optional.of(UNANSWERED)));
            }
        }
    }

    /** How long a key waits for the answer to its INFO, which the transaction would wait for much longer. */
    private long patience() {
        return (long) (PATIENCE * context.settings().signallingStyle().timerScale());
    }

    private void fellBack(DtmfMethod from, DtmfMethod to, Failure why) {
        call.session().journal().add(header -> new CallEvent.DtmfFellBack(header, from, to, why));
    }

    /** An INFO was accepted or refused; tells whether it was a key's. */
    boolean settled(InfoId id, Optional<Failure> refusal) {
        if (attempt.isEmpty() || !attempt.get().infos.remove(id)) {
            return false;
        }
        outcome(attempt.get(), refusal, DtmfMethod.INFO_RELAY);
        return true;
    }

    private void outcome(Attempt trying, Optional<Failure> refusal, DtmfMethod way) {
        trying.open--;
        trying.accepted |= refusal.isEmpty();
        refusal.ifPresent(why -> trying.refusal = why);
        if (refusal.isPresent() && trying.now.size() > 1) { // the other way of this step is what is left
            trying.now.stream().filter(other -> other != way).findFirst().ifPresent(other -> fellBack(way, other, refusal.get()));
        }
        if (trying.open > 0) {
            return;
        }
        if (!trying.accepted) {
            step(trying);
            return;
        }
        attempt = Optional.empty();
        long busy = trying.key.options.tone().plus(trying.key.options.gap()).toNanos();
        done(trying.key, Math.max(0, trying.begun + busy - context.now()));
    }

    private void fail(Attempt trying) {
        attempt = Optional.empty();
        trying.key.promise.fail(trying.refusal);
        keys.removeIf(other -> other.promise == trying.key.promise);
        next();
    }

    /** The first key is done with; the next one follows after a rest. */
    private void done(Key key, long rest) {
        keys.poll();
        if (key.last) {
            key.promise.complete(null);
        }
        resting = true;
        context.loop().schedule(rest, () -> {
            resting = false;
            next();
        });
    }

    /** The call is over. */
    void end(Failure ended) {
        attempt = Optional.empty();
        keys.forEach(key -> key.promise.fail(ended));
        keys.clear();
    }
}
