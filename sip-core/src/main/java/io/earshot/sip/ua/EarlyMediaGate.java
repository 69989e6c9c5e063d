package io.earshot.sip.ua;

import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Response;
import io.earshot.sip.sdp.SessionDescription;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the network lets us hear a phone before it answers (RFC 5009): what is not authorized is as if it were not there, until a later
 * response authorizes it. Without a word of the network sound is heard. What is heard already stays.
 */
final class EarlyMediaGate {
    /** What the INVITE of somebody says who understands the header. */
    static final String SUPPORTED = "supported";
    /** Sound both ways. */
    static final String BOTH = "sendrecv";

    private final boolean used;
    /** Descriptions that wait for authorization, by the tag of their fork. */
    private final Map<String, SessionDescription> waiting = new HashMap<>();
    private final Map<String, Boolean> closed = new HashMap<>();

    EarlyMediaGate(CallPolicy policy) {
        used = policy.earlyMediaHeader();
    }

    /** Returns the description that may be heard after this response: that of the response, or one that came before. */
    Optional<SessionDescription> pass(String fork, Response response, Optional<SessionDescription> preview) {
        if (!used) {
            return preview;
        }
        preview.ifPresent(description -> waiting.put(fork, description));
        authorization(response).ifPresent(open -> closed.put(fork, !open));
        return closed.getOrDefault(fork, false) ? Optional.empty() : Optional.ofNullable(waiting.remove(fork));
    }

    /** A fork is over. */
    void forget(String fork) {
        waiting.remove(fork);
        closed.remove(fork);
    }

    /** Returns what the network says of the first stream, which is our sound; {@code gated} and what is unknown say nothing of that. */
    private static Optional<Boolean> authorization(Response response) {
        return response.values(HeaderName.P_EARLY_MEDIA).stream().flatMap(value -> Arrays.stream(value.split(",")))
            .map(word -> word.strip().toLowerCase(Locale.ROOT)).flatMap(word -> switch (word) {
                case BOTH, "sendonly" -> Optional.of(true).stream();
                case "recvonly", "inactive" -> Optional.of(false).stream();
                default -> Optional.<Boolean>empty().stream();
            }).findFirst();
    }
}
