package io.earshot.sdk.internal.call;

import io.earshot.api.Failure;
import io.earshot.api.chat.OutgoingMessage;
import io.earshot.sdk.internal.chat.OutboxEntry;
import io.earshot.sip.im.Cpim;
import io.earshot.sip.im.Imdn;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Uri;
import io.earshot.sip.ua.MessageRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What goes into MESSAGE requests, and which refusals of them may pass. */
final class ChatBodies {
    private static final Set<Integer> PASSING = Set.of(404, 408, 480, 486, 487, 500, 502, 503, 504, 600);
    private static final Cpim.Header NAMESPACE = new Cpim.Header("NS", "imdn <" + Cpim.IMDN_NAMESPACE + ">");

    private ChatBodies() {
    }

    static MessageRequest write(OutboxEntry entry, Uri from) {
        OutgoingMessage message = entry.message();
        MediaType type = MediaType.parse(message.contentType() + ";charset=UTF-8");
        byte[] text = message.text().getBytes(StandardCharsets.UTF_8);
        var headers = CallStarter.headers(message.headers());
        if (message.reports().isEmpty()) {
            return new MessageRequest(type, text, headers);
        }
        List<Cpim.Header> lines = envelope(from, entry.peer(), Instant.ofEpochMilli(entry.created()));
        lines.add(new Cpim.Header("imdn.Message-ID", entry.id()));
        lines.add(new Cpim.Header("imdn.Disposition-Notification",
                message.reports().stream().map(ChatBodies::word).sorted().collect(Collectors.joining(", "))));
        return new MessageRequest(Cpim.TYPE, new Cpim(lines, type, text).toBytes(), headers);
    }

    private static List<Cpim.Header> envelope(Uri from, String to, Instant when) {
        return new ArrayList<>(List.of(new Cpim.Header("From", "<" + from + ">"), new Cpim.Header("To", "<" + to + ">"),
                new Cpim.Header("DateTime", when.truncatedTo(ChronoUnit.SECONDS).toString()), NAMESPACE));
    }

    private static String word(OutgoingMessage.Report report) {
        return switch (report) {
            case DELIVERED -> "positive-delivery";
            case FAILED -> "negative-delivery";
            case DISPLAYED -> "display";
        };
    }

    /** Returns what a sender wants to be told. */
    static Set<OutgoingMessage.Report> wanted(Cpim cpim) {
        return java.util.Arrays.stream(OutgoingMessage.Report.values()).filter(report -> cpim.wishes().contains(word(report)))
                .collect(Collectors.toSet());
    }

    /** RFC 5438 §7: in CPIM, and itself without a wish to be notified. */
    static MessageRequest notification(Imdn imdn, Uri from, String to, Instant now) {
        Cpim cpim = new Cpim(envelope(from, to, now), Imdn.TYPE, imdn.toBytes());
        return new MessageRequest(Cpim.TYPE, cpim.toBytes(), List.of());
    }

    /** Tells whether the peer may be there another time. */
    static boolean mayPass(Failure failure) {
        return failure instanceof Failure.TimedOut || failure instanceof Failure.Unreachable
                || failure.sipStatus().filter(PASSING::contains).isPresent();
    }
}
