package io.earshot.sdk.classic;

import io.earshot.sdk.internal.loop.Published;
import io.earshot.sdk.internal.store.ValueStore;
import io.earshot.sdk.internal.store.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What survives the program when {@code datafolder} is given: contacts, the black list, parameters that functions set or the server for
 * good, the port. Each change is on the disk before its function returns. Without the folder it is kept in memory. Safe for use by any
 * thread.
 */
final class ClassicSaved {
    private static final String FILE = "classic.settings";
    /** Parameters that the server set for good. */
    private static final String PARAMETER = "parameter ";
    /** Parameters that the program set by a function. */
    private static final String OWN = "own ";
    private static final String SEALED = "sealed ";
    /** What says where values are kept is not kept there. */
    private static final List<String> NEVER = List.of("datafolder", "autocfgsave", "resetsettings");
    private static final int NOTHING = 0;
    private static final int WRITE_ONLY = 1;
    private static final int READ_ONLY = 2;
    private static final int NO_FILES_AT_ALL = -2;

    private final ClassicPhone phone;
    private final ClassicFolder folder;
    private final Map<String, String> values = new ConcurrentSkipListMap<>();
    private final Published<Optional<ValueStore>> store = new Published<>(Optional.empty());

    ClassicSaved(ClassicPhone phone, ClassicFolder folder) {
        this.phone = phone;
        this.folder = folder;
    }

    private int mode() {
        return (int) phone.parameters().number("autocfgsave");
    }

    /** Tells whether files may be written that nobody asked for, as logs. */
    static boolean mayWriteFiles(ClassicParameters from) {
        return from.number("autocfgsave") >= NOTHING;
    }

    /**
     * Checks that files may be written that the program asks for.
     *
     * @throws IllegalArgumentException when they may not
     */
    static void checkFiles(ClassicParameters from) {
        if (from.number("autocfgsave") == NO_FILES_AT_ALL) {
            throw new IllegalArgumentException("Parameter autocfgsave=-2 forbids files: set it to -1 or more.");
        }
    }

    /** Opens the file, once; what was in it holds unless the program has set it already. */
    void load() {
        if (mode() <= NOTHING || store.get().isPresent() || phone.parameters().given("datafolder").isEmpty()) {
            return;
        }
        try {
            ValueStore opened = ValueStore.open(folder.path().resolve(FILE));
            store.set(Optional.of(opened));
            if (phone.parameters().isOn("resetsettings")) {
                opened.clear();
            }
            Map<String, String> before = mode() == WRITE_ONLY ? Map.of() : opened.values();
            if (mode() != READ_ONLY) {
                for (Map.Entry<String, String> said : values.entrySet()) {
                    opened.put(said.getKey(), said.getValue()); // before there was a file
                }
            }
            before.forEach(values::putIfAbsent);
            List<String> parameters = new ArrayList<>();
            before.forEach((name, value) -> remembered(name, value).ifPresent(parameters::add));
            if (!parameters.isEmpty()) {
                phone.set(parameters);
            }
        } catch (IOException refused) {
            phone.send(Notification.event("WARNING", "Settings are not kept: " + refused.getMessage()));
        }
    }

    /** Returns an argument that sets a parameter again; what the program says itself goes before what a function said once. */
    private Optional<String> remembered(String name, String value) {
        if (name.startsWith(PARAMETER)) {
            return Optional.of(name.substring(PARAMETER.length()) + "=" + value);
        }
        String own = name.startsWith(OWN) ? name.substring(OWN.length()) : "";
        boolean wanted = !own.isEmpty() && ClassicRegistry.find(own).isPresent() && phone.parameters().given(own).isEmpty();
        return wanted ? opened(own, value).map(plain -> own + "=" + plain) : Optional.empty();
    }

    private Optional<String> opened(String name, String value) {
        if (!value.startsWith(SEALED)) {
            return Optional.of(value);
        }
        try {
            byte[] plain = Vault.of(folder.path()).open(Base64.getDecoder().decode(value.substring(SEALED.length())));
            return Optional.of(new String(plain, StandardCharsets.UTF_8));
        } catch (IOException | IllegalArgumentException locked) {
            phone.send(Notification.event("WARNING", "The saved value of " + name + " cannot be read: " + locked.getMessage()));
            return Optional.empty();
        }
    }

    /** A function has set these parameters, {@code name=value} each: as they are now they are kept. */
    void own(List<String> arguments) {
        for (String argument : arguments) {
            String name = argument.split("=", 2)[0].strip();
            Optional<ClassicParameter> row = ClassicRegistry.find(name).filter(known -> !NEVER.contains(known.name()));
            String now = row.isPresent() ? phone.parameters().given(name).orElse("") : "";
            if (row.isPresent() && !now.equals(values.getOrDefault(OWN + row.get().key(name), ""))) {
                put(OWN + row.get().key(name), row.get().isSecret() && !now.isEmpty() ? sealed(now) : now);
            }
        }
    }

    /** An empty text where it cannot be sealed: a password is not written in clear. */
    private String sealed(String secret) {
        if (phone.parameters().given("datafolder").isEmpty() || mode() <= NOTHING || mode() == READ_ONLY) {
            return "";
        }
        try {
            byte[] bytes = Vault.of(Files.createDirectories(folder.path())).seal(secret.getBytes(StandardCharsets.UTF_8));
            return SEALED + Base64.getEncoder().encodeToString(bytes);
        } catch (IOException refused) {
            phone.send(Notification.event("WARNING", "A password was not saved: " + refused.getMessage()));
            return "";
        }
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Sets a value; an empty one removes it. Tells whether it will last as long as it is meant to. */
    boolean put(String name, String value) {
        if (value.isEmpty()) {
            values.remove(name);
        } else {
            values.put(name, value);
        }
        return write(file -> file.put(name, value));
    }

    void parameter(String name, String value) {
        put(PARAMETER + name, value);
    }

    boolean clear() {
        values.clear();
        return write(ValueStore::clear);
    }

    private interface Change {
        void on(ValueStore file) throws IOException;
    }

    private boolean write(Change change) {
        try {
            if (store.get().isPresent() && mode() != READ_ONLY) {
                change.on(store.get().get());
            }
            return true;
        } catch (IOException full) {
            phone.send(Notification.event("ERROR", "Settings were not saved: " + full.getMessage()));
            return false;
        }
    }

    void close() {
        Optional<ValueStore> open = store.get();
        store.set(Optional.empty());
        open.ifPresent(file -> {
            try {
                file.close();
            } catch (IOException late) {
                phone.send(Notification.event("WARNING", "Closing the settings met " + late.getMessage()));
            }
        });
    }
}
