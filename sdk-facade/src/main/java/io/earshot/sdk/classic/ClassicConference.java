package io.earshot.sdk.classic;

import io.earshot.api.Call;
import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import io.earshot.api.audio.Conference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The conference: lines whose peers hear each other. GROUP notifications tell who is in it (B-120 to B-123). */
final class ClassicConference {
    private static final String BETWEEN = " | ";
    private static final String ROOM = "API_Conf";
    private final ClassicPhone phone;
    private final ClassicLines lines;
    /** The conference, under {@link #ROOM}, while there is one. */
    private final Map<String, Conference> room = new ConcurrentHashMap<>();
    private final Map<Integer, ClassicLine> members = new ConcurrentSkipListMap<>();

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
        if (connected.size() < 2) {
            throw new VoipException(new Failure.BadArgument("A conference needs at least two connected calls; there is "
                    + connected.size() + "."));
        }
        join(connected);
    }

    /** Returns these lines and those that are in it already; when nobody is, every line, for the current call's sake. */
    List<ClassicLine> with(List<ClassicLine> chosen) {
        Map<Integer, ClassicLine> all = new LinkedHashMap<>(members);
        chosen.forEach(line -> all.put(line.number(), line));
        if (all.size() < 2) {
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
            Conference mixed = room.computeIfAbsent(ROOM, engine.bridge()::conference);
            for (ClassicLine line : chosen) {
                mixed.add(line.call().audio().port());
                members.put(line.number(), line);
            }
            tell();
        });
    }

    /** Takes a line out; its call goes on. */
    void remove(ClassicLine line) {
        if (members.remove(line.number(), line)) {
            Optional.ofNullable(room.get(ROOM)).ifPresent(mixed -> mixed.remove(line.call().audio().port()));
            tell();
        }
    }

    /** Ends the conference; the calls go on. */
    void end() {
        List.copyOf(members.values()).forEach(this::remove);
    }

    /** A call ended. */
    void left(ClassicLine line) {
        if (members.remove(line.number(), line)) {
            tell();
        }
    }

    /** The phone is stopped. */
    void clear() {
        members.clear();
        room.clear();
    }

    boolean isMember(ClassicLine line) {
        return members.get(line.number()) == line;
    }

    private void tell() {
        members.forEach((number, line) -> phone.send(new Notification(1, List.of("GROUP", Integer.toString(number), group(line)))));
        if (members.size() < 2) {
            members.clear();
            Optional.ofNullable(room.remove(ROOM)).ifPresent(Conference::close);
        }
    }

    /** Returns who is in the conference of a line; empty when it is in none. */
    String group(ClassicLine line) {
        return members.get(line.number()) != line ? ""
                : String.join(BETWEEN, members.values().stream().map(ClassicLine::peer).toList());
    }
}
