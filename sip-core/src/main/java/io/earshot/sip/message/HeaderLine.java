package io.earshot.sip.message;

/**
 * One header line inside some array; how builders carry lines of a message they do not change, byte for byte.
 *
 * @param valueEnd complemented if the value is folded
 * @param lineEnd behind CRLF
 */
record HeaderLine(HeaderName name, byte[] buf, int nameStart, int nameEnd, int valueStart, int valueEnd, int lineEnd) {
    /** Writes a new line. */
    static HeaderLine of(HeaderName name, String value) {
        Quoting.requireWire(value, "value of " + name);
        byte[] text = Bytes.utf8(name.canonical() + ": " + value.strip() + "\r\n");
        int nameEnd = name.canonical().length();
        return new HeaderLine(name, text, 0, nameEnd, nameEnd + 2, text.length - 2, text.length);
    }

    int length() {
        return lineEnd - nameStart;
    }

    String value() {
        int end = valueEnd < 0 ? ~valueEnd : valueEnd;
        if (valueEnd < 0) {
            byte[] unfolded = Bytes.unfold(buf, valueStart, end);
            return Bytes.text(unfolded, 0, unfolded.length);
        }
        return Bytes.text(buf, valueStart, end);
    }

    /** Copies the line to {@code at} and notes its offsets there. */
    void write(byte[] out, int at, int[] ranges, int index) {
        System.arraycopy(buf, nameStart, out, at, length());
        int shift = at - nameStart;
        int i = Wire.STRIDE * index;
        ranges[i] = at;
        ranges[i + 1] = nameEnd + shift;
        ranges[i + 2] = valueStart + shift;
        ranges[i + 3] = valueEnd < 0 ? ~(~valueEnd + shift) : valueEnd + shift;
    }
}
