package io.earshot.sip.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A session description (RFC 8866): the lines of the session level, and the media. Lines and attributes that nobody here understands
 * are kept in their place.
 *
 * @param lines the session level in order, {@code v=0} first, with a readable {@code o=}
 * @param media the {@code m=} lines with what stands below each
 */
public record SessionDescription(List<Line> lines, List<MediaDescription> media) {
    public SessionDescription {
        lines = List.copyOf(lines);
        media = List.copyOf(media);
        if (lines.isEmpty() || !lines.get(0).equals(new Line('v', "0"))) {
            throw new IllegalArgumentException("a description begins with v=0");
        }
        if (find(lines, 'o').flatMap(line -> Origin.parse(line.value())).isEmpty()) {
            throw new IllegalArgumentException("a description has an o= line of six fields");
        }
        if (find(lines, 'm').isPresent()) {
            throw new IllegalArgumentException("m= lines belong into the list of media");
        }
    }

    /** Returns a description of the mandatory lines, one session-level {@code c=} and the media. */
    public static SessionDescription of(Origin origin, Connection connection, List<MediaDescription> media) {
        return new SessionDescription(List.of(new Line('v', "0"), new Line('o', origin.toString()), new Line('s', "-"),
            new Line('c', connection.toString()), new Line('t', "0 0")), media);
    }

    private static Optional<Line> find(List<Line> lines, char type) {
        return lines.stream().filter(line -> line.type() == type).findFirst();
    }

    /** Returns the first session-level line of a type. */
    public Optional<Line> line(char type) {
        return find(lines, type);
    }

    /** Returns the {@code o=} line. */
    public Origin origin() {
        return line('o').flatMap(line -> Origin.parse(line.value())).orElseThrow();
    }

    /** Returns the session-level connection. */
    public Optional<Connection> connection() {
        return line('c').flatMap(line -> Connection.parse(line.value()));
    }

    /** Returns the connection that holds for one of the media: its own, or else the session's. */
    public Optional<Connection> connection(MediaDescription of) {
        return of.connection().or(this::connection);
    }

    /** Returns the session-level attributes in order. */
    public List<Attribute> attributes() {
        return lines.stream().filter(line -> line.type() == 'a').map(line -> new Attribute(line.value())).toList();
    }

    /** Returns the first session-level attribute of a name, in any case. */
    public Optional<Attribute> attribute(String name) {
        return attributes().stream().filter(attribute -> attribute.is(name)).findFirst();
    }

    /** Returns the direction that holds for one of the media: its own, or else the session's, or else {@code sendrecv}. */
    public Direction direction(MediaDescription of) {
        return of.direction()
            .or(() -> attributes().stream().flatMap(attribute -> Direction.parse(attribute.name()).stream()).findFirst())
            .orElse(Direction.SENDRECV);
    }

    /** Returns the values of {@code a=group}, such as {@code BUNDLE 0 1} (RFC 5888). */
    public List<String> groups() {
        return attributes().stream().filter(attribute -> attribute.is("group")).map(Attribute::value).toList();
    }

    /** Returns a copy with another origin. */
    public SessionDescription withOrigin(Origin origin) {
        return withLine(new Line('o', origin.toString()));
    }

    /** Returns a copy with this line in place of all session-level lines of its type, where RFC 8866 §5 wants it. */
    public SessionDescription withLine(Line line) {
        return new SessionDescription(Line.replace(lines, line), media);
    }

    /** Returns a copy with one more session-level attribute, after the others. */
    public SessionDescription with(Attribute attribute) {
        return new SessionDescription(Line.insert(lines, Line.of(attribute)), media);
    }

    /** Returns a copy with other media. */
    public SessionDescription withMedia(List<MediaDescription> newMedia) {
        return new SessionDescription(lines, newMedia);
    }

    /** Returns a copy with one of the media replaced. */
    public SessionDescription withMedia(int index, MediaDescription replacement) {
        List<MediaDescription> out = new ArrayList<>(media);
        out.set(index, replacement);
        return new SessionDescription(lines, out);
    }

    /** Returns the wire text. */
    @Override
    public String toString() {
        return SdpWriter.text(this);
    }
}
