package io.earshot.sdk.classic;

import io.earshot.api.Call;
import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import io.earshot.api.audio.Conference;
import io.earshot.sdk.internal.loop.SerialExecutor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The conference: lines whose peers hear each other. GROUP notifications tell who is in it (B-120 to B-123). Safe for use by any thread:
 * each change is one step, and they are told in their order.
 */
final class ClassicConference {
    private static final String BETWEEN = " | ";
    private static final String ROOM = "API_Conf";
    private static final int FEWEST = 2;
    private final ClassicPhone phone;
    private final ClassicLines lines;
    /** The conference, under {@link #ROOM}, while there is one. */
    private final Map<String, Room> rooms = new ConcurrentHashMap<>();
    /** What is to be told of changes, in their order. */
    private final Queue<Notification> untold = new ConcurrentLinkedQueue<>();
    /** Tells on the thread that comes first, after its change, so that what a notification sets off may change the conference too. */
    private final SerialExecutor teller = new SerialExecutor(Runnable::run);

    /**
     * Who is in it now.
     *
     * @param members by line number, in order; never changed
     */
    private record Room(Conference mixed, Map<Integer, ClassicLine> members) {
        String names() {
            return String.join(BETWEEN, members.values().stream().map(ClassicLine::peer).toList());
        }

        boolean has(ClassicLine line) {
            return members.get(line.number()) == line;
        }
    }

    ClassicConference(ClassicPhone phone, ClassicLines lines) {
        this.phone = phone;
        this.lines = lines;
    }

    /**
     * Mixes lines, and somebody who is called first.
     *
     * @param peer whom to call and add; empty for nobody
     */
    void add(List<ClassicLine> chosen, String peer) {
        if (!peer.isBlank()) {
            ClassicLine added = phone.calls().consult(peer);
            added.call().answered().thenAccept(call -> join(with(chosen, added)));
            return;
        }
        List<ClassicLine> connected = connected(chosen);
        if (connected.size() < FEWEST) {
            throw new VoipException(new Failure.BadArgument("A conference needs at least two connected calls; there is "
                    + connected.size() + "."));
        }
        join(connected);
    }

    /** Returns these lines and those that are in it already; when nobody is, every line, for the current call's sake. */
    List<ClassicLine> with(List<ClassicLine> chosen) {
        Map<Integer, ClassicLine> all = new LinkedHashMap<>(members());
        chosen.forEach(line -> all.put(line.number(), line));
        if (all.size() < FEWEST) {
            lines.all().forEach(line -> all.put(line.number(), line));
        }
        return List.copyOf(all.values());
    }

    private List<ClassicLine> with(List<ClassicLine> chosen, ClassicLine added) {
        List<ClassicLine> all = new ArrayList<>(chosen);
        all.add(added);
        return connected(all);
    }

    private static List<ClassicLine> connected(List<ClassicLine> chosen) {
        return chosen.stream().filter(line -> line.call().state() == Call.State.ESTABLISHED).toList();
    }

    private void join(List<ClassicLine> chosen) {
        phone.with((engine, account) -> {
            rooms.compute(ROOM, (name, before) -> {
                Conference mixed = before == null ? engine.bridge().conference(name) : before.mixed;
                Map<Integer, ClassicLine> members = new TreeMap<>(before == null ? Map.of() : before.members);
                for (ClassicLine line : chosen) {
                    mixed.add(line.call().audio().port());
                    members.put(line.number(), line);
                }
                return kept(new Room(mixed, members));
            });
            tell();
        });
    }

    /** Takes a line out; its call goes on. */
    void remove(ClassicLine line) {
        take(line, true);
    }

    /** Ends the conference; the calls go on. */
    void end() {
        List.copyOf(members().values()).forEach(this::remove);
    }

    /** A call ended. */
    void left(ClassicLine line) {
        take(line, false);
    }

    /** The phone is stopped. */
    void clear() {
        rooms.clear();
    }

    private void take(ClassicLine line, boolean goesOn) {
        rooms.computeIfPresent(ROOM, (name, before) -> {
            if (!before.has(line)) {
                return before;
            }
            if (goesOn) {
                before.mixed.remove(line.call().audio().port());
            }
            Map<Integer, ClassicLine> members = new TreeMap<>(before.members);
            members.remove(line.number());
            return kept(new Room(before.mixed, members));
        });
        tell();
    }

    /** Notes what to tell of a change, within the change; nobody is in a conference alone. */
    private Room kept(Room now) {
        now.members.keySet().forEach(number -> untold.add(new Notification(1, List.of("GROUP", Integer.toString(number), now.names()))));
        if (now.members.size() < FEWEST) {
            now.mixed.close();
            return null;
        }
        return now;
    }

    private void tell() {
        teller.execute(() -> {
            for (Notification next = untold.poll(); next != null; next = untold.poll()) {
                phone.send(next);
            }
        });
    }

    private Map<Integer, ClassicLine> members() {
        Room now = rooms.get(ROOM);
        return now == null ? Map.of() : now.members;
    }

    boolean isMember(ClassicLine line) {
        return members().get(line.number()) == line;
    }

    /** Returns who is in the conference of a line; empty when it is in none. */
    String group(ClassicLine line) {
        Room now = rooms.get(ROOM);
        return now == null || !now.has(line) ? "" : now.names();
    }
}
