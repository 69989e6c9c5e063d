package io.earshot.sdk.classic;

import io.earshot.api.chat.MessageEvent;
import io.earshot.api.chat.MessageOutcome;
import io.earshot.api.chat.OutgoingMessage;
import io.earshot.api.chat.OutgoingMessage.Offline;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Chat as the classic functions and notifications have it. */
final class ClassicChat {
    private static final int DISABLED = 0;
    private static final int RECEIVE_OFF = 1;
    private static final int SEND_OFF = 2;
    /** Stands for no group (B-126). */
    private static final String NO_GROUP = "null";
    /** Stands for "no line" in chat notifications. */
    private static final String LINE = "1";

    private final Supplier<Settings> source;
    private final Consumer<Notification> sink;
    /** What was sent, by the message's id, for its reports. */
    private final Map<String, Sent> sent = new ConcurrentHashMap<>();

    /** What takes messages to a peer: an account, or a call. */
    interface Way {
        CompletableFuture<MessageOutcome> send(String peer, OutgoingMessage message);
    }

    private record Sent(String group, String md5) { }

    /**
     * How chat behaves.
     *
     * @param mode the parameter textmessaging
     * @param offline the parameter offlinechat
     * @param type of what is sent
     */
    record Settings(int mode, Offline offline, String type) {
        static Settings of(ClassicParameters from) {
            Offline offline = switch ((int) from.number("offlinechat")) {
                case 0 -> Offline.NEVER;
                case 2 -> Offline.ALWAYS;
                default -> Offline.WHEN_AWAY;
            };
            return new Settings((int) from.number("textmessaging"), offline, from.text("pjsua.send_im.mime_type"));
        }
    }

    ClassicChat(Supplier<Settings> settings, Consumer<Notification> sink) {
        this.source = settings;
        this.sink = sink;
    }

    /**
     * Sends a message.
     *
     * @param peer empty to send it to each member of the group
     * @param group its members, joined by {@code |}; empty or {@code null} when there is none
     * @param sms whether the server may make a short message of it (B-129)
     */
    void send(Way way, String peer, String group, String text, boolean sms) {
        Settings settings = source.get();
        if (group.strip().equalsIgnoreCase(NO_GROUP)) {
            send(way, peer, "", text, sms);
            return;
        }
        if (settings.mode == DISABLED || settings.mode == SEND_OFF) {
            sink.accept(Notification.event("ERROR", "Chat is switched off: the parameter textmessaging is " + settings.mode + "."));
            return;
        }
        if (peer.isBlank() && !group.isBlank()) {
            for (String member : group.split("\\|")) {
                send(way, member.strip(), group, text, sms);
            }
            return;
        }
        String said = group.isEmpty() ? text : "GROUP: " + group + ": " + text;
        OutgoingMessage message = OutgoingMessage.of(said).withContentType(settings.type).withOffline(settings.offline);
        String user = ClassicLine.userOf(peer);
        String md5 = md5(text);
        report(user, 0, "", new Sent(group, md5));
        report(user, 1, "", new Sent(group, md5));
        way.send(peer, sms ? message.withHeader("X-Sms", "Yes") : message).whenComplete((outcome, refused) -> {
            Sent what = new Sent(group, md5);
            if (refused != null) {
                sink.accept(Notification.event("WARNING", "chat message not delivered"));
                Throwable cause = refused.getCause() == null ? refused : refused.getCause();
                report(user, 3, String.valueOf(cause.getMessage()), what);
            } else if (outcome.kind() == MessageOutcome.Kind.QUEUED) {
                sent.put(outcome.id(), what);
                report(user, 4, "", what);
            } else {
                delivered(user, what);
            }
        });
    }

    private void delivered(String user, Sent what) {
        sink.accept(Notification.event("EVENT", "chat sent successfully"));
        report(user, 2, "", what);
    }

    /** Something happened to a message of the account. */
    void on(MessageEvent event) {
        String user = ClassicLine.userOf(event.peer());
        if (event instanceof MessageEvent.Received received) {
            Settings settings = source.get();
            if (settings.mode != DISABLED && settings.mode != RECEIVE_OFF) {
                sink.accept(new Notification(1, List.of("CHAT", LINE, user, field(received.message().text().stripTrailing()))));
            }
        } else if (event instanceof MessageEvent.Composing composing) {
            sink.accept(new Notification(1, List.of("CHATCOMPOSING", LINE, user, composing.active() ? "1" : "2")));
        } else if (event instanceof MessageEvent.Sent later) {
            Sent what = sent.remove(later.id());
            if (what != null) {
                delivered(user, what);
            }
        } else if (event instanceof MessageEvent.Failed failed) {
            Sent what = sent.remove(failed.id());
            if (what != null) {
                report(user, 3, failed.why().sentence(), what);
            }
        }
    }

    /** Text that would break the line of a notification goes as Base64 (B-125). */
    private static String field(String text) {
        boolean plain = text.indexOf(',') < 0 && text.indexOf('\n') < 0 && text.indexOf('\r') < 0 && !text.startsWith("_BASE64_");
        return plain ? text : "_BASE64_" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void report(String user, int status, String text, Sent what) {
        sink.accept(new Notification(1, List.of("CHATREPORT", LINE, user, Integer.toString(status), text.replace(',', ';'), what.group,
                what.md5)));
    }

    /** The classic interface names texts by their MD5; nothing is protected by it. */
    private static String md5(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return String.format("%032x", new BigInteger(1, sum));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
