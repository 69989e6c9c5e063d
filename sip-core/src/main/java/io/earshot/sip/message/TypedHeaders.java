package io.earshot.sip.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Typed values of one message, each parsed when first asked for and kept. Fields are written without synchronisation: every value is
 * immutable, so the worst a race can do is parse twice.
 */
final class TypedHeaders {
    private static final long MAX_SECONDS = 0xffff_ffffL;

    private final Wire wire;
    private final SipLimits limits;
    private List<Via> vias;
    private NameAddr from;
    private NameAddr to;
    private String callId;
    private CSeq cseq;
    private List<NameAddr> contacts;
    private List<NameAddr> routes;
    private List<NameAddr> recordRoutes;
    private Optional<MediaType> contentType;

    TypedHeaders(Wire wire, SipLimits limits) {
        this.wire = wire;
        this.limits = limits;
    }

    /** Where readers leave the first defect they meet. */
    static final class Defects {
        private ParseResult.Malformed first;

        <T> T add(ParseResult.Reason reason, int offset, String detail) {
            if (first == null) {
                first = new ParseResult.Malformed(reason, offset, detail, Optional.empty());
            }
            return null;
        }

        ParseResult.Malformed first() {
            return first;
        }
    }

    private interface Reader<T> {
        T read(Cursor cursor);
    }

    /** Returns the value, or throws what was noted when there is none. */
    static <T> T orThrow(T value, Defects defects) {
        if (value == null) {
            throw new MalformedHeaderException(defects.first);
        }
        return value;
    }

    private static <T> T orThrow(Function<Defects, T> reader) {
        Defects d = new Defects();
        return orThrow(reader.apply(d), d);
    }

    List<Via> vias() {
        List<Via> known = vias;
        return known != null ? known : orThrow(this::vias);
    }

    List<Via> vias(Defects d) {
        if (vias == null) {
            vias = list(HeaderName.VIA, Via::read, limits.maxVias(), d);
        }
        return vias;
    }

    NameAddr from() {
        NameAddr known = from;
        return known != null ? known : orThrow(this::from);
    }

    NameAddr from(Defects d) {
        if (from == null) {
            from = mandatory(HeaderName.FROM, NameAddr::read, d);
        }
        return from;
    }

    NameAddr to() {
        NameAddr known = to;
        return known != null ? known : orThrow(this::to);
    }

    NameAddr to(Defects d) {
        if (to == null) {
            to = mandatory(HeaderName.TO, NameAddr::read, d);
        }
        return to;
    }

    String callId() {
        String known = callId;
        return known != null ? known : orThrow(this::callId);
    }

    String callId(Defects d) {
        if (callId == null) {
            callId = mandatory(HeaderName.CALL_ID, TypedHeaders::readCallId, d);
        }
        return callId;
    }

    CSeq cseq() {
        CSeq known = cseq;
        return known != null ? known : orThrow(this::cseq);
    }

    CSeq cseq(Defects d) {
        if (cseq == null) {
            cseq = mandatory(HeaderName.CSEQ, CSeq::read, d);
        }
        return cseq;
    }

    /** A Call-ID is a word, and a word may hold most characters (RFC 3261 §25.1); what matters is that it is one. */
    private static String readCallId(Cursor c) {
        int start = c.pos;
        while (c.pos < c.end && c.buf[c.pos] > ' ' && c.buf[c.pos] < 0x7f && c.buf[c.pos] != ',' && c.buf[c.pos] != ';') {
            c.pos++;
        }
        return c.pos == start ? c.fail("value missing") : c.text(start);
    }

    List<NameAddr> contacts() {
        List<NameAddr> known = contacts;
        return known != null ? known : orThrow(this::contacts);
    }

    List<NameAddr> contacts(Defects d) {
        if (contacts == null) {
            contacts = isWildcard() ? List.of() : list(HeaderName.CONTACT, NameAddr::read, limits.maxValues(), d);
        }
        return contacts;
    }

    boolean isWildcard() {
        int i = wire.find(HeaderName.CONTACT, 0);
        return i >= 0 && wire.valueEnd(i) - wire.valueStart(i) == 1 && wire.buf[wire.valueStart(i)] == '*'
            && wire.find(HeaderName.CONTACT, i + 1) < 0;
    }

    List<NameAddr> routes() {
        List<NameAddr> known = routes;
        return known != null ? known : orThrow(this::routes);
    }

    List<NameAddr> routes(Defects d) {
        if (routes == null) {
            routes = list(HeaderName.ROUTE, NameAddr::read, limits.maxValues(), d);
        }
        return routes;
    }

    List<NameAddr> recordRoutes() {
        List<NameAddr> known = recordRoutes;
        return known != null ? known : orThrow(this::recordRoutes);
    }

    List<NameAddr> recordRoutes(Defects d) {
        if (recordRoutes == null) {
            recordRoutes = list(HeaderName.RECORD_ROUTE, NameAddr::read, limits.maxValues(), d);
        }
        return recordRoutes;
    }

    Optional<MediaType> contentType() {
        Optional<MediaType> known = contentType;
        return known != null ? known : orThrow(this::contentType);
    }

    Optional<MediaType> contentType(Defects d) {
        if (contentType == null) {
            contentType = optional(HeaderName.CONTENT_TYPE, MediaType::read, d);
        }
        return contentType;
    }

    List<NameAddr> addresses(HeaderName name, Defects d) {
        return list(name, NameAddr::read, limits.maxValues(), d);
    }

    Optional<NameAddr> address(HeaderName name, Defects d) {
        return optional(name, NameAddr::read, d);
    }

    /** Reads delta-seconds and other counters; comments and parameters behind the number are let be. */
    Optional<Long> number(HeaderName name, long max, Defects d) {
        int i = wire.find(name, 0);
        if (i < 0) {
            return Optional.empty();
        }
        Cursor c = wire.cursor(i, limits);
        int start = c.pos;
        while (c.pos < c.end && Chars.isDigit(c.buf[c.pos])) {
            c.pos++;
        }
        long value = Bytes.number(c.buf, start, c.pos, max);
        c.skipBlanks();
        boolean ends = c.atEnd() || c.peek() == ';' || c.peek() == '(';
        return value >= 0 && ends ? Optional.of(value) : defect(name, i, "not a number from 0 to " + max, d);
    }

    Optional<Long> seconds(HeaderName name, Defects d) {
        return number(name, MAX_SECONDS, d);
    }

    /** Returns the tokens of a list header; parameters of the tokens are left out. Empty elements are allowed. */
    List<String> tokens(HeaderName name, Defects d) {
        List<String> out = new ArrayList<>();
        for (int i = wire.find(name, 0); i >= 0; i = wire.find(name, i + 1)) {
            Cursor c = wire.cursor(i, limits);
            do {
                c.skipBlanks();
                if (c.atEnd() || c.peek() == ',') {
                    continue;
                }
                String token = c.token("token");
                if (token == null || Parameters.read(c) == null || out.size() == limits.maxValues()) {
                    return defect(name, i, token == null ? c.defect() : "more than " + limits.maxValues() + " values or bad parameters", d);
                }
                out.add(token);
            } while (c.accept(','));
            if (!c.finished()) {
                return defect(name, i, c.defect(), d);
            }
        }
        return List.copyOf(out);
    }

    private <T> T mandatory(HeaderName name, Reader<T> reader, Defects d) {
        int i = wire.find(name, 0);
        if (i < 0) {
            return d.add(ParseResult.Reason.HEADER_MISSING, wire.headersStart, name + " is missing");
        }
        return read(name, i, reader, d);
    }

    private <T> Optional<T> optional(HeaderName name, Reader<T> reader, Defects d) {
        int i = wire.find(name, 0);
        if (i < 0) {
            return Optional.empty();
        }
        T value = read(name, i, reader, d);
        return value == null ? null : Optional.of(value);
    }

    private <T> T read(HeaderName name, int i, Reader<T> reader, Defects d) {
        Cursor c = wire.cursor(i, limits);
        T value = reader.read(c);
        return value != null && c.finished() ? value : defect(name, i, c.defect(), d);
    }

    private <T> List<T> list(HeaderName name, Reader<T> reader, int max, Defects d) {
        int i = wire.find(name, 0);
        if (i < 0) {
            return List.of();
        }
        T only = null;
        List<T> out = null;
        for (; i >= 0; i = wire.find(name, i + 1)) {
            Cursor c = wire.cursor(i, limits);
            do {
                T value = reader.read(c);
                if (value == null) {
                    return defect(name, i, c.defect(), d);
                }
                if (only == null) {
                    only = value;
                    continue;
                }
                if (out == null) {
                    out = new ArrayList<>();
                    out.add(only);
                }
                if (out.size() >= max) {
                    return defect(name, i, "more than " + max + " values", d);
                }
                out.add(value);
            } while (c.accept(','));
            if (!c.finished()) {
                return defect(name, i, c.defect(), d);
            }
        }
        return out == null ? List.of(only) : List.copyOf(out);
    }

    private <T> T defect(HeaderName name, int i, String what, Defects d) {
        return d.add(ParseResult.Reason.HEADER_VALUE, wire.nameStart(i), name + ": " + what);
    }
}
