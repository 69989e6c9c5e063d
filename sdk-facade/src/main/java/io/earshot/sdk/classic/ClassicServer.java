package io.earshot.sdk.classic;

import io.earshot.api.raw.SipTraffic;
import io.earshot.sdk.internal.loop.Published;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What our server says in headers beside the calls: parameters ({@code x-mparam}, {@code x-mparamp}, B-036), the balance
 * ({@code X-Credit}) and the price of a call ({@code X-Rating}). Our server is where our REGISTERs go; what others say is not done.
 */
final class ClassicServer {
    private static final String PASSING = "x-mparam";
    private static final String LASTING = "x-mparamp";
    private static final Map<String, String> TOLD = Map.of("x-credit", "CREDIT", "x-rating", "RATING", "x-action", "ACTION");
    private static final int LONGEST = 256;

    private final ClassicPhone phone;
    private final Published<String> server = new Published<>("");
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean warned = new AtomicBoolean();
    private final Map<String, String> said = new ConcurrentHashMap<>();

    ClassicServer(ClassicPhone phone) {
        this.phone = phone;
    }

    void on(SipTraffic message) {
        List<String> lines = message.text().substring(0, headEnd(message.text())).lines().toList();
        if (message.sent()) {
            if (message.text().startsWith("REGISTER ")) {
                server.set(message.peer());
                lines.stream().filter(line -> line.toLowerCase(Locale.ROOT).startsWith("call-id:")).forEach(asked::add);
            }
            return;
        }
        boolean interesting = lines.stream().map(line -> line.toLowerCase(Locale.ROOT))
                .anyMatch(line -> line.startsWith("x-mparam") || TOLD.keySet().stream().anyMatch(line::startsWith));
        if (interesting) {
            boolean ours = isOurs(message, lines);
            if (ours) {
                TOLD.forEach((header, type) -> values(lines, header).forEach(text -> tell(type, text)));
            }
            apply(ServerParameters.read(values(lines, PASSING), values(lines, LASTING), ours));
        }
    }

    /** An answer to a REGISTER of ours is known by its Call-ID, which nobody else can guess; anything else by where it comes from. */
    private boolean isOurs(SipTraffic message, List<String> lines) {
        boolean answer = message.text().startsWith("SIP/2.0 ") && lines.stream().anyMatch(line -> line.endsWith(" REGISTER"));
        return message.peer().equals(server.get())
                && (!answer || lines.stream().anyMatch(line -> asked.contains(line)));
    }

    private static int headEnd(String text) {
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? text.length() : end;
    }

    /** The values of a header, which some servers write with an equals sign instead of the colon (coverage C-43). */
    private static List<String> values(List<String> lines, String name) {
        List<String> found = new ArrayList<>();
        for (String line : lines) {
            if (line.regionMatches(true, 0, name, 0, name.length())) {
                String rest = line.substring(name.length()).strip();
                if (rest.startsWith(":") || rest.startsWith("=")) {
                    found.add(rest.substring(1).strip());
                }
            }
        }
        return found;
    }

    /** Once for each text: a server repeats it in every answer. */
    private void tell(String type, String text) {
        String plain = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        if (!plain.equals(said.put(type, plain))) {
            phone.send(new Notification(1, List.of(type, plain)));
        }
    }

    private void apply(ServerParameters.Verdict verdict) {
        for (ServerParameters.Change change : verdict.changes()) {
            boolean same = phone.parameters().given(change.name()).filter(change.value()::equals).isPresent();
            if (!same && phone.set(List.of(change.name() + "=" + change.value()))) {
                phone.send(Notification.event("EVENT", "the server set parameter " + change.name() + "=" + change.value()));
            }
            if (change.persistent()) {
                phone.parts().saved().parameter(change.name(), change.value());
            }
        }
        // Somebody who floods us with them is told of once.
        if (!verdict.problems().isEmpty() && warned.compareAndSet(false, true)) {
            verdict.problems().forEach(problem -> phone.send(Notification.event("WARNING", problem)));
        }
    }
}
