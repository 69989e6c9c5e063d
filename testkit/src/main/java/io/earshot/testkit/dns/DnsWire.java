package io.earshot.testkit.dns;

import io.earshot.api.dns.spi.DnsAnswer.Address;
import io.earshot.api.dns.spi.DnsAnswer.DnsRecord;
import io.earshot.api.dns.spi.DnsAnswer.Naptr;
import io.earshot.api.dns.spi.DnsAnswer.Srv;
import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The wire format of RFC 1035 §4, as much of it as a small server needs: no name is compressed. */
final class DnsWire {
    static final int A = 1;
    static final int NS = 2;
    static final int CNAME = 5;
    static final int SOA = 6;
    static final int OPT = 41;
    private static final Map<Integer, String> TYPES = Map.of(A, "A", NS, "NS", CNAME, "CNAME", SOA, "SOA", 28, "AAAA",
        33, "SRV", 35, "NAPTR");
    private static final int PLAIN_SIZE = 512;

    /**
     * A question.
     *
     * @param raw the question section as it came, with the client's spelling of the name
     * @param name in lower case, without the last dot
     * @param size how large an answer over UDP may be
     */
    record Question(int id, byte[] raw, String name, int type, boolean edns, int size) {
        String typeName() {
            return TYPES.getOrDefault(type, "TYPE" + type);
        }
    }

    /** One record of the zone; {@code target} is where a CNAME leads, else empty. */
    record Entry(int type, long ttl, byte[] data, String target) { }

    /** The flags and sections of a response. */
    record Response(int flags, List<Map.Entry<String, Entry>> answers, List<Map.Entry<String, Entry>> authority) { }

    private DnsWire() {
    }

    /** Reads a question; empty for what is none. */
    static Optional<Question> read(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            int id = in.getShort() & 0xFFFF;
            if ((in.getShort() & 0x8000) != 0 || in.getShort() != 1) {
                return Optional.empty();
            }
            in.getShort();
            in.getShort();
            boolean edns = in.getShort() > 0;
            int start = in.position();
            StringBuilder name = new StringBuilder();
            for (int length = in.get() & 0x3F; length > 0; length = in.get() & 0x3F) {
                byte[] label = new byte[length];
                in.get(label);
                name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.ISO_8859_1));
            }
            int type = in.getShort() & 0xFFFF;
            in.getShort();
            byte[] raw = java.util.Arrays.copyOfRange(bytes, start, in.position());
            int size = PLAIN_SIZE;
            if (edns) {
                in.position(in.position() + 3); // the root name and the type OPT
                size = Math.max(PLAIN_SIZE, in.getShort() & 0xFFFF);
            }
            return Optional.of(new Question(id, raw, name.toString().toLowerCase(Locale.ROOT), type, edns, size));
        } catch (BufferUnderflowException | IllegalArgumentException notDns) {
            return Optional.empty();
        }
    }

    static byte[] write(Question to, Response response) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        number(out, to.id(), 2);
        number(out, response.flags(), 2);
        number(out, 1, 2);
        number(out, response.answers().size(), 2);
        number(out, response.authority().size(), 2);
        number(out, to.edns() ? 1 : 0, 2);
        out.writeBytes(to.raw());
        response.answers().forEach(one -> record(out, one));
        response.authority().forEach(one -> record(out, one));
        if (to.edns()) {
            out.writeBytes(new byte[] {0, 0, OPT, 0x10, 0, 0, 0, 0, 0, 0, 0});
        }
        return out.toByteArray();
    }

    private static void record(ByteArrayOutputStream out, Map.Entry<String, Entry> named) {
        Entry entry = named.getValue();
        out.writeBytes(name(named.getKey()));
        number(out, entry.type(), 2);
        number(out, 1, 2);
        number(out, entry.ttl(), 4);
        number(out, entry.data().length, 2);
        out.writeBytes(entry.data());
    }

    static Entry entry(long ttl, DnsRecord record) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        if (record instanceof Address address) {
            data.writeBytes(address.address().getAddress());
            return new Entry(address.address() instanceof Inet4Address ? A : 28, ttl, data.toByteArray(), "");
        }
        if (record instanceof Srv srv) {
            number(data, srv.priority(), 2);
            number(data, srv.weight(), 2);
            number(data, srv.port(), 2);
            data.writeBytes(name(srv.target()));
            return new Entry(33, ttl, data.toByteArray(), "");
        }
        Naptr naptr = (Naptr) record;
        number(data, naptr.order(), 2);
        number(data, naptr.preference(), 2);
        text(data, naptr.flags());
        text(data, naptr.service());
        text(data, naptr.regexp());
        data.writeBytes(name(naptr.replacement()));
        return new Entry(35, ttl, data.toByteArray(), "");
    }

    static Entry alias(long ttl, String target) {
        return new Entry(CNAME, ttl, name(target), target.toLowerCase(Locale.ROOT));
    }

    /** The record whose lesser number tells how long a negative answer holds (RFC 2308 §5). */
    static Entry soa(long ttl, long minimum) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(name("ns.invalid"));
        data.writeBytes(name("admin.invalid"));
        for (int i = 0; i < 4; i++) {
            number(data, 1, 4);
        }
        number(data, minimum, 4);
        return new Entry(SOA, ttl, data.toByteArray(), "");
    }

    static Entry nameServer(String target) {
        return new Entry(NS, 60, name(target), "");
    }

    static byte[] name(String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String label : name.split("\\.")) {
            if (!label.isEmpty()) {
                text(out, label);
            }
        }
        out.write(0);
        return out.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream out, long value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
    }
}
