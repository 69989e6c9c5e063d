package io.earshot.sdk.internal.chat;

import io.earshot.sdk.internal.store.Journal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The messages that wait, on the disk. Blocks; confined to one thread at a time. */
public final class OutboxStore implements AutoCloseable {
    private static final byte WAITS = 'W';
    private static final byte DONE = 'D';
    /** From here on the file is written anew with what still waits, if that is less than half of it. */
    private static final long COMPACT_FROM = 256 * 1_024;

    private final Journal journal;
    private final Map<String, byte[]> live = new LinkedHashMap<>();
    private long liveBytes;

    private OutboxStore(Journal journal) {
        this.journal = journal;
    }

    /**
     * Opens the store of a folder.
     *
     * @throws IOException when it cannot be used; the message is a sentence
     */
    public static OutboxStore open(Path folder) throws IOException {
        Journal.Opened opened = Journal.open(folder.resolve("messages.journal"), Journal.Sync.EACH);
        OutboxStore store = new OutboxStore(opened.journal());
        opened.records().forEach(store::replay);
        return store;
    }

    private void replay(byte[] record) {
        byte[] rest = record.length == 0 ? record : Arrays.copyOfRange(record, 1, record.length);
        if (record.length > 0 && record[0] == WAITS) {
            OutboxEntry.of(rest).ifPresent(entry -> keep(entry.id(), record));
        } else if (record.length > 0 && record[0] == DONE) {
            drop(new String(rest, StandardCharsets.UTF_8));
        }
    }

    private void keep(String id, byte[] record) {
        live.put(id, record);
        liveBytes += record.length;
    }

    private boolean drop(String id) {
        byte[] record = live.remove(id);
        liveBytes -= record == null ? 0 : record.length;
        return record != null;
    }

    /** Returns what waits, in the order it began to. */
    public List<OutboxEntry> entries() {
        List<OutboxEntry> entries = new ArrayList<>();
        live.values().forEach(record -> OutboxEntry.of(Arrays.copyOfRange(record, 1, record.length)).ifPresent(entries::add));
        return entries;
    }

    /** Writes down that a message waits; it is on the disk when this returns. */
    public void add(OutboxEntry entry) throws IOException {
        byte[] record = record(WAITS, entry.toBytes());
        if (!live.containsKey(entry.id())) {
            journal.append(record);
            keep(entry.id(), record);
        }
    }

    /** Writes down that a message waits no more. */
    public void remove(String id) throws IOException {
        if (drop(id)) {
            journal.append(record(DONE, id.getBytes(StandardCharsets.UTF_8)));
            if (journal.size() > COMPACT_FROM && journal.size() > 2 * liveBytes) {
                journal.rewrite(List.copyOf(live.values()));
            }
        }
    }

    private static byte[] record(byte kind, byte[] rest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(kind);
        out.writeBytes(rest);
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }
}
