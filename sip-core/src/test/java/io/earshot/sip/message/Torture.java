package io.earshot.sip.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The messages of RFC 4475 and RFC 5118 by name; the resources say how they are written down. */
public final class Torture {
    private Torture() {
    }

    /** Returns the messages of {@code rfc4475.txt} or {@code rfc5118.txt}. */
    public static Map<String, byte[]> load(String resource) {
        try (InputStream in = Torture.class.getResourceAsStream(resource)) {
            Map<String, byte[]> messages = new LinkedHashMap<>();
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            for (String part : text.split("(?m)^=== ")) {
                if (!part.startsWith("#")) {
                    int line = part.indexOf('\n');
                    String name = part.substring(part.indexOf(' ') + 1, line);
                    messages.put(name, decode(part.substring(line + 1, part.length() - 1)));
                }
            }
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<byte[]> all() {
        List<byte[]> all = new ArrayList<>(load("rfc4475.txt").values());
        all.addAll(load("rfc5118.txt").values());
        return all;
    }

    private static byte[] decode(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                out.write('\r');
                out.write('\n');
            } else if (c == '\\' && text.charAt(i + 1) == '\\') {
                out.write('\\');
                i++;
            } else if (c == '\\') {
                out.write(Integer.parseInt(text.substring(i + 2, i + 4), 16));
                i += 3;
            } else {
                out.write(c);
            }
        }
        return out.toByteArray();
    }
}
