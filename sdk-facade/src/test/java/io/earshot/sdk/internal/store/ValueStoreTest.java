package io.earshot.sdk.internal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValueStoreTest {
    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("values");
    }

    @Test
    void valuesSurvive() throws IOException {
        try (ValueStore store = ValueStore.open(file())) {
            store.put("a", "1");
            store.put("b", "zwei\r\nlines");
            store.put("a", "");
        }
        try (ValueStore store = ValueStore.open(file())) {
            assertEquals(Map.of("b", "zwei\r\nlines"), store.values());
            store.clear();
        }
        try (ValueStore store = ValueStore.open(file())) {
            assertEquals(Map.of(), store.values());
        }
    }

    @Test
    void afterACrashAnywhereThereIsWhatWasSaidUpToThen() throws IOException {
        Random random = new Random(7);
        long[] ends = new long[50];
        Map<String, String> state = new TreeMap<>();
        java.util.List<Map<String, String>> states = new java.util.ArrayList<>();
        try (ValueStore store = ValueStore.open(file())) {
            for (int i = 0; i < ends.length; i++) {
                String name = "n" + random.nextInt(8);
                String value = random.nextInt(4) == 0 ? "" : "v" + i + "x".repeat(random.nextInt(200));
                store.put(name, value);
                state.put(name, value);
                state.values().removeIf(String::isEmpty);
                states.add(new TreeMap<>(state));
                ends[i] = Files.size(file());
            }
        }
        byte[] all = Files.readAllBytes(file());
        for (int cut = 8; cut < all.length; cut += 1 + random.nextInt(40)) {
            Path copy = folder.resolve("cut" + cut);
            Files.write(copy, Arrays.copyOf(all, cut));
            int last = -1;
            while (last + 1 < ends.length && ends[last + 1] <= cut) {
                last++;
            }
            try (ValueStore store = ValueStore.open(copy)) {
                assertEquals(last < 0 ? Map.of() : states.get(last), new TreeMap<>(store.values()), "cut at " + cut);
            }
        }
    }

    @Test
    void aLongHistoryIsForgotten() throws IOException {
        try (ValueStore store = ValueStore.open(file())) {
            for (int i = 0; i < 400; i++) {
                store.put("same", "x".repeat(1_000) + i);
            }
            assertTrue(Files.size(file()) < 1 << 19, () -> "the file has " + file().toFile().length() + " bytes");
            assertTrue(store.values().get("same").endsWith("399"));
        }
    }
}
