package io.earshot.sdk.classic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where parameters come from: from weak to strong, what was stored, {@code wpcfg.ini}, environment variables {@code wp_*}, and the command
 * line. What programs set later by API_SetParameter and what the server sends are applied on top of it.
 */
public final class ParameterSources {
    /** The name of the configuration file beside the program. */
    public static final String FILE = "wpcfg.ini";
    private static final String PREFIX = "wp_";
    private static final long MOST = 1 << 20;
    private final List<String> lines = new ArrayList<>();

    /** Starts with nothing. */
    public ParameterSources() {
    }

    /** Adds a configuration file: {@code name=value} lines; empty lines, [sections] and lines that start with ; or # are left out. */
    public ParameterSources file(Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            if (Files.size(file) > MOST) {
                throw new IOException("the configuration file " + file + " is larger than 1 MiB");
            }
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace("\uFEFF", "");
            text.lines().map(String::strip).filter(line -> !line.isEmpty() && ";#[".indexOf(line.charAt(0)) < 0).forEach(lines::add);
        }
        return this;
    }

    /** Adds the environment variables whose names start with {@code wp_}. */
    public ParameterSources environment(Map<String, String> variables) {
        variables.entrySet().stream().filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).startsWith(PREFIX))
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> lines.add(entry.getKey().substring(PREFIX.length()) + "=" + entry.getValue()));
        return this;
    }

    /** Adds arguments of the command line. */
    public ParameterSources arguments(List<String> arguments) {
        lines.addAll(arguments);
        return this;
    }

    /** Returns all as arguments, the strongest last. */
    public List<String> lines() {
        return List.copyOf(lines);
    }
}
