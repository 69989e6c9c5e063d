package io.earshot.sdk.internal.call;

import io.earshot.api.raw.SipTraffic;
import io.earshot.api.transport.spi.Flow;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows SIP messages to whom wants to see them; costs nothing while nobody does. Pieces of streams are put together by Content-Length.
 * Confined to the signalling loop but for {@link #watch}.
 */
final class Traffic {
    private static final Pattern LENGTH = Pattern.compile("(?im)^(?:content-length|l)[ \t]*:[ \t]*([0-9]{1,7})");
    private static final String END = "\r\n\r\n";
    private static final int MOST = 1 << 17;

    private final List<Consumer<SipTraffic>> watchers = new CopyOnWriteArrayList<>();
    private final Map<Flow, String> pieces = new HashMap<>();

    void watch(Consumer<SipTraffic> watcher) {
        watchers.add(watcher);
    }

    void sent(String protocol, InetSocketAddress peer, byte[] message) {
        if (!watchers.isEmpty()) {
            tell(new SipTraffic(true, protocol, Signalling.text(peer), new String(message, StandardCharsets.UTF_8)));
        }
    }

    /** Takes what came in, without moving the buffer's position. */
    void received(Flow flow, ByteBuffer data) {
        if (watchers.isEmpty()) {
            return;
        }
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        // One character a byte, so that lengths are right until a message is whole.
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        boolean stream = flow.protocol().equals("TCP") || flow.protocol().equals("TLS");
        if (stream) {
            cut(flow, pieces.getOrDefault(flow, "") + text);
        } else {
            tell(flow, text);
        }
    }

    private void cut(Flow flow, String all) {
        String rest = all.replaceFirst("^[\r\n]+", "");
        for (int end = end(rest); end > 0 && end <= rest.length(); end = end(rest)) {
            tell(flow, rest.substring(0, end));
            rest = rest.substring(end).replaceFirst("^[\r\n]+", "");
        }
        if (rest.isEmpty() || rest.length() > MOST) {
            pieces.remove(flow);
        } else {
            pieces.put(flow, rest);
        }
    }

    /** Returns where the first message ends, -1 while its header does not. */
    private static int end(String text) {
        int body = text.indexOf(END);
        if (body < 0) {
            return -1;
        }
        Matcher length = LENGTH.matcher(text.substring(0, body));
        return body + END.length() + (length.find() ? Integer.parseInt(length.group(1)) : 0);
    }

    void closed(Flow flow) {
        pieces.remove(flow);
    }

    private void tell(Flow flow, String latin) {
        if (!latin.isBlank()) {
            tell(new SipTraffic(false, flow.protocol(), Signalling.text(flow.remote()),
                    new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)));
        }
    }

    private void tell(SipTraffic message) {
        watchers.forEach(watcher -> watcher.accept(message));
    }
}
