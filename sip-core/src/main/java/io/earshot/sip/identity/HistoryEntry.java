package io.earshot.sip.identity;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Parameters;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One place a request was sent to on its way (RFC 7044), the first first.
 *
 * @param uri where to, without the Reason and Privacy in it
 * @param index {@code 1}, {@code 1.1}, {@code 1.2}, …
 * @param reason why the request did not stay there; empty when it did, or nobody told
 * @param cause how the target was found: {@code rc}, {@code mp}, {@code np} and the index it refers to; empty when not told
 */
public record HistoryEntry(Uri uri, String index, Optional<Reason> reason, Optional<String> cause) {
    private static final List<String> TAGS = List.of("rc", "mp", "np");

    /** Checks the parts. */
    public HistoryEntry {
        requireNonNull(uri, "uri");
        requireNonNull(reason, "reason");
        requireNonNull(cause, "cause");
        if (!isIndex(index)) {
            throw new IllegalArgumentException("index must be numbers with dots between them, not \"" + index + "\"");
        }
    }

    private static boolean isIndex(String text) {
        boolean digit = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '.' && (c < '0' || c > '9') || c == '.' && !digit) {
                return false;
            }
            digit = c != '.';
        }
        return digit && text.length() <= 64;
    }

    /** Reads a value; empty when it is malformed. */
    public static Optional<HistoryEntry> parse(String value) {
        try {
            return Fields.address(value).map(HistoryEntry::of);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static HistoryEntry of(NameAddr address) {
        Uri bare = address.uri() instanceof SipUri sip ? sip.withoutHeaders() : address.uri();
        Optional<Reason> why = address.uri() instanceof SipUri sip ? sip.headers().flatMap(HistoryEntry::reasonIn) : Optional.empty();
        Optional<String> tag = TAGS.stream().filter(name -> address.parameters().get(name).isPresent())
            .map(name -> name + "=" + address.parameters().get(name).orElse("")).findFirst();
        return new HistoryEntry(bare, address.parameters().get("index").orElse(""), why, tag);
    }

    /** Reads the Reason that stands, escaped, behind the question mark of the URI. */
    private static Optional<Reason> reasonIn(String headers) {
        for (String part : headers.split("&")) {
            if (part.regionMatches(true, 0, "Reason=", 0, 7)) {
                return Reason.parse(java.net.URLDecoder.decode(part.substring(7).replace("+", "%2B"),
                    java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    /** Returns the entries of a message, the first first. */
    public static List<HistoryEntry> of(SipMessage message) {
        return Fields.all(message, HeaderName.HISTORY_INFO, HistoryEntry::parse);
    }

    /**
     * Returns the history of a request that is sent on: the entries so far, of which the last tells why it did not stay, and the new one
     * (RFC 7044 §10.3).
     *
     * @param so the entries of the request; when there are none, one for {@code here} is made
     * @param here where it is now
     * @param next where it is sent
     */
    public static List<HistoryEntry> after(List<HistoryEntry> so, Uri here, Reason why, Uri next) {
        List<HistoryEntry> out = new ArrayList<>(so);
        HistoryEntry last = out.isEmpty() ? new HistoryEntry(here, "1", Optional.empty(), Optional.empty()) : out.remove(out.size() - 1);
        out.add(new HistoryEntry(last.uri, last.index, Optional.of(why), last.cause));
        out.add(new HistoryEntry(next, last.index + ".1", Optional.empty(), Optional.of("mp=" + last.index)));
        return List.copyOf(out);
    }

    /** Returns the value as it goes into the header. */
    @Override
    public String toString() {
        Uri target = uri instanceof SipUri sip && reason.isPresent() ? sip.withHeader("Reason", reason.get().toString()) : uri;
        String tag = cause.map(text -> ";" + text).orElse("");
        return new NameAddr("", target, Parameters.of("index", index)) + tag;
    }
}
