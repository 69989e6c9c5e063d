package io.earshot.sdk.classic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A contact as a line of text: its state, name, SIP address, phone numbers and so on, with commas between them.
 *
 * @param fields all fourteen, those that are not known empty
 */
record ClassicContact(List<String> fields) {
    static final int STATE = 0;
    static final int NAME = 1;
    static final int SIP = 2;
    static final int PHONE = 3;
    static final int SPEED_DIAL = 11;
    private static final int COUNT = 14;
    private static final Set<String> STATES = Set.of("callme", "available", "open", "pending", "other", "callforward", "callsetup",
            "speaking", "busy", "idle", "donotdisturb", "dnd", "unknown",
            "away", "offline", "closed", "close", "unreachable", "unregistered",
            "invisible", "exists", "notexists", "not set", "online", "");

    ClassicContact {
        fields = List.copyOf(fields);
    }

    /** Reads a line, whose first field may be the state or the name (coverage C-48). */
    static ClassicContact parse(String line) {
        List<String> fields = new ArrayList<>(Arrays.stream(line.strip().split(",", -1)).map(String::strip).toList());
        if (!STATES.contains(fields.get(0).toLowerCase(Locale.ROOT))) {
            fields.add(STATE, "");
        }
        while (fields.size() < COUNT) {
            fields.add("");
        }
        ClassicContact contact = new ClassicContact(fields.subList(0, COUNT));
        if (contact.name().isEmpty() && contact.field(SIP).isEmpty()) {
            throw new IllegalArgumentException("a contact needs a name: imstatus,name,sip,phone,… or name,sip,phone,…, not '" + line + "'");
        }
        return contact.name().isEmpty() ? contact.with(NAME, contact.field(SIP)) : contact;
    }

    String name() {
        return field(NAME);
    }

    String field(int index) {
        return fields.get(index);
    }

    ClassicContact with(int index, String value) {
        List<String> changed = new ArrayList<>(fields);
        changed.set(index, value.replace(',', ' ').replace('\r', ' ').replace('\n', ' ').strip());
        return new ClassicContact(changed);
    }

    String line() {
        return String.join(",", fields);
    }
}
