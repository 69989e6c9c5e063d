package io.earshot.sip.sdp;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of a description, {@code type=value}, as it came. Lines that nobody here understands are kept in their place.
 *
 * @param type the letter before the equals sign
 * @param value the rest, without line end or trailing blanks
 */
public record Line(char type, String value) {
    /** The order RFC 8866 §5 asks of the lines of one level. */
    private static final String ORDER = "vosiuepcbtrzka";

    public Line {
        requireNonNull(value, "value");
        if (!(type >= 'a' && type <= 'z' || type >= 'A' && type <= 'Z')) {
            throw new IllegalArgumentException("a line's type is a letter, not '" + type + "'");
        }
        Text.requireOneLine(value, type + "= line");
    }

    /** Returns the line of an attribute. */
    public static Line of(Attribute attribute) {
        return new Line('a', attribute.text());
    }

    /** Returns the line as it goes on the wire, without the line end. */
    @Override
    public String toString() {
        return type + "=" + value;
    }

    private static int rank(char type) {
        int rank = ORDER.indexOf(type);
        return rank < 0 ? ORDER.length() : rank;
    }

    /** Returns the lines with one more, after all that RFC 8866 wants before it. */
    static List<Line> insert(List<Line> lines, Line line) {
        int at = lines.size();
        while (at > 0 && rank(lines.get(at - 1).type) > rank(line.type)) {
            at--;
        }
        List<Line> out = new ArrayList<>(lines);
        out.add(at, line);
        return List.copyOf(out);
    }

    /** Returns the lines without those of a type, and with one of it in the right place. */
    static List<Line> replace(List<Line> lines, Line line) {
        return insert(lines.stream().filter(old -> old.type != line.type).toList(), line);
    }
}
