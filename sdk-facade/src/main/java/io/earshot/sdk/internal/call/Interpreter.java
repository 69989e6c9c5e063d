package io.earshot.sdk.internal.call;

import io.earshot.api.presence.Availability;
import io.earshot.api.presence.Device;
import io.earshot.api.presence.LineState;
import io.earshot.api.presence.LineState.LineCall;
import io.earshot.api.presence.Mailbox;
import io.earshot.api.presence.Presence.Watcher;
import io.earshot.api.presence.PresenceStatus;
import io.earshot.sip.events.DialogInfo;
import io.earshot.sip.events.DialogTable;
import io.earshot.sip.events.MessageSummary;
import io.earshot.sip.events.Presence;
import io.earshot.sip.events.Reading;
import io.earshot.sip.events.RegInfo;
import io.earshot.sip.events.WatcherInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes values of the documents of one subscription, one after the other. Confined to the signalling loop.
 *
 * @param <T> the value
 */
interface Interpreter<T> {
    /**
     * Takes a document.
     *
     * @param fork which of the phones of an address sent it
     * @param last whether that phone tells no more
     * @return the value now; malformed when the document cannot be read
     */
    Reading<T> take(String document, String fork, boolean last);

    /** Tells whether something was missed, and the whole state should be asked for. */
    default boolean missed() {
        return false;
    }

    /** Presence. */
    final class OfPresence implements Interpreter<PresenceStatus> {
        @Override
        public Reading<PresenceStatus> take(String document, String fork, boolean last) {
            return map(Presence.parse(document), OfPresence::status);
        }

        private static PresenceStatus status(Presence presence) {
            List<String> doing = presence.activities();
            Availability availability = presence.isOpen().map(open -> open ? Availability.ONLINE : Availability.OFFLINE)
                    .orElse(Availability.UNKNOWN);
            if (availability != Availability.OFFLINE) {
                availability = doing.stream().map(OfPresence::of).filter(known -> known != Availability.UNKNOWN).findFirst()
                        .orElse(availability);
            }
            String note = presence.remark().orElse("");
            return new PresenceStatus(availability, note.length() > 1000 ? note.substring(0, 1000) : note,
                    doing.stream().filter(word -> word.matches("[A-Za-z][A-Za-z0-9-]{0,39}")).toList(), email(presence));
        }

        private static String email(Presence presence) {
            return presence.tuples().stream().flatMap(tuple -> tuple.contact().stream())
                    .filter(contact -> contact.matches("(?i)mailto:[^\\s@<>\"?]{1,64}@[^\\s@<>\"?]{1,255}"))
                    .map(contact -> contact.substring("mailto:".length())).findFirst().orElse("");
        }

        private static Availability of(String activity) {
            return switch (activity) {
                case "away", "vacation", "permanent-absence", "sleeping", "meal", "breakfast", "dinner", "holiday", "travel" ->
                        Availability.AWAY;
                case "on-the-phone" -> Availability.ON_THE_PHONE;
                case "dnd", "do-not-disturb" -> Availability.DO_NOT_DISTURB;
                case "busy", "appointment", "meeting", "presentation", "in-transit", "performance", "working" -> Availability.BUSY;
                default -> Availability.UNKNOWN;
            };
        }
    }

    /** Calls of a line, of all the phones that have its address. */
    final class OfLine implements Interpreter<LineState> {
        private final Map<String, DialogTable> tables = new LinkedHashMap<>();
        private boolean missed;

        @Override
        public Reading<LineState> take(String document, String fork, boolean last) {
            Reading<DialogInfo> reading = DialogInfo.parse(document);
            missed = reading.value().isPresent() && tables.computeIfAbsent(fork, key -> new DialogTable()).take(reading.value().get())
                    == DialogTable.Outcome.GAP;
            Reading<LineState> now = map(reading, info -> state());
            if (last) {
                tables.remove(fork);
            }
            return now;
        }

        @Override
        public boolean missed() {
            return missed;
        }

        private LineState state() {
            List<LineCall> calls = new ArrayList<>();
            tables.forEach((fork, table) -> table.dialogs().forEach(dialog -> calls.add(new LineCall(dialog.id(),
                    LineState.Direction.valueOf(dialog.direction().name()), LineState.Stage.valueOf(dialog.state().name()),
                    dialog.remote().identity().or(() -> dialog.remote().target()), dialog.remote().display(), dialog.callId(),
                    dialog.localTag(), dialog.remoteTag()))));
            return new LineState(calls);
        }
    }

    /** Voice mail. */
    final class OfMailbox implements Interpreter<Mailbox> {
        @Override
        public Reading<Mailbox> take(String document, String fork, boolean last) {
            return read(document);
        }

        static Reading<Mailbox> read(String document) {
            return map(MessageSummary.parse(document), summary -> new Mailbox(summary.waiting(), summary.voice().fresh(),
                    summary.voice().old(), summary.voice().urgentFresh(), summary.account()));
        }
    }

    /** Registrations. */
    final class OfDevices implements Interpreter<List<Device>> {
        private final Map<String, Device> devices = new LinkedHashMap<>();

        @Override
        public Reading<List<Device>> take(String document, String fork, boolean last) {
            return map(RegInfo.parse(document), info -> {
                if (info.full()) {
                    devices.clear();
                }
                info.registrations().stream().flatMap(one -> one.contacts().stream()).forEach(contact -> {
                    if (contact.state().equals("active")) {
                        devices.put(contact.uri(), new Device(contact.uri(), contact.display().orElse(""),
                                contact.expires() < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(contact.expires()))));
                    } else {
                        devices.remove(contact.uri());
                    }
                });
                return List.copyOf(devices.values());
            });
        }
    }

    /** Who watches our presence at the server. */
    final class OfWatchers implements Interpreter<List<Watcher>> {
        private final Map<String, Watcher> watchers = new LinkedHashMap<>();

        @Override
        public Reading<List<Watcher>> take(String document, String fork, boolean last) {
            return map(WatcherInfo.parse(document), info -> {
                if (info.full()) {
                    watchers.clear();
                }
                info.lists().forEach(list -> list.watchers().forEach(one -> {
                    if (one.status().equals("terminated")) {
                        watchers.remove(one.id());
                    } else {
                        watchers.put(one.id(), new Watcher(one.address(), one.display().orElse(""), list.event(),
                                one.status().equals("active")));
                    }
                }));
                return List.copyOf(watchers.values());
            });
        }
    }

    private static <D, T> Reading<T> map(Reading<D> reading, java.util.function.Function<D, T> to) {
        return reading.value().<Reading<T>>map(document -> new Reading.Read<>(to.apply(document)))
                .orElseGet(() -> new Reading.Malformed<>(((Reading.Malformed<D>) reading).reason()));
    }
}
