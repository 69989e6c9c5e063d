package io.earshot.sdk.internal.chat;

import io.earshot.api.chat.OutgoingMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A message on its way.
 *
 * @param id its name, which stays the same however often it is sent
 * @param account the address of record it is from
 * @param peer the SIP URI it is for
 * @param message what it says, and how long it may wait
 * @param created when it was handed in, in ms of the wall clock
 */
public record OutboxEntry(String id, String account, String peer, OutgoingMessage message, long created) {
    private static final int FORMAT = 1;

    /** Returns when it is given up, in ms of the wall clock. */
    public long expires() {
        return created + message.life().toMillis();
    }

    /** Returns whom it goes between: what has the same lane stays in order. */
    String lane() {
        return account + "\n" + peer;
    }

    /** Returns its bytes for the disk. */
    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            for (String text : new String[] {id, account, peer, message.text(), message.contentType(), message.offline().name()}) {
                out.writeUTF(text);
            }
            out.writeLong(message.life().toMillis());
            out.writeLong(created);
            out.writeByte(message.reports().size());
            for (OutgoingMessage.Report report : message.reports()) {
                out.writeUTF(report.name());
            }
            out.writeShort(message.headers().size());
            for (Map.Entry<String, String> header : message.headers().entrySet()) {
                out.writeUTF(header.getKey());
                out.writeUTF(header.getValue());
            }
        } catch (IOException tooLong) {
            throw new UncheckedIOException(tooLong);
        }
        return bytes.toByteArray();
    }

    /** Reads what {@link #toBytes} wrote; empty for anything else. */
    static Optional<OutboxEntry> of(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != FORMAT) {
                return Optional.empty();
            }
            String id = in.readUTF();
            String account = in.readUTF();
            String peer = in.readUTF();
            String text = in.readUTF();
            String type = in.readUTF();
            OutgoingMessage.Offline offline = OutgoingMessage.Offline.valueOf(in.readUTF());
            Duration life = Duration.ofMillis(in.readLong());
            long created = in.readLong();
            Set<OutgoingMessage.Report> reports = EnumSet.noneOf(OutgoingMessage.Report.class);
            for (int left = in.readByte(); left > 0; left--) {
                reports.add(OutgoingMessage.Report.valueOf(in.readUTF()));
            }
            Map<String, String> headers = new LinkedHashMap<>();
            for (int left = in.readShort(); left > 0; left--) {
                headers.put(in.readUTF(), in.readUTF());
            }
            OutgoingMessage message = new OutgoingMessage(text, type, reports, offline, life, headers);
            return Optional.of(new OutboxEntry(id, account, peer, message, created));
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
