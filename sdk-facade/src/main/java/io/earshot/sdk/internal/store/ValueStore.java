package io.earshot.sdk.internal.store;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named values in a file, each change of which is on the disk when it returns. For any number of threads.
 */
public final class ValueStore implements AutoCloseable {
    private static final long COMPACT_FROM = 1 << 18;
    private final Journal journal;
    private final Map<String, String> values = new LinkedHashMap<>();
    private long live;

    private ValueStore(Journal journal) {
        this.journal = journal;
    }

    /**
     * Opens or makes a store.
     *
     * @throws IOException when it cannot be read or written, or somebody else uses it; the message is a sentence
     */
    public static ValueStore open(Path file) throws IOException {
        Journal.Opened opened = Journal.open(file, Journal.Sync.EACH);
        ValueStore store = new ValueStore(opened.journal());
        opened.records().forEach(store::replay);
        return store;
    }

    private void replay(byte[] record) {
        ByteBuffer in = ByteBuffer.wrap(record);
        if (in.remaining() >= 4) {
            byte[] name = new byte[Math.min(in.getInt(), in.remaining())];
            in.get(name);
            byte[] value = new byte[in.remaining()];
            in.get(value);
            keep(new String(name, StandardCharsets.UTF_8), new String(value, StandardCharsets.UTF_8));
        }
    }

    private void keep(String name, String value) {
        String old = value.isEmpty() ? values.remove(name) : values.put(name, value);
        live += value.length() + name.length() - (old == null ? 0 : old.length() + name.length());
    }

    /** Returns all of them. */
    public synchronized Map<String, String> values() {
        return new LinkedHashMap<>(values);
    }

    /** Sets a value; an empty one removes it. */
    public synchronized void put(String name, String value) throws IOException {
        journal.append(record(name, value));
        keep(name, value);
        if (journal.size() > COMPACT_FROM && journal.size() > 4 * live) {
            List<byte[]> records = new java.util.ArrayList<>();
            for (Map.Entry<String, String> one : values.entrySet()) {
                records.add(record(one.getKey(), one.getValue()));
            }
            journal.rewrite(records);
        }
    }

    /** Removes everything. */
    public synchronized void clear() throws IOException {
        journal.rewrite(List.of());
        values.clear();
        live = 0;
    }

    private static byte[] record(String name, String value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] key = name.getBytes(StandardCharsets.UTF_8);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(key.length);
            out.write(key);
            out.write(value.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Override
    public synchronized void close() throws IOException {
        journal.close();
    }
}
