package io.earshot.sip.ua;

import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.SipMessage;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A status line as a body (RFC 3420): how NOTIFY tells of a call to somebody else. */
record SipFrag(int status, String reason) {
    private static final Pattern LINE = Pattern.compile(
        "SIP/2\\.0[ \\t]+([1-6][0-9]{2})(?:[ \\t]+([^\\r\\n]{0,200}))?[^\\r\\n]*(?:[\\r\\n].*)?",
        Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    static final SipFrag TRYING = new SipFrag(100, "Trying");

    /** Reads the body of a NOTIFY; empty when it has no status line. */
    static Optional<SipFrag> read(SipMessage message) {
        if (message.bodyLength() == 0 || message.contentType().filter(type -> type.matches(MediaType.MESSAGE_SIPFRAG)).isEmpty()) {
            return Optional.empty();
        }
        Matcher line = LINE.matcher(message.bodyText().stripLeading());
        return line.matches() ? Optional.of(new SipFrag(Integer.parseInt(line.group(1)),
            Optional.ofNullable(line.group(2)).orElse("").strip())) : Optional.empty();
    }

    boolean isFinal() {
        return status >= 200;
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Returns the body. */
    String body() {
        return "SIP/2.0 " + status + " " + reason.replaceAll("[^ -~]", "?") + "\r\n";
    }
}
