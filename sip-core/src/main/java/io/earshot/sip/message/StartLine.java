package io.earshot.sip.message;

/** Reads Request-Line and Status-Line (RFC 3261 §7.1, §7.2). */
final class StartLine {
    /** Known of a request, even if its URI is broken; null in a response. */
    SipMethod method;
    Uri uri;
    int status;
    String reasonPhrase;
    /** Whether enough was understood to say that this is a request somebody waits for an answer to. */
    boolean answerable;

    private final byte[] buf;
    private final int end;
    private final HeadScan scan;

    private StartLine(byte[] buf, int end, HeadScan scan) {
        this.buf = buf;
        this.end = end;
        this.scan = scan;
    }

    /** Reads the first {@code end} bytes; defects are noted in {@code scan}. */
    static StartLine read(byte[] buf, int end, HeadScan scan, SipLimits limits) {
        StartLine line = new StartLine(buf, end, scan);
        if (end >= 4 && Chars.equalsIgnoreCase(buf, 0, 4, "SIP/")) {
            line.readStatus();
        } else {
            line.readRequest(limits);
        }
        return line;
    }

    private void readStatus() {
        if (end < 8 || !Chars.equalsIgnoreCase(buf, 0, 7, "SIP/2.0") || buf[7] != ' ') {
            scan.defect(ParseResult.Reason.VERSION, 0, "version is not SIP/2.0");
            return;
        }
        long code = Bytes.number(buf, 8, Math.min(11, end), 699);
        if (code < 100 || end > 11 && buf[11] != ' ') {
            scan.defect(ParseResult.Reason.START_LINE, 8, "status code is not a number from 100 to 699");
            return;
        }
        status = (int) code;
        String usual = ReasonPhrases.of(status);
        int from = Math.min(12, end);
        reasonPhrase = end - from == usual.length() && Chars.equalsIgnoreCase(buf, from, end, usual) && same(from, usual)
            ? usual : Bytes.text(buf, from, end);
    }

    private boolean same(int from, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (buf[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void readRequest(SipLimits limits) {
        int methodEnd = 0;
        while (methodEnd < end && buf[methodEnd] != ' ') {
            methodEnd++;
        }
        int contentEnd = end;
        while (contentEnd > 0 && Bytes.isBlank(buf[contentEnd - 1])) {
            contentEnd--;
        }
        int version = contentEnd;
        while (version > methodEnd && buf[version - 1] != ' ') {
            version--;
        }
        SipMethod named = SipMethod.of(buf, 0, methodEnd);
        if (named == null || version <= methodEnd || contentEnd - version < 4
                || !Chars.equalsIgnoreCase(buf, version, version + 4, "SIP/")) {
            scan.defect(ParseResult.Reason.START_LINE, 0, "neither a SIP request nor a SIP response");
            return;
        }
        method = named;
        answerable = true;
        if (!Chars.equalsIgnoreCase(buf, version, contentEnd, "SIP/2.0")) {
            scan.defect(ParseResult.Reason.VERSION, version, "version is not SIP/2.0");
            return;
        }
        if (contentEnd != end) {
            scan.defect(ParseResult.Reason.START_LINE, contentEnd, "white space behind the version");
            return;
        }
        int from = methodEnd + 1;
        int to = Math.max(from, version - 1);
        if (to - from > limits.maxUri()) {
            scan.defect(ParseResult.Reason.URI_TOO_LONG, from, "Request-URI longer than " + limits.maxUri() + " bytes");
            return;
        }
        Cursor c = new Cursor(buf, from, to, limits);
        uri = UriParser.read(c, from, to);
        if (uri == null) {
            scan.defect(ParseResult.Reason.REQUEST_URI, from, "Request-URI: " + c.defect());
        } else if (uri instanceof SipUri sip && sip.headers().isPresent()) {
            scan.defect(ParseResult.Reason.REQUEST_URI, from, "Request-URI has a headers component");
        }
    }
}
