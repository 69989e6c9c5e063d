package io.earshot.softphone.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was said in chats, by peer. Confined to one thread. */
public final class ChatLog {
    private static final int MOST = 1000;
    private static final int MOST_PEERS = 200;
    private static final String BASE64 = "_BASE64_";
    private static final int FAILED = 3;
    private static final int DELIVERED = 2;
    private static final int QUEUED = 4;

    private final Map<String, Deque<Said>> peers = new LinkedHashMap<>();

    /** Who said it. */
    public enum From {
        /** Our user. */
        US,
        /** The peer. */
        PEER,
        /** Nobody: what became of a message. */
        REPORT
    }

    /**
     * One text.
     *
     * @param from who said it
     * @param text what
     */
    public record Said(From from, String text) { }

    /** Makes an empty one. */
    public ChatLog() {
    }

    /** Returns the text of a CHAT notification, which may be base64. */
    public static String plain(String field) {
        if (!field.startsWith(BASE64)) {
            return field;
        }
        try {
            return new String(Base64.getDecoder().decode(field.substring(BASE64.length())), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException none) {
            return field;
        }
    }

    /** Adds what somebody said. */
    public void add(String peer, From from, String text) {
        Deque<Said> said = peers.computeIfAbsent(peer, key -> new ArrayDeque<>());
        said.add(new Said(from, text));
        if (said.size() > MOST) {
            said.remove();
        }
        if (peers.size() > MOST_PEERS) {
            peers.remove(peers.keySet().iterator().next());
        }
    }

    /**
     * Adds what became of a message of ours.
     *
     * @param status as CHATREPORT has it
     * @param words the words for delivered, queued, failed
     * @return whether there was something to add
     */
    public boolean report(String peer, int status, String why, Texts words) {
        String text = switch (status) {
            case DELIVERED -> words.of("delivered");
            case FAILED -> words.of("not delivered") + (why.isEmpty() ? "" : ": " + why);
            case QUEUED -> words.of("will be delivered later");
            default -> "";
        };
        if (!text.isEmpty()) {
            add(peer, From.REPORT, text);
        }
        return !text.isEmpty();
    }

    /** Returns who there were chats with. */
    public List<String> peers() {
        return List.copyOf(peers.keySet());
    }

    /** Returns what was said with a peer. */
    public List<Said> with(String peer) {
        return new ArrayList<>(peers.getOrDefault(peer, new ArrayDeque<>()));
    }
}
