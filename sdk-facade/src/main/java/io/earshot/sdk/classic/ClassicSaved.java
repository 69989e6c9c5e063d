package io.earshot.sdk.classic;

import io.earshot.sdk.internal.loop.Published;
import io.earshot.sdk.internal.store.ValueStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What survives the program when {@code datafolder} is given: contacts, the black list, parameters that the server set for good. Each
 * change is on the disk before its function returns. Without the folder it is kept in memory. Safe for use by any thread.
 */
final class ClassicSaved {
    private static final String FILE = "classic.settings";
    private static final String PARAMETER = "parameter ";
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
            if (mode() == WRITE_ONLY) {
                return;
            }
            opened.values().forEach(values::putIfAbsent);
            List<String> parameters = new ArrayList<>();
            values.forEach((name, value) -> {
                if (name.startsWith(PARAMETER)) {
                    parameters.add(name.substring(PARAMETER.length()) + "=" + value);
                }
            });
            if (!parameters.isEmpty()) {
                phone.set(parameters);
            }
        } catch (IOException refused) {
            phone.send(Notification.event("WARNING", "Settings are not kept: " + refused.getMessage()));
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
