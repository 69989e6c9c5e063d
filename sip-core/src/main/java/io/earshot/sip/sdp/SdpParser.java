package io.earshot.sip.sdp;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.sdp.SdpResult.Malformed;
import io.earshot.sip.sdp.SdpResult.Parsed;
import io.earshot.sip.sdp.SdpResult.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads descriptions. Forgiving where phones are sloppy: lines may end in LF or CR alone, blanks may trail, empty lines may stand
 * between, {@code s=} and {@code t=} may be absent (they are put in), lines may be in any order, a trailing NUL is dropped. Strict about
 * size, and about the lines that media depends on. Never throws on what it reads; time and space are linear in its length.
 *
 * <p>Stateless; callable from any thread.
 */
public final class SdpParser {
    private final SdpLimits limits;

    /** Makes a parser with {@link SdpLimits#DEFAULT}. */
    public SdpParser() {
        this(SdpLimits.DEFAULT);
    }

    /** Makes a parser with limits of one's own. */
    public SdpParser(SdpLimits limits) {
        this.limits = requireNonNull(limits, "limits");
    }

    /** Returns the description in these bytes, or why they hold none. */
    public SdpResult parse(byte[] bytes) {
        if (bytes.length > limits.maxBytes()) {
            return new Malformed(Reason.TOO_LARGE, limits.maxBytes(), "description of " + bytes.length + " bytes, limit "
                + limits.maxBytes());
        }
        return new Run(bytes, limits).run();
    }

    /** One pass over one body. */
    private static final class Run {
        private final byte[] bytes;
        private final SdpLimits limits;
        private final int end;
        private final List<Line> session = new ArrayList<>();
        private final List<MediaDescription> media = new ArrayList<>();
        private final List<Line> below = new ArrayList<>();
        private Optional<MediaDescription> open = Optional.empty();
        private int lines;
        private int attributes;
        private int at;

        Run(byte[] bytes, SdpLimits limits) {
            this.bytes = bytes;
            this.limits = limits;
            int length = bytes.length;
            while (length > 0 && bytes[length - 1] == 0) {
                length--;
            }
            end = length;
        }

        SdpResult run() {
            while (at < end) {
                int start = at;
                int stop = start;
                while (stop < end && bytes[stop] != '\n' && bytes[stop] != '\r') {
                    stop++;
                }
                at = stop + 1;
                Optional<Malformed> defect = stop == start ? Optional.empty() : line(start, stop);
                if (defect.isPresent()) {
                    return defect.get();
                }
            }
            closeMedia();
            return session.isEmpty() ? new Malformed(Reason.EMPTY, 0, "no line in the description") : finish();
        }

        private SdpResult finish() {
            if (session.stream().noneMatch(line -> line.type() == 'o')) {
                return new Malformed(Reason.BAD_ORIGIN, 0, "no o= line");
            }
            List<Line> complete = List.copyOf(session);
            for (Line missing : List.of(new Line('s', "-"), new Line('t', "0 0"))) {
                if (complete.stream().noneMatch(line -> line.type() == missing.type())) {
                    complete = Line.insert(complete, missing);
                }
            }
            return new Parsed(new SessionDescription(complete, media));
        }

        private Optional<Malformed> line(int start, int stop) {
            if (stop - start > limits.maxLineBytes()) {
                return bad(Reason.TOO_LARGE, start, "line of " + (stop - start) + " bytes, limit " + limits.maxLineBytes());
            }
            if (++lines > limits.maxLines()) {
                return bad(Reason.TOO_LARGE, start, "more than " + limits.maxLines() + " lines");
            }
            int last = stop;
            while (last > start && (bytes[last - 1] == ' ' || bytes[last - 1] == '\t')) {
                last--;
            }
            if (last == start) {
                return Optional.empty();
            }
            if (last - start < 2 || bytes[start + 1] != '=' || !isLetter(bytes[start])) {
                return bad(session.isEmpty() ? Reason.NOT_SDP : Reason.BAD_LINE, start, "line " + lines + " is not letter=value");
            }
            for (int i = start; i < last; i++) {
                if (bytes[i] == 0) {
                    return bad(Reason.BAD_LINE, i, "NUL in line " + lines);
                }
            }
            String value = new String(bytes, start + 2, last - start - 2, StandardCharsets.UTF_8);
            return accept(new Line((char) bytes[start], value), start);
        }

        private Optional<Malformed> accept(Line line, int start) {
            char type = line.type();
            if (session.isEmpty() && !(type == 'v' && line.value().strip().equals("0"))) {
                return bad(Reason.NOT_SDP, start, "the first line is not v=0");
            }
            if (type == 'm') {
                return openMedia(line.value(), start);
            }
            if (type == 'a' && ++attributes > limits.maxAttributes()) {
                return bad(Reason.TOO_LARGE, start, "more than " + limits.maxAttributes() + " attributes");
            }
            if (type == 'c' && Connection.parse(line.value()).isEmpty()) {
                return bad(Reason.BAD_CONNECTION, start, "c= line not understood");
            }
            if ((type == 'v' && !session.isEmpty()) || (type == 'o' && open.isPresent())) {
                return bad(Reason.BAD_LINE, start, "a second " + type + "= line");
            }
            if (type == 'o' && Origin.parse(line.value()).isEmpty()) {
                return bad(Reason.BAD_ORIGIN, start, "o= line not understood");
            }
            (open.isPresent() ? below : session).add(type == 'v' ? new Line('v', "0") : line);
            return Optional.empty();
        }

        private Optional<Malformed> openMedia(String value, int start) {
            closeMedia();
            if (media.size() >= limits.maxMedia()) {
                return bad(Reason.TOO_LARGE, start, "more than " + limits.maxMedia() + " media");
            }
            open = MediaDescription.parse(value);
            if (open.isEmpty()) {
                return bad(Reason.BAD_MEDIA, start, "m= line not understood");
            }
            if (open.get().formats().size() > limits.maxFormats()) {
                return bad(Reason.TOO_LARGE, start, "more than " + limits.maxFormats() + " formats");
            }
            return Optional.empty();
        }

        private void closeMedia() {
            open.ifPresent(description -> media.add(description.withLines(below)));
            open = Optional.empty();
            below.clear();
        }

        private static boolean isLetter(byte b) {
            return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
        }

        private static Optional<Malformed> bad(Reason reason, int offset, String detail) {
            return Optional.of(new Malformed(reason, offset, detail));
        }
    }
}
