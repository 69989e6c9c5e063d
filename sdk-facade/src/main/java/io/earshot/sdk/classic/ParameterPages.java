package io.earshot.sdk.classic;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** The registry as pages to read. */
final class ParameterPages {
    private ParameterPages() {
    }

    /** Returns a page of help: a line for each parameter that does something, by topic. */
    static String help() {
        StringJoiner lines = new StringJoiner(System.lineSeparator());
        for (ParameterGroup group : ParameterGroup.values()) {
            List<ClassicParameter> rows = of(group).stream().filter(row -> row.effect() instanceof ParameterEffect.Implemented).toList();
            if (!rows.isEmpty()) {
                lines.add("").add(group.title() + ":");
            }
            for (ClassicParameter row : rows) {
                lines.add(String.format(Locale.ROOT, "  %-18s %s%s", row.name(), row.summary(),
                        row.standard().isEmpty() ? "" : " [" + row.standard() + "]"));
            }
        }
        return lines.toString();
    }

    /** Returns everything about one parameter. */
    static String explain(ClassicParameter row) {
        StringJoiner lines = new StringJoiner(System.lineSeparator());
        lines.add(row.name() + ": " + row.summary());
        if (!row.aliases().isEmpty()) {
            lines.add("also called: " + String.join(", ", row.aliases()));
        }
        lines.add("topic: " + row.group().title());
        lines.add("values: " + row.values().allowed());
        lines.add("default: " + (row.standard().isEmpty() ? "empty" : row.standard()));
        lines.add("a change takes effect: " + row.change().text());
        lines.add(effect(row));
        return lines.toString();
    }

    /** Returns the page docs/parameters.md. */
    static String document() {
        StringBuilder page = new StringBuilder("# Parameters\n\nGenerated from the registry; do not edit. Names are compared without "
                + "regard "
                + "to case. `DEF` as a value takes the default, `NULL` empties; a value that starts with `encrypted__4__` goes on in "
                        + "base64.\n");
        for (ParameterGroup group : ParameterGroup.values()) {
            List<ClassicParameter> rows = of(group);
            if (rows.isEmpty()) {
                continue;
            }
            page.append("\n## ").append(group.title())
                    .append("\n\n| name | values | default | what it does | here | a change takes effect |\n")
                    .append("|---|---|---|---|---|---|\n");
            for (ClassicParameter row : rows) {
                page.append("| `").append(row.name()).append('`');
                row.aliases().forEach(alias -> page.append(" `").append(alias).append('`'));
                page.append(" | ").append(cell(row.values().allowed())).append(" | ").append(cell(row.standard())).append(" | ")
                        .append(cell(row.summary())).append(" | ").append(cell(effect(row))).append(" | ").append(row.change().text())
                        .append(" |\n");
            }
        }
        return page.toString();
    }

    private static String effect(ClassicParameter row) {
        if (row.effect() instanceof ParameterEffect.Mapped mapped) {
            return "mapped: " + mapped.equivalent();
        }
        return row.effect() instanceof ParameterEffect.None none ? "without effect: " + none.reason() : "implemented";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }

    private static List<ClassicParameter> of(ParameterGroup group) {
        return ClassicRegistry.ROWS.stream().filter(row -> row.group() == group).toList();
    }
}
