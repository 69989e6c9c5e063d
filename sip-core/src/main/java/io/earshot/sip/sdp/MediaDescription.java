package io.earshot.sip.sdp;

import static java.util.Objects.requireNonNull;

import io.earshot.api.codec.spi.FormatParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One {@code m=} line and the lines below it (RFC 8866 §5.14). The typed views read the lines afresh and pass over what they cannot
 * read.
 *
 * @param type {@code audio}, {@code video}, …
 * @param port 0 to 65535; 0 when refused or removed
 * @param portCount number of ports; 1 unless the line says otherwise
 * @param protocol {@code RTP/AVP}, …
 * @param formats payload types for RTP, anything else for others
 * @param lines what stands below, in order
 */
public record MediaDescription(String type, int port, int portCount, String protocol, List<String> formats, List<Line> lines) {
    /** Packet times outside 1 to 1000 ms are nonsense and read as absent. */
    private static final int MAX_PTIME = 1000;

    public MediaDescription {
        Text.requireToken(type, "media type");
        Text.requireToken(protocol, "media protocol");
        formats = List.copyOf(formats);
        lines = List.copyOf(lines);
        formats.forEach(format -> Text.requireToken(format, "media format"));
        if (port < 0 || port > 65535 || portCount < 1 || portCount > 65535) {
            throw new IllegalArgumentException("media port " + port + "/" + portCount + " is outside 0 to 65535");
        }
        if (lines.stream().anyMatch(line -> line.type() == 'm' || line.type() == 'v' || line.type() == 'o')) {
            throw new IllegalArgumentException("m=, v= and o= lines cannot stand below a media line");
        }
    }

    /** Returns a description with no lines below it. */
    public static MediaDescription of(String type, int port, String protocol, List<String> formats) {
        return new MediaDescription(type, port, 1, protocol, formats, List.of());
    }

    /** Returns the value of an {@code m=} line with nothing below, or empty when it cannot be read. */
    static Optional<MediaDescription> parse(String value) {
        List<String> fields = Text.fields(value);
        if (fields.size() < 3) {
            return Optional.empty();
        }
        String ports = fields.get(1);
        int slash = ports.indexOf('/');
        int port = Text.number(slash < 0 ? ports : ports.substring(0, slash));
        int count = slash < 0 ? 1 : Text.number(ports.substring(slash + 1));
        try {
            List<String> formats = fields.subList(3, fields.size());
            return Optional.of(new MediaDescription(fields.get(0), port, count, fields.get(2), formats, List.of()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns the value of the {@code m=} line. */
    String mediaLine() {
        String head = type + " " + port + (portCount > 1 ? "/" + portCount : "") + " " + protocol;
        return formats.isEmpty() ? head : head + " " + String.join(" ", formats);
    }

    /** Tells whether this is media of that type, in any case. */
    public boolean isType(String name) {
        return type.equalsIgnoreCase(name);
    }

    /** Returns the attributes in order. */
    public List<Attribute> attributes() {
        return lines.stream().filter(line -> line.type() == 'a').map(line -> new Attribute(line.value())).toList();
    }

    /** Returns the first attribute of a name, in any case. */
    public Optional<Attribute> attribute(String name) {
        return attributes().stream().filter(attribute -> attribute.is(name)).findFirst();
    }

    /** Returns the connection said here, if any; {@link SessionDescription#connection} adds the session's. */
    public Optional<Connection> connection() {
        return lines.stream().filter(line -> line.type() == 'c').findFirst().flatMap(line -> Connection.parse(line.value()));
    }

    /** Returns the direction said here, if any; {@link SessionDescription#direction} adds the session's. */
    public Optional<Direction> direction() {
        return attributes().stream().flatMap(attribute -> Direction.parse(attribute.name()).stream()).findFirst();
    }

    /**
     * Returns what each payload type of the {@code m=} line stands for, in its order: by {@code a=rtpmap}, or by RFC 3551 without one.
     * A fixed audio payload type whose rtpmap only extends the fixed name (as {@code 18 G729a/8000}) is the fixed one. Formats that are
     * no payload types or have no meaning are left out.
     */
    public Map<Integer, RtpMap> rtpMaps() {
        Map<Integer, RtpMap> said = new LinkedHashMap<>();
        for (Attribute attribute : attributes()) {
            if (attribute.is("rtpmap")) {
                RtpMap.parse(attribute.value()).ifPresent(map -> said.putIfAbsent(map.payloadType(), map));
            }
        }
        Map<Integer, RtpMap> out = new LinkedHashMap<>();
        for (int payloadType : payloadTypes()) {
            meaning(payloadType, Optional.ofNullable(said.get(payloadType))).ifPresent(map -> out.put(payloadType, map));
        }
        return out;
    }

    private Optional<RtpMap> meaning(int payloadType, Optional<RtpMap> said) {
        Optional<RtpMap> fixed = isType("audio") ? RtpMap.fixed(payloadType) : Optional.empty();
        if (said.isEmpty() || fixed.isEmpty()) {
            return said.or(() -> fixed);
        }
        String name = fixed.get().encoding();
        boolean variant = said.get().clockRate() == fixed.get().clockRate()
            && said.get().encoding().regionMatches(true, 0, name, 0, name.length());
        return variant ? fixed : said;
    }

    /** Returns the formats that are payload types, in order. */
    public List<Integer> payloadTypes() {
        List<Integer> out = new ArrayList<>(formats.size());
        for (String format : formats) {
            int number = Text.number(format);
            if (number >= 0 && number <= 127 && !out.contains(number)) {
                out.add(number);
            }
        }
        return out;
    }

    /** Returns the format parameters of a payload type, {@link FormatParameters#NONE} when there are none. */
    public FormatParameters fmtp(int payloadType) {
        for (Attribute attribute : attributes()) {
            if (attribute.is("fmtp")) {
                String value = attribute.value();
                int end = 0;
                while (end < value.length() && value.charAt(end) > ' ') {
                    end++;
                }
                if (Text.number(value.substring(0, end)) == payloadType) {
                    return new FormatParameters(value.substring(end).strip());
                }
            }
        }
        return FormatParameters.NONE;
    }

    /** Returns the packet time that the writer wants to receive, in milliseconds (RFC 8866 §6.4). */
    public OptionalInt ptime() {
        return millis("ptime");
    }

    /** Returns the most milliseconds of media that the writer takes in one packet (RFC 8866 §6.5). */
    public OptionalInt maxptime() {
        return millis("maxptime");
    }

    private OptionalInt millis(String name) {
        String value = attribute(name).map(Attribute::value).orElse("");
        int dot = value.indexOf('.');
        int millis = Text.number(dot < 0 ? value : value.substring(0, dot));
        return millis >= 1 && millis <= MAX_PTIME ? OptionalInt.of(millis) : OptionalInt.empty();
    }

    /** Tells whether RTCP may share the port of RTP (RFC 5761). */
    public boolean rtcpMux() {
        return attribute("rtcp-mux").isPresent();
    }

    /** Returns where {@code a=rtcp} (RFC 3605) wants RTCP; the host is {@code rtpHost} when it names none. */
    public Optional<MediaAddress> rtcp(String rtpHost) {
        String value = attribute("rtcp").map(Attribute::value).orElse("");
        int space = value.indexOf(' ');
        int port = Text.number(space < 0 ? value : value.substring(0, space));
        if (port < 1 || port > 65535) {
            return Optional.empty();
        }
        Optional<Connection> own = space < 0 ? Optional.empty() : Connection.parse(value.substring(space + 1));
        return Optional.of(new MediaAddress(own.map(Connection::address).orElse(rtpHost), port));
    }

    /** Returns the identification tag of the media line (RFC 5888). */
    public Optional<String> mid() {
        return attribute("mid").map(Attribute::value).filter(value -> !value.isEmpty());
    }

    /** Returns a copy with another port. */
    public MediaDescription withPort(int newPort) {
        return new MediaDescription(type, newPort, 1, protocol, formats, lines);
    }

    /** Returns a copy with other lines below. */
    public MediaDescription withLines(List<Line> newLines) {
        return new MediaDescription(type, port, portCount, protocol, formats, newLines);
    }

    /** Returns a copy with one more attribute, after the others. */
    public MediaDescription with(Attribute attribute) {
        return withLines(Line.insert(lines, Line.of(requireNonNull(attribute, "attribute"))));
    }

    /** Returns a copy without the attributes of a name. */
    public MediaDescription without(String attributeName) {
        return withLines(lines.stream().filter(line -> line.type() != 'a' || !new Attribute(line.value()).is(attributeName)).toList());
    }

    /** Returns a copy with this connection in place of its own. */
    public MediaDescription withConnection(Connection connection) {
        return withLines(Line.replace(lines, new Line('c', connection.toString())));
    }

    /** Returns a copy with this direction in place of its own. */
    public MediaDescription withDirection(Direction direction) {
        List<Line> others = lines.stream()
            .filter(line -> line.type() != 'a' || Direction.parse(new Attribute(line.value()).name()).isEmpty()).toList();
        return withLines(others).with(new Attribute(direction.toString()));
    }
}
