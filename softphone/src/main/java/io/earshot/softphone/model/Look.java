package io.earshot.softphone.model;

import java.util.Locale;

/** The looks that {@code lookandfeel} may name. */
public enum Look {
    /** Ours, light. */
    LIGHT("com.formdev.flatlaf.FlatLightLaf"),
    /** Ours, dark. */
    DARK("com.formdev.flatlaf.FlatDarkLaf"),
    /** Ours as macOS has it. */
    MAC("com.formdev.flatlaf.themes.FlatMacLightLaf"),
    /** That of Java. */
    METAL("javax.swing.plaf.metal.MetalLookAndFeel"),
    /** That of old Unix. */
    MOTIF("com.sun.java.swing.plaf.motif.MotifLookAndFeel"),
    /** That of Windows, on Windows. */
    WINDOWS("com.sun.java.swing.plaf.windows.WindowsLookAndFeel"),
    /** That of the system. */
    SYSTEM("");

    private final String className;

    Look(String className) {
        this.className = className;
    }

    /** Returns the class that has it; empty for that of the system. */
    public String className() {
        return className;
    }

    /** Reads a name; one that is not known means the look of the system (coverage §4). */
    public static Look of(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "", "light", "flat" -> LIGHT;
            case "dark" -> DARK;
            case "mac" -> MAC;
            case "metal" -> METAL;
            case "motif" -> MOTIF;
            case "windows" -> WINDOWS;
            default -> SYSTEM;
        };
    }
}
