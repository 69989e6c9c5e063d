package io.earshot.sip.im;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A message in the common format for instant messages (RFC 3862): headers about the message, headers about its content, the content.
 *
 * @param headers the message headers in order
 * @param type of the content
 * @param content the content; not copied
 */
public record Cpim(List<Header> headers, MediaType type, byte[] content) {
    /** The type of the body. */
    public static final MediaType TYPE = MediaType.of("message", "cpim");
    /** The name space of delivery notifications (RFC 5438 §6). */
    public static final String IMDN_NAMESPACE = "urn:ietf:params:imdn";

    private static final int MOST_HEADERS = 64;

    /**
     * One header line.
     *
     * @param name with its prefix, as {@code imdn.Message-ID}; case counts (RFC 3862 §2.2)
     */
    public record Header(String name, String value) {
        public Header {
            requireNonNull(name, "name");
            if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("line break in the value of CPIM header " + name);
            }
        }
    }

    public Cpim {
        headers = List.copyOf(headers);
        requireNonNull(type, "type");
        requireNonNull(content, "content");
    }

    /** Reads a body; empty when it is none. Lone line feeds are taken as line ends. */
    public static Optional<Cpim> parse(byte[] body) {
        List<Header> headers = new ArrayList<>();
        int content = read(body, 0, headers);
        if (content < 0) {
            return Optional.empty();
        }
        List<Header> mime = new ArrayList<>();
        int start = read(body, content, mime);
        if (start < 0) {
            return Optional.empty();
        }
        try {
            MediaType type = mime.stream().filter(line -> line.name().equalsIgnoreCase("Content-Type")).findFirst()
                .map(line -> MediaType.parse(line.value())).orElse(MediaType.TEXT_PLAIN);
            return Optional.of(new Cpim(headers, type, Arrays.copyOfRange(body, start, body.length)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** Reads lines up to an empty one; returns where what follows it begins, -1 if malformed. */
    private static int read(byte[] body, int from, List<Header> into) {
        int at = from;
        while (at < body.length) {
            int end = at;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            int stop = end > at && body[end - 1] == '\r' ? end - 1 : end;
            String line = new String(body, at, stop - at, StandardCharsets.UTF_8);
            at = Math.min(body.length, end + 1);
            if (line.isEmpty()) {
                return at;
            }
            int colon = line.indexOf(':');
            if (colon <= 0 || into.size() >= MOST_HEADERS || line.indexOf('\r') >= 0) {
                return -1;
            }
            into.add(new Header(line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
        }
        return -1;
    }

    /** Returns the value of the first header of this name without a prefix. */
    public Optional<String> header(String name) {
        return headers.stream().filter(line -> line.name().equals(name)).map(Header::value).findFirst();
    }

    /** Returns the value of the first header of this name in the name space of delivery notifications, whatever prefix it has here. */
    public Optional<String> imdn(String name) {
        String prefix = headers.stream().filter(line -> line.name().equals("NS") && line.value().contains("<" + IMDN_NAMESPACE + ">"))
            .map(line -> line.value().substring(0, line.value().indexOf('<')).strip()).findFirst().orElse("imdn");
        return header(prefix.isEmpty() ? name : prefix + "." + name);
    }

    /** Returns what the sender wants to hear of, in lower case: {@code positive-delivery}, {@code display}, … */
    public List<String> wishes() {
        return imdn("Disposition-Notification").stream().flatMap(list -> Arrays.stream(list.split(",")))
            .map(wish -> wish.strip().toLowerCase(Locale.ROOT)).filter(wish -> !wish.isEmpty()).toList();
    }

    /** Returns the body. */
    public byte[] toBytes() {
        StringBuilder head = new StringBuilder();
        headers.forEach(line -> head.append(line.name()).append(": ").append(line.value()).append("\r\n"));
        head.append("\r\nContent-Type: ").append(type).append("\r\n\r\n");
        byte[] front = head.toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(front, front.length + content.length);
        System.arraycopy(content, 0, all, front.length, content.length);
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cpim cpim && headers.equals(cpim.headers) && type.equals(cpim.type) && Arrays.equals(content, cpim.content);
    }

    @Override
    public int hashCode() {
        return 31 * headers.hashCode() + Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return "Cpim[" + headers.size() + " headers, " + type + ", " + content.length + " bytes]";
    }
}
