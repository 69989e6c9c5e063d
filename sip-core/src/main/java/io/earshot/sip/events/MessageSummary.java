package io.earshot.sip.events;

import io.earshot.sip.message.MediaType;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What lies in a mailbox (RFC 3842).
 *
 * @param waiting whether there are new messages
 * @param account where to call to hear them, as sent
 * @param counts by the class of message: {@code voice-message}, {@code fax-message}, …; in lower case
 */
public record MessageSummary(boolean waiting, Optional<String> account, Map<String, Counts> counts) {
    /** {@code application/simple-message-summary}. */
    public static final MediaType TYPE = MediaType.of("application", "simple-message-summary");
    /** The class of what a caller has spoken. */
    public static final String VOICE = "voice-message";
    private static final int MOST_LINES = 200;

    /** How many there are; the urgent ones are among the others. */
    public record Counts(long fresh, long old, long urgentFresh, long urgentOld) {
        /** Nothing. */
        public static final Counts NONE = new Counts(0, 0, 0, 0);

        @Override
        public String toString() {
            return fresh + "/" + old + " (" + urgentFresh + "/" + urgentOld + ")";
        }
    }

    public MessageSummary {
        counts = Map.copyOf(counts);
    }

    /** Returns the voice messages. */
    public Counts voice() {
        return counts.getOrDefault(VOICE, Counts.NONE);
    }

    /** Reads a document; lines that are not understood are left out. */
    public static Reading<MessageSummary> parse(String text) {
        Optional<Boolean> waiting = Optional.empty();
        Optional<String> account = Optional.empty();
        Map<String, Counts> counts = new LinkedHashMap<>();
        for (String line : text.lines().limit(MOST_LINES).toList()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                continue;
            }
            String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            if (name.equals("messages-waiting")) {
                waiting = Optional.of(value.equalsIgnoreCase("yes"));
            } else if (name.equals("message-account")) {
                account = Optional.of(value).filter(known -> !known.isEmpty());
            } else if (name.endsWith("-message") || name.equals("none")) {
                counts(value).ifPresent(known -> counts.put(name, known));
            }
        }
        if (waiting.isEmpty() && counts.isEmpty()) {
            return new Reading.Malformed<>("there is no Messages-Waiting line");
        }
        boolean any = counts.values().stream().anyMatch(known -> known.fresh > 0);
        return new Reading.Read<>(new MessageSummary(waiting.orElse(any), account, counts));
    }

    /** Reads {@code 2/8 (0/2)}; the part in brackets may be missing. */
    private static Optional<Counts> counts(String text) {
        String[] numbers = text.replace('(', '/').replace(")", "").replace(" ", "").split("/", -1);
        long[] known = new long[4];
        if (numbers.length != 2 && numbers.length != 4) {
            return Optional.empty();
        }
        for (int i = 0; i < numbers.length; i++) {
            if (!numbers[i].matches("[0-9]{1,9}")) {
                return Optional.empty();
            }
            known[i] = Long.parseLong(numbers[i]);
        }
        return Optional.of(new Counts(known[0], known[1], known[2], known[3]));
    }

    /** Returns the document. */
    public String write() {
        StringBuilder out = new StringBuilder("Messages-Waiting: ").append(waiting ? "yes" : "no").append("\r\n");
        account.ifPresent(known -> out.append("Message-Account: ").append(known).append("\r\n"));
        new java.util.TreeMap<>(counts).forEach((name, known) -> out.append(name.substring(0, 1).toUpperCase(Locale.ROOT))
            .append(name, 1, name.length()).append(": ").append(known).append("\r\n"));
        return out.toString();
    }
}
