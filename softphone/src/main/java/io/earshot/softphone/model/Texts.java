package io.earshot.softphone.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** The words on the window, in the language of the parameters. Immutable. */
public final class Texts {
    private final Map<String, String> words;

    private Texts(Map<String, String> words) {
        this.words = Map.copyOf(words);
    }

    /** Returns the words of a language by its code; English where there are none. */
    public static Texts in(String language) {
        Map<String, String> words = new HashMap<>();
        try (InputStream in = Texts.class.getResourceAsStream("/io/earshot/softphone/texts_" + language + ".properties")) {
            if (in != null) {
                Properties lines = new Properties();
                lines.load(new InputStreamReader(in, StandardCharsets.UTF_8));
                lines.stringPropertyNames().forEach(key -> words.put(key, lines.getProperty(key)));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return new Texts(words);
    }

    /** Returns a word of the window; one that is not translated stays English. */
    public String of(String english) {
        return words.getOrDefault(english, english);
    }
}
