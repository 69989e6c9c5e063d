package io.earshot.sdk.internal.record;

import io.earshot.api.audio.RecordingPolicy;
import io.earshot.api.audio.RecordingPolicy.Naming;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Names files of recordings. Stateless. */
public final class RecordingNames {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);
    private static final int MOST_PART = 60;

    /**
     * What names are made of.
     *
     * @param peer address of the peer
     * @param user address of the account
     */
    public record Facts(ZonedDateTime time, String peer, String user, String callId) { }

    private RecordingNames() {
    }

    /** Returns a file that is not there yet. */
    public static Path next(RecordingPolicy policy, Facts facts) {
        String stem = stem(policy.naming(), policy.prefix(), facts, "-");
        String end = "." + policy.config().format().extension();
        Path file = policy.folder().resolve(stem + end);
        for (int next = 2; isThere(file, stem, end); next++) {
            file = policy.folder().resolve(stem + "-" + next + end);
        }
        return file;
    }

    /**
     * Returns a name without its ending.
     *
     * @param prefix what it begins with, which can be part of a file's name
     * @param between what stands between its parts
     */
    public static String stem(Naming naming, String prefix, Facts facts, String between) {
        String time = TIME.format(facts.time) + between;
        return prefix + switch (naming) {
            case TIME_AND_PEER -> time + user(facts.peer);
            case TIME_AND_CALL_ID -> time + clean(facts.callId);
            case CALL_ID -> clean(facts.callId);
            case TIME_AND_USER -> time + user(facts.user);
            case TIME_USER_AND_PEER -> time + user(facts.user) + between + user(facts.peer);
        };
    }

    /** GSM makes two files of one name. */
    private static boolean isThere(Path file, String stem, String end) {
        String name = file.getFileName().toString();
        String base = name.substring(0, name.length() - end.length());
        return Files.exists(file) || Files.exists(file.resolveSibling(base + "-in" + end));
    }

    /** Returns the user of an address, as far as it can be part of a file's name. */
    private static String user(String address) {
        String bare = address.replaceFirst("^[a-zA-Z]+:", "");
        int at = bare.indexOf('@');
        return clean(at > 0 ? bare.substring(0, at) : bare);
    }

    private static String clean(String text) {
        String safe = text.replaceAll("[^A-Za-z0-9+_.@-]", "_").replaceFirst("^\\.+", "_");
        return safe.isEmpty() ? "unknown" : safe.substring(0, Math.min(MOST_PART, safe.length()));
    }
}
