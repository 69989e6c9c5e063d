package io.earshot.softphone.model;

import java.util.ArrayList;
import java.util.List;

/** The numbers called, the newest first, each once. Confined to one thread. */
public final class History {
    private static final int MOST = 50;
    private static final int LONGEST = 256;
    private final List<String> numbers = new ArrayList<>();

    /** Makes an empty one. */
    public History() {
    }

    /** Reads what {@link #text()} wrote. */
    public static History of(String text) {
        History read = new History();
        List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty() && line.length() <= LONGEST).limit(MOST)
                .toList();
        for (int i = lines.size() - 1; i >= 0; i--) {
            read.add(lines.get(i));
        }
        return read;
    }

    /** Adds a number; what is blank is none. */
    public void add(String number) {
        String clean = number.strip();
        if (!clean.isEmpty() && clean.length() <= LONGEST && clean.indexOf('\n') < 0) {
            numbers.remove(clean);
            numbers.add(0, clean);
            if (numbers.size() > MOST) {
                numbers.remove(MOST);
            }
        }
    }

    /** Returns the numbers. */
    public List<String> numbers() {
        return List.copyOf(numbers);
    }

    /** Returns them as a text, a line each. */
    public String text() {
        return String.join("\n", numbers);
    }
}
