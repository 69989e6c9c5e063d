package io.earshot.sdk.classic;

import io.earshot.api.Phone;
import io.earshot.api.raw.SipTraffic;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The last SIP messages, of all and of each call (API_GetSIPMessage and its relatives). Safe for use by any thread. */
final class ClassicTraffic {
    private static final int MOST_CALLS = 64;
    private static final Pattern CALL_ID = Pattern.compile("(?im)^(?:call-id|i)[ \t]*:[ \t]*([^\r\n]+?)[ \t]*\r?$");

    private final Map<String, String> last = new ConcurrentHashMap<>();
    private final ConcurrentLinkedDeque<String> calls = new ConcurrentLinkedDeque<>();
    private final ClassicPhone phone;
    private final Consumer<SipTraffic> server;

    /** What a message can be asked for as: the numbers of API_GetSIPMessage. */
    private enum Kind { ANY, REQUEST, ANSWER, INVITE, OK }

    ClassicTraffic(ClassicPhone phone, Consumer<SipTraffic> server) {
        this.phone = phone;
        this.server = server;
    }

    void watch(Phone phone) {
        phone.raw().watch(this::on);
    }

    void on(SipTraffic message) {
        String text = message.text();
        if (phone.logsTraffic()) {
            phone.log((message.sent() ? "sent to " : "received from ") + message.transport() + " " + message.peer() + ": " + text);
        }
        server.accept(message);
        Matcher header = CALL_ID.matcher(text);
        String call = header.find() ? header.group(1) : "";
        boolean answer = text.startsWith("SIP/2.0 ");
        boolean kept = !call.isEmpty() && known(call);
        for (Kind kind : Kind.values()) {
            boolean fits = switch (kind) {
                case ANY -> true;
                case REQUEST -> !answer;
                case ANSWER -> answer;
                case INVITE -> text.startsWith("INVITE ");
                case OK -> text.startsWith("SIP/2.0 200 ");
            };
            if (fits) {
                last.put(key("", message.sent(), kind.ordinal()), text);
                if (kept) {
                    last.put(key(call, message.sent(), kind.ordinal()), text);
                }
            }
        }
    }

    /** The oldest calls are forgotten. */
    private boolean known(String call) {
        if (!calls.contains(call)) {
            calls.add(call);
            while (calls.size() > MOST_CALLS) {
                String old = calls.poll();
                last.keySet().removeIf(key -> key.startsWith(old + " "));
            }
        }
        return true;
    }

    private static String key(String call, boolean sent, int kind) {
        return call + " " + sent + " " + kind;
    }

    /**
     * Returns a message.
     *
     * @param call a Call-ID; empty for any
     * @param kind 0 any, 1 a request, 2 an answer, 3 an INVITE, 4 a 200
     */
    Optional<String> last(String call, boolean sent, int kind) {
        return Optional.ofNullable(last.get(key(call, sent, kind)));
    }
}
