package io.earshot.sdk.internal.chat;

import io.earshot.api.time.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Messages on their way, in order for each peer: one at a time is sent; one that its peer cannot get now is tried again later, and those
 * behind it wait. No clock and no I/O; confined to one thread, times in ns of one ticker.
 */
public final class Outbox {
    /** The wait after the first failure; it doubles with each further one. */
    public static final long FIRST_WAIT = 30 * Ticker.SECOND;
    /** The longest wait between two tries. */
    public static final long LONGEST_WAIT = 900 * Ticker.SECOND;
    private static final int MOST_DOUBLINGS = 10;

    /** A message and where it stands. */
    private static final class Slot {
        private final OutboxEntry entry;
        /** Whether it has been said, and written down, that it waits. */
        private boolean waits;

        Slot(OutboxEntry entry, boolean waits) {
            this.entry = entry;
            this.waits = waits;
        }
    }

    /** The messages between two. */
    private static final class Lane {
        private final Deque<Slot> slots = new ArrayDeque<>();
        private int failures;
        private long dueAt;
        private boolean busy;
    }

    private final int most;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Set<String> ids = new HashSet<>();

    /** Makes an empty one that takes so many messages. */
    public Outbox(int most) {
        this.most = most;
    }

    /**
     * Takes a message.
     *
     * @param waits whether it is known to wait already, as one from the disk
     * @return false if it is there already, or there are too many
     */
    public boolean add(OutboxEntry entry, boolean waits, long now) {
        if (ids.size() >= most || !ids.add(entry.id())) {
            return false;
        }
        Lane lane = lanes.computeIfAbsent(entry.lane(), key -> new Lane());
        lane.slots.add(new Slot(entry, waits));
        // Somebody writes to this peer: perhaps it is back.
        lane.dueAt = now;
        return true;
    }

    /** Returns a message to send now, which counts as being sent until its outcome is told. */
    public Optional<OutboxEntry> next(Predicate<String> usableAccount, long now) {
        for (Lane lane : lanes.values()) {
            if (!lane.busy && lane.dueAt <= now && usableAccount.test(lane.slots.getFirst().entry.account())) {
                lane.busy = true;
                return Optional.of(lane.slots.getFirst().entry);
            }
        }
        return Optional.empty();
    }

    /** The message is done with, well or not. Tells whether it had been said to wait. */
    public boolean remove(OutboxEntry entry, long now) {
        Lane lane = lanes.get(entry.lane());
        if (lane == null || !ids.contains(entry.id())) {
            return false;
        }
        boolean first = lane.slots.getFirst().entry.id().equals(entry.id());
        boolean waited = lane.slots.stream().anyMatch(slot -> slot.entry.id().equals(entry.id()) && slot.waits);
        lane.slots.removeIf(slot -> slot.entry.id().equals(entry.id()));
        ids.remove(entry.id());
        if (first) {
            lane.busy = false;
            lane.failures = 0;
            lane.dueAt = now;
        }
        if (lane.slots.isEmpty()) {
            lanes.remove(entry.lane());
        }
        return waited;
    }

    /** The peer could not get it now. Returns the messages that wait from now on and did not before, this one among them. */
    public List<OutboxEntry> postpone(OutboxEntry entry, long now) {
        List<OutboxEntry> news = new ArrayList<>();
        Lane lane = lanes.get(entry.lane());
        if (lane == null || !ids.contains(entry.id())) {
            return news;
        }
        lane.busy = false;
        lane.dueAt = now + Math.min(LONGEST_WAIT, FIRST_WAIT << Math.min(MOST_DOUBLINGS, lane.failures));
        lane.failures++;
        for (Slot slot : lane.slots) {
            if (!slot.waits) {
                slot.waits = true;
                news.add(slot.entry);
            }
        }
        return news;
    }

    /** Somebody may be reachable again: what waits for it is sent soon. An empty peer stands for all. */
    public void wake(String account, Optional<String> peer, long now) {
        lanes.forEach((name, lane) -> {
            OutboxEntry first = lane.slots.getFirst().entry;
            if (first.account().equals(account) && peer.map(first.peer()::equals).orElse(true)) {
                lane.dueAt = Math.min(lane.dueAt, now);
            }
        });
    }

    /** Returns what is past its time, by the wall clock in ms, and is not being sent just now; {@link #remove} has to follow. */
    public List<OutboxEntry> expired(long wallClock) {
        List<OutboxEntry> old = new ArrayList<>();
        for (Lane lane : lanes.values()) {
            boolean sending = lane.busy;
            for (Slot slot : lane.slots) {
                if (!sending && slot.entry.expires() <= wallClock) {
                    old.add(slot.entry);
                }
                sending = false;
            }
        }
        return old;
    }

    /** Returns when the first message expires, in ms of the wall clock. */
    public long firstExpiry() {
        return lanes.values().stream().flatMap(lane -> lane.slots.stream()).mapToLong(slot -> slot.entry.expires()).min()
                .orElse(Long.MAX_VALUE);
    }

    /** Returns when {@link #next} has something again. */
    public long deadline(Predicate<String> usableAccount) {
        return lanes.values().stream().filter(lane -> !lane.busy && usableAccount.test(lane.slots.getFirst().entry.account()))
                .mapToLong(lane -> lane.dueAt).min().orElse(Ticker.NEVER);
    }

    /** Returns the messages that wait, in the order they were taken, of one account. */
    public List<OutboxEntry> waiting(String account) {
        return lanes.values().stream().flatMap(lane -> lane.slots.stream()).filter(slot -> slot.waits)
                .map(slot -> slot.entry).filter(entry -> entry.account().equals(account))
                .sorted(java.util.Comparator.comparingLong(OutboxEntry::created)).toList();
    }

    /** Returns every message that waits. */
    public List<OutboxEntry> waiting() {
        return lanes.values().stream().flatMap(lane -> lane.slots.stream()).filter(slot -> slot.waits).map(slot -> slot.entry).toList();
    }

    /** Returns a message that waits and is not being sent just now. */
    public Optional<OutboxEntry> idle(String id) {
        for (Lane lane : lanes.values()) {
            boolean sending = lane.busy;
            for (Slot slot : lane.slots) {
                if (!sending && slot.entry.id().equals(id)) {
                    return Optional.of(slot.entry);
                }
                sending = false;
            }
        }
        return Optional.empty();
    }

    /** Tells whether it is full. */
    public boolean isFull() {
        return ids.size() >= most;
    }
}
