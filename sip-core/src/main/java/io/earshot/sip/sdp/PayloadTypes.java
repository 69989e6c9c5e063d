package io.earshot.sip.sdp;

import io.earshot.api.codec.spi.CodecDescriptor;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which payload type we gave to what, over the whole life of a session: a number may not change its meaning from one offer to the next
 * (RFC 3264 §8.3.2), since packets of both may be under way. Immutable.
 */
record PayloadTypes(Map<Integer, String> meanings) {
    static final PayloadTypes NONE = new PayloadTypes(Map.of());

    private static final int TELEPHONE_EVENT = 101;

    PayloadTypes {
        meanings = Map.copyOf(meanings);
    }

    /** What names a codec whatever packet time is agreed on. */
    static String key(CodecDescriptor codec) {
        return codec.name() + "/" + codec.rtpClockRate() + "/" + codec.rtpChannels() + " of " + codec.sampleRate() + "/" + codec.channels();
    }

    static String eventKey(int clockRate) {
        return "telephone-event/" + clockRate;
    }

    PayloadTypes with(Map<Integer, String> more) {
        Map<Integer, String> out = new LinkedHashMap<>(meanings);
        out.putAll(more);
        return new PayloadTypes(out);
    }

    /** Hands out the numbers of one offer. */
    final class Allocation {
        private final Map<Integer, String> given = new LinkedHashMap<>();
        private final Set<Integer> wanted = new HashSet<>();

        Allocation(AudioCapabilities capabilities) {
            capabilities.formats().forEach(format -> wanted.add(format.payloadType()));
            wanted.add(TELEPHONE_EVENT);
        }

        /** Returns the number this had before, or the preferred one if it is free, or any free one; empty when all are gone. */
        Optional<Integer> number(String key, int preferred) {
            Optional<Integer> number = meanings.entrySet().stream()
                .filter(entry -> entry.getValue().equals(key) && !given.containsKey(entry.getKey()))
                .map(Map.Entry::getKey).min(Integer::compare);
            if (number.isEmpty() && preferred >= 0 && isFree(preferred, key)) {
                number = Optional.of(preferred);
            }
            if (number.isEmpty()) {
                number = anyOf(96, 127, key).or(() -> anyOf(35, 63, key));
            }
            number.ifPresent(chosen -> given.put(chosen, key));
            return number;
        }

        /** Returns the number that this offer has given to something. */
        Optional<Integer> numberOf(String key) {
            return given.entrySet().stream().filter(entry -> entry.getValue().equals(key)).map(Map.Entry::getKey).findFirst();
        }

        Optional<Integer> eventNumber(int clockRate) {
            return number(eventKey(clockRate), TELEPHONE_EVENT);
        }

        /** Never 64 to 95, which look like RTCP where both share a port (RFC 5761 §4). */
        private Optional<Integer> anyOf(int from, int to, String key) {
            for (int candidate = from; candidate <= to; candidate++) {
                if (!wanted.contains(candidate) && isFree(candidate, key)) {
                    return Optional.of(candidate);
                }
            }
            return Optional.empty();
        }

        private boolean isFree(int candidate, String key) {
            return !given.containsKey(candidate) && meanings.getOrDefault(candidate, key).equals(key);
        }

        Map<Integer, String> given() {
            return given;
        }
    }
}
