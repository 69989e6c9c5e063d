package io.earshot.sdk.classic;

import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallRecord;
import io.earshot.api.IncomingCall;
import io.earshot.api.time.Ticker;
import io.earshot.sdk.classic.Notification.Flags;
import io.earshot.sdk.classic.Notification.Marks;
import io.earshot.sdk.internal.loop.Published;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The lines: which call has which number, and which one is the current. Safe for use by any thread. */
final class ClassicLines {
    private static final int HELD_HERE = 2;
    private static final int HELD_THERE = 3;
    private static final int HELD_BOTH = 4;
    /** How long a line set to -1 or -2 is remembered (B-028). */
    private static final long REMEMBERED = TimeUnit.SECONDS.toNanos(10);

    private final ClassicPhone phone;
    private final Ticker ticker;
    private final Map<Integer, ClassicLine> lines = new ConcurrentHashMap<>();
    /** Who holds which line, as the hold field of a STATUS line says it; a line that nobody holds is not in it. */
    private final Map<Integer, Integer> held = new ConcurrentHashMap<>();
    private final AtomicInteger current = new AtomicInteger(1);
    private final Published<Special> special = new Published<>(new Special(1, 0));
    private final Published<Optional<Finished>> last = new Published<>(Optional.empty());

    /** A line that is none, set by the user, and when it is forgotten. */
    private record Special(int line, long until) { }

    /** The call that ended last. */
    record Finished(int line, CallRecord record, String reason) { }

    ClassicLines(ClassicPhone phone, Ticker ticker) {
        this.phone = phone;
        this.ticker = ticker;
    }

    // ---- which

    List<Integer> numbers() {
        return lines.keySet().stream().sorted().toList();
    }

    List<ClassicLine> all() {
        return lines.values().stream().sorted(Comparator.comparingInt(ClassicLine::number)).toList();
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Returns the line of a number, -1 for the current or best; empty when it has no call. */
    Optional<ClassicLine> find(int line) {
        return Optional.ofNullable(lines.get(line < 0 ? best() : line));
    }

    /** Selects the current line (-1 and -2 for a moment); tells whether there can be such a line. */
    boolean select(int line) {
        if (line == ClassicPhone.ALL || line == ClassicPhone.CURRENT) {
            special.set(new Special(line, ticker.now() + REMEMBERED));
            return true;
        }
        long most = Math.max(phone.parameters().number("maxlines"), lines.keySet().stream().mapToInt(n -> n).max().orElse(0));
        if (line < 1 || line > most) {
            phone.send(Notification.event("ERROR", "There is no line " + line + ": lines go from 1 to " + most + " (parameter maxlines)."));
            return false;
        }
        special.set(new Special(line, 0));
        use(line);
        find(line).ifPresent(phone.parts().holding()::onSelected);
        return true;
    }

    private void use(int line) {
        if (current.getAndSet(line) != line) {
            phone.send(Notification.line(line));
        }
    }

    /** Returns the current line, as the user set it or as it changed by itself. */
    int selected() {
        Special set = special.get();
        return set.line < 0 && ticker.now() < set.until ? set.line : best();
    }

    /** The current line, or the only one that has a call (B-027). */
    private int best() {
        int now = current.get();
        return lines.containsKey(now) || lines.size() != 1 ? now : lines.keySet().iterator().next();
    }

    /** For -1, a line that rings here. */
    int ringing(int line) {
        return line != ClassicPhone.CURRENT ? line : lines.values().stream()
                .filter(one -> one.incoming().isPresent() && one.call().state() == Call.State.RINGING)
                .mapToInt(ClassicLine::number).findFirst().orElse(ClassicPhone.CURRENT);
    }

    /** Does something with the calls of a line: -1 the current one, -2 all. */
    boolean each(int wanted, Consumer<ClassicLine> action) {
        int line = wanted == ClassicPhone.CURRENT && selected() == ClassicPhone.ALL ? ClassicPhone.ALL : wanted;
        List<ClassicLine> chosen = line == ClassicPhone.ALL ? all() : find(line).stream().toList();
        boolean done = !chosen.isEmpty();
        if (!done) {
            phone.send(Notification.event("ERROR", "There is no such call" + (line > 0 ? " on line " + line : "") + "."));
        }
        for (ClassicLine one : chosen) {
            done &= phone.guard(() -> action.accept(one));
        }
        return done;
    }

    // ---- calls come and go

    ClassicLine adopt(int wanted, Call call, Optional<IncomingCall> incoming) {
        int number = free(wanted);
        ClassicLine line = new ClassicLine(phone, number, call, incoming);
        while (lines.putIfAbsent(number, line) != null) {
            number = free(ClassicPhone.CURRENT);
            line = new ClassicLine(phone, number, call, incoming);
        }
        use(number);
        phone.parts().holding().onNew(line);
        ClassicLine taken = line;
        call.onEvent(event -> {
            remember(taken.number(), event);
            taken.on(event);
        });
        return taken;
    }

    private int free(int wanted) {
        boolean usable = wanted >= 1 && !lines.containsKey(wanted);
        OptionalInt first = IntStream.iterate(1, n -> n + 1).filter(n -> !lines.containsKey(n)).findFirst();
        return usable ? wanted : first.orElseThrow();
    }

    private void remember(int line, CallEvent event) {
        if (event instanceof CallEvent.Held now) {
            held.merge(line, now.by() == CallEvent.Side.LOCAL ? HELD_HERE : HELD_THERE, (old, more) -> old.equals(more) ? old : HELD_BOTH);
        } else if (event instanceof CallEvent.Resumed now) {
            int other = now.by() == CallEvent.Side.LOCAL ? HELD_THERE : HELD_HERE;
            held.computeIfPresent(line, (number, old) -> old == HELD_BOTH || old == other ? other : null);
        }
    }

    void onFinished(ClassicLine line, CallRecord record, String reason) {
        last.set(Optional.of(new Finished(line.number(), record, reason)));
        lines.remove(line.number(), line);
        held.remove(line.number());
        phone.network().idle(lines.isEmpty());
        phone.parts().conference().left(line);
        phone.parts().player().onFinished(line);
        phone.parts().voices().onFinished(line);
        phone.parts().microphone().onFinished(line);
        lines.keySet().stream().max(Comparator.naturalOrder()).ifPresent(current::set);
    }

    /** The phone is stopped. */
    void clear() {
        lines.clear();
        held.clear();
        current.set(1);
    }

    Optional<Finished> last() {
        return last.get();
    }

    // ---- how

    /** Returns 0 for a call that nobody holds, 2 for one that we hold, 3 for one that the peer holds, 4 for both. */
    int hold(ClassicLine line) {
        return held.getOrDefault(line.number(), 0);
    }

    Marks marks(ClassicLine line) {
        return new Marks(line.mute().mark(), hold(line), encrypted(line.call()), phone.parts().conference().group(line));
    }

    /** Returns how the least encrypted call is; without one, how the signalling is. */
    int encrypted() {
        return lines.values().stream().map(ClassicLine::call).filter(call -> call.state() == Call.State.ESTABLISHED)
                .mapToInt(this::encrypted).min().orElseGet(this::signalling);
    }

    private int encrypted(Call call) {
        return call.encryption().map(ClassicSecurity::strength).orElseGet(this::signalling);
    }

    /** Returns 0 for no, 1 when the signalling alone is secret, on its first way at least. */
    private int signalling() {
        return ClassicSecurity.isTls(phone.parameters()) ? 1 : 0;
    }

    /** Returns 0 when there is no call, 1 when one is set up or rings, 2 when one is connected. */
    int inCall() {
        return lines.values().stream().map(line -> line.call().state())
                .mapToInt(state -> state == Call.State.ESTABLISHED ? 2 : state == Call.State.ENDED ? 0 : 1).max().orElse(0);
    }

    Flags flags() {
        return new Flags(phone.network().isOnline(), phone.parts().accounts().state(), inCall());
    }
}
