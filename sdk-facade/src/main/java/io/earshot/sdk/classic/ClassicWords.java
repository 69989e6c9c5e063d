package io.earshot.sdk.classic;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Status texts in other languages: parameter {@code language} (or {@code locale}), and only with {@code translatemode=0}, because programs
 * read the English ones. Safe for use by any thread.
 */
final class ClassicWords {
    /** In the order of their numbers. */
    static final List<String> LANGUAGES = List.of("en", "ru", "hu", "ro", "de", "it", "es", "tr", "pt", "ja", "fr");
    private static final List<String> NAMES = List.of("english", "russian", "hungarian", "romanian", "german", "italian", "spanish",
            "turkish", "portuguese", "japanese", "french");
    /** Other names: the classic codes of two languages, and the constants that locales may be written as. */
    private static final Map<String, String> OTHERS = Map.ofEntries(Map.entry("pr", "pt"), Map.entry("jp", "ja"), Map.entry("france", "fr"),
            Map.entry("germany", "de"), Map.entry("italy", "it"), Map.entry("japan", "ja"), Map.entry("uk", "en"), Map.entry("us", "en"),
            Map.entry("canada", "en"), Map.entry("root", "en"));
    private static final int ALL = 0;
    private static final int TEXT = 2;
    private static final Pattern SECONDS = Pattern.compile("(.+) \\((\\d+) sec\\)");
    private static final String STARTING = "Starting call to";

    private final Supplier<ClassicParameters> parameters;
    private final Map<String, Map<String, String>> known = new ConcurrentHashMap<>();

    ClassicWords(Supplier<ClassicParameters> parameters) {
        this.parameters = parameters;
    }

    /** Returns the notification as the user is to read it. */
    Notification translated(Notification notification) {
        if (!notification.type().equals("STATUS") || parameters.get().number("translatemode") != ALL) {
            return notification;
        }
        String language = language();
        if (language.equals("en")) {
            return notification;
        }
        List<String> fields = new ArrayList<>(notification.fields());
        fields.set(TEXT, text(language, fields.get(TEXT)));
        return new Notification(notification.level(), fields);
    }

    /** Returns the code of the language that the parameters name. */
    String language() {
        ClassicParameters now = parameters.get();
        return code(now.given("language").or(() -> now.given("locale")).orElse("en"));
    }

    /** Returns the code of a language by its number, code, name or locale; English where there is none such. */
    static String code(String given) {
        String name = given.strip().toLowerCase(Locale.ROOT);
        if (name.matches("[0-9]{1,2}")) {
            int number = Integer.parseInt(name);
            return number < LANGUAGES.size() ? LANGUAGES.get(number) : "en";
        }
        if (NAMES.contains(name)) {
            return LANGUAGES.get(NAMES.indexOf(name));
        }
        String tag = OTHERS.getOrDefault(name, name.replaceFirst("[-_].*", ""));
        String code = OTHERS.getOrDefault(tag, tag);
        return LANGUAGES.contains(code) ? code : "en";
    }

    /** Returns a status text in a language; one that is not known stays as it is. */
    String text(String language, String english) {
        Map<String, String> words = known.computeIfAbsent(language, ClassicWords::load);
        Matcher lasting = SECONDS.matcher(english);
        if (lasting.matches()) {
            String state = words.getOrDefault(lasting.group(1), lasting.group(1));
            return state + " (" + lasting.group(2) + " " + words.getOrDefault("sec", "sec") + ")";
        }
        if (english.startsWith(STARTING)) {
            return words.getOrDefault(STARTING, STARTING) + english.substring(STARTING.length());
        }
        return words.getOrDefault(english, english);
    }

    static Map<String, String> load(String language) {
        Map<String, String> words = new HashMap<>();
        try (InputStream in = ClassicWords.class.getResourceAsStream("status_" + language + ".properties")) {
            if (in != null) {
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
                Properties lines = new Properties();
                lines.load(reader);
                lines.stringPropertyNames().forEach(key -> words.put(key, lines.getProperty(key)));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return Map.copyOf(words);
    }
}
