package io.earshot.sdk.classic;

import io.earshot.api.Phone;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Contacts and the black list. Safe for use by any thread. */
final class ClassicPeople {
    private static final String CONTACTS = "contacts";
    private static final String BLACKLIST = "blacklist";

    private final ClassicPhone phone;
    private final ClassicSaved saved;
    private final Map<String, ClassicContact> contacts = new ConcurrentSkipListMap<>();

    ClassicPeople(ClassicPhone phone, ClassicSaved saved) {
        this.phone = phone;
        this.saved = saved;
    }

    /** Takes what was saved; what the program has said already goes before it. */
    void restore(Phone engine) {
        if (contacts.isEmpty()) {
            lines(saved.get(CONTACTS).orElse("")).map(ClassicContact::parse).forEach(this::keep);
        }
        saved.get(BLACKLIST).ifPresent(users -> block(engine, users));
    }

    /** Forgets everybody, and what else was saved. */
    boolean clear() {
        contacts.clear();
        phone.running().ifPresent(on -> block(on.phone(), ""));
        return saved.clear();
    }

    // ---- contacts

    private void keep(ClassicContact contact) {
        contacts.put(key(contact.name()), contact);
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private static Stream<String> lines(String text) {
        return Arrays.stream(text.replace(" CRLF ", "\n").replace("CRLF", "\n").split("[\r\n]+")).filter(line -> !line.isBlank());
    }

    boolean setAll(String text) {
        List<ClassicContact> all = lines(text).map(ClassicContact::parse).toList();
        contacts.clear();
        all.forEach(this::keep);
        return save();
    }

    String all() {
        return contacts.values().stream().map(ClassicContact::line).collect(Collectors.joining("\r\n"));
    }

    boolean add(String line) {
        keep(ClassicContact.parse(line));
        return save();
    }

    /** Replaces a contact that there is; the new one may have another name. */
    boolean set(String name, String line) {
        ClassicContact changed = ClassicContact.parse(line);
        contact(name);
        contacts.remove(key(name));
        keep(changed);
        return save();
    }

    boolean remove(String name) {
        contact(name);
        contacts.remove(key(name));
        return save();
    }

    String line(String name) {
        return find(name).map(ClassicContact::line).orElse("");
    }

    String field(String name, int index) {
        return find(name).map(contact -> contact.field(index)).orElse("");
    }

    boolean setField(String name, int index, String value) {
        ClassicContact changed = contact(name).with(index, value);
        if (changed.name().isEmpty()) {
            throw new IllegalArgumentException("a contact needs a name; that of " + name + " cannot be empty");
        }
        contacts.remove(key(name));
        keep(changed);
        return save();
    }

    private ClassicContact contact(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("There is no contact '" + name + "'."));
    }

    private Optional<ClassicContact> find(String name) {
        return Optional.ofNullable(contacts.get(key(name)));
    }

    private boolean save() {
        return saved.put(CONTACTS, all());
    }

    /** Returns the number behind a speed dial, or what was given. */
    String number(String dialled) {
        return contacts.values().stream()
                .filter(contact -> !dialled.isBlank() && contact.field(ClassicContact.SPEED_DIAL).equals(dialled.strip()))
                .map(contact -> contact.field(ClassicContact.SIP).isEmpty() ? contact.field(ClassicContact.PHONE)
                        : contact.field(ClassicContact.SIP))
                .filter(number -> !number.isEmpty()).findFirst().orElse(dialled);
    }

    /** Tells whether a user or number is that of a contact. */
    boolean knows(String user) {
        return contacts.values().stream().anyMatch(contact -> user.equals(contact.field(ClassicContact.SIP))
                || user.equals(contact.field(ClassicContact.PHONE)));
    }

    // ---- black list

    /** Returns the users whose calls are refused, separated by commas. */
    String blacklist() {
        return phone.running().map(on -> String.join(",", on.phone().callRules().screening().blacklist()))
                .or(() -> saved.get(BLACKLIST)).orElseGet(() -> String.join(",", ClassicRules.list(phone.parameters().text("blacklist"))));
    }

    /** Refuses the calls of these users, separated by commas, and of no others. */
    boolean setBlacklist(String users) {
        boolean kept = saved.put(BLACKLIST, String.join(",", ClassicRules.list(users)));
        phone.running().ifPresent(on -> block(on.phone(), users));
        return kept;
    }

    private static void block(Phone engine, String users) {
        engine.callRules(engine.callRules().with(engine.callRules().screening().withBlacklist(ClassicRules.list(users))));
    }

    boolean addToBlacklist(String users) {
        String now = blacklist();
        return setBlacklist(now.isEmpty() ? users : now + "," + users);
    }
}
