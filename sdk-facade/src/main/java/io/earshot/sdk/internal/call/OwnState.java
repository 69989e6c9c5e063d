package io.earshot.sdk.internal.call;

import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.presence.Availability;
import io.earshot.api.presence.PresenceStatus;
import io.earshot.sip.dialog.DialogReference;
import io.earshot.sip.events.DialogInfo;
import io.earshot.sip.events.DialogInfo.Dialog;
import io.earshot.sip.events.DialogInfo.Party;
import io.earshot.sip.events.Note;
import io.earshot.sip.events.Person;
import io.earshot.sip.events.Presence;
import io.earshot.sip.events.Tuple;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.ua.EventBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The documents that tell of one account: its presence and its calls. Confined to the signalling loop. */
final class OwnState {
    private final String address;
    private final Map<Long, Dialog> calls = new LinkedHashMap<>();
    private PresenceStatus shown = PresenceStatus.ONLINE;
    private boolean reflectCalls = true;
    private long version;

    OwnState(String address) {
        boolean whole = address.regionMatches(true, 0, "sip:", 0, 4) || address.regionMatches(true, 0, "sips:", 0, 5);
        this.address = whole ? address : "sip:" + address;
    }

    /** Returns whose state it is. */
    String address() {
        return address;
    }

    void show(PresenceStatus status) {
        shown = status;
    }

    void reflectCalls(boolean reflect) {
        reflectCalls = reflect;
    }

    /**
     * Takes what happened to a call.
     *
     * @param dialog what names it to others, if it has tags by now
     */
    void onCall(Call call, CallEvent event, Optional<DialogReference> dialog) {
        version++;
        calls.values().removeIf(known -> known.state() == DialogInfo.State.TERMINATED);
        boolean ours = call.direction() == Call.Direction.OUTGOING;
        DialogInfo.State state = event instanceof CallEvent.Answered ? DialogInfo.State.CONFIRMED
                : event instanceof CallEvent.Ended ? DialogInfo.State.TERMINATED
                : ours && event instanceof CallEvent.Started ? DialogInfo.State.TRYING : DialogInfo.State.EARLY;
        Call.Peer peer = call.remote();
        Optional<Dialog> before = Optional.ofNullable(calls.get(call.id()));
        calls.put(call.id(), new Dialog(Long.toString(call.id()), Optional.of(call.callId()).filter(id -> !id.isEmpty()),
                dialog.map(DialogReference::fromTag).or(() -> before.flatMap(Dialog::localTag)),
                dialog.map(DialogReference::toTag).or(() -> before.flatMap(Dialog::remoteTag)),
                ours ? DialogInfo.Direction.INITIATOR : DialogInfo.Direction.RECIPIENT, state, Optional.empty(),
                new Party(Optional.of(address), Optional.empty(), Optional.empty()),
                new Party(Optional.of(peer.address()), Optional.of(peer.displayName()).filter(name -> !name.isEmpty()), Optional.empty())));
    }

    /** Returns the document of an event package. */
    EventBody document(String event) {
        return document(event, shown);
    }

    /** Returns the document of an event package for somebody who is to see this of us. */
    EventBody document(String event, PresenceStatus seen) {
        return event.equals("dialog")
                ? new EventBody(DialogInfo.TYPE, new DialogInfo(version, true, address, List.copyOf(calls.values())).write())
                : new EventBody(Presence.TYPE, presence(seen).write());
    }

    PresenceStatus shown() {
        return shown;
    }

    private Presence presence(PresenceStatus seen) {
        boolean inCall = calls.values().stream().anyMatch(call -> call.state() != DialogInfo.State.TERMINATED);
        Availability now = reflectCalls && inCall && seen.availability() == Availability.ONLINE ? Availability.ON_THE_PHONE
                : seen.availability();
        boolean hidden = now == Availability.INVISIBLE;
        boolean open = !hidden && now != Availability.OFFLINE;
        List<String> doing = new ArrayList<>();
        switch (now) {
            case AWAY -> doing.add("away");
            case BUSY -> doing.add("busy");
            case ON_THE_PHONE -> doing.add("on-the-phone");
            case DO_NOT_DISTURB -> doing.addAll(List.of("dnd", "busy"));
            default -> { }
        }
        if (open) {
            seen.activities().stream().filter(word -> !doing.contains(word)).forEach(doing::add);
        }
        List<Note> notes = hidden || seen.note().isEmpty() ? List.of() : List.of(Note.of(seen.note()));
        Uri contact = Uri.parse(address);
        Tuple tuple = new Tuple("earshot", Optional.of(open), Optional.of(contact instanceof SipUri sip
                ? sip.withoutParameters().toString() : address), Optional.empty(), notes, Optional.empty());
        List<Tuple> tuples = hidden || seen.email().isEmpty() ? List.of(tuple) : List.of(tuple, new Tuple("mail", Optional.of(open),
                Optional.of("mailto:" + seen.email()), Optional.empty(), List.of(), Optional.empty()));
        return new Presence(address, tuples, doing.isEmpty() ? List.of() : List.of(Person.doing(doing.toArray(String[]::new))),
                List.of());
    }
}
