package io.earshot.control.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** The page that shows and tries the operations. */
public final class Pages {
    private static final Map<String, String> FILES = Map.of("/", "console.html", "/console.js", "console.js", "/console.css",
            "console.css");
    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8", "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8");

    private Pages() {
    }

    /** Tells whether there is a page at a path. */
    public static boolean isPage(String path) {
        return FILES.containsKey(path);
    }

    /** Returns the media type of a page. */
    public static String type(String path) {
        String file = FILES.get(path);
        return TYPES.get(file.substring(file.lastIndexOf('.') + 1));
    }

    /** Returns a page. */
    public static byte[] content(String path) {
        try (InputStream in = Objects.requireNonNull(Pages.class.getResourceAsStream(FILES.get(path)))) {
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
