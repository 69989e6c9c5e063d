package io.earshot.sip.im;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A delivery notification (RFC 5438 §7): what became of a message.
 *
 * @param messageId that of the message it is about
 * @param dateTime when that message was sent, in the form of RFC 3339; may be empty
 * @param kind what is reported
 * @param positive whether it was delivered, displayed or processed
 * @param status the word of the notification: {@code delivered}, {@code failed}, {@code forbidden}, {@code displayed}, {@code error}, …
 */
public record Imdn(String messageId, String dateTime, Kind kind, boolean positive, String status) {
    /** The type of the body. */
    public static final MediaType TYPE = MediaType.of("message", "imdn+xml");

    private static final int LONGEST_ID = 256;

    /** What is reported. */
    public enum Kind { DELIVERY, DISPLAY, PROCESSING }

    public Imdn {
        requireNonNull(messageId, "messageId");
        requireNonNull(dateTime, "dateTime");
        requireNonNull(kind, "kind");
        requireNonNull(status, "status");
    }

    /** Returns the notification that a message arrived. */
    public static Imdn delivered(String messageId, String dateTime) {
        return new Imdn(messageId, dateTime, Kind.DELIVERY, true, "delivered");
    }

    /** Returns the notification that a message cannot be taken. */
    public static Imdn failed(String messageId, String dateTime) {
        return new Imdn(messageId, dateTime, Kind.DELIVERY, false, "failed");
    }

    /** Returns the notification that a message was shown to the user. */
    public static Imdn displayed(String messageId, String dateTime) {
        return new Imdn(messageId, dateTime, Kind.DISPLAY, true, "displayed");
    }

    /** Reads a body; empty when it is none. */
    public static Optional<Imdn> parse(byte[] body) {
        Optional<Markup> document = Markup.of(new String(body, StandardCharsets.UTF_8)).flatMap(all -> all.within("imdn"));
        Optional<String> id = document.flatMap(imdn -> imdn.textOf("message-id")).filter(text -> !text.isEmpty()
            && text.length() <= LONGEST_ID);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        for (Kind kind : Kind.values()) {
            Optional<Markup> status = document.get().within(element(kind)).flatMap(inner -> inner.within("status"));
            if (status.isPresent()) {
                for (String word : new String[] {"delivered", "displayed", "processed", "stored", "failed", "forbidden", "error"}) {
                    if (status.get().has(word)) {
                        boolean positive = word.equals("delivered") || word.equals("displayed") || word.equals("processed");
                        return Optional.of(new Imdn(id.get(), document.get().textOf("datetime").orElse(""), kind, positive, word));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static String element(Kind kind) {
        return switch (kind) {
            case DELIVERY -> "delivery-notification";
            case DISPLAY -> "display-notification";
            case PROCESSING -> "processing-notification";
        };
    }

    /** Returns the body. */
    public byte[] toBytes() {
        return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<imdn xmlns=\"urn:ietf:params:xml:ns:imdn\">\r\n<message-id>"
            + Markup.escaped(messageId) + "</message-id>\r\n<datetime>" + Markup.escaped(dateTime) + "</datetime>\r\n<" + element(kind)
            + "><status><" + status + "/></status></" + element(kind) + ">\r\n</imdn>\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
