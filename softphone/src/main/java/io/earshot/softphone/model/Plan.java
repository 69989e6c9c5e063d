package io.earshot.softphone.model;

import io.earshot.sdk.window.WindowHost;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * What the window looks like, as the parameters of appearance say (B-011). Immutable.
 *
 * @param parts what it has
 * @param compact whether it is the small one, which calls at once
 * @param lines how many buttons for lines it has
 * @param volume how volumes are set
 * @param marks what stands beside the controls of volume
 * @param width in pixels, when given
 * @param height in pixels, when given
 * @param colours what is coloured
 * @param look the look
 */
public record Plan(Set<Part> parts, boolean compact, int lines, Volume volume, Marks marks, OptionalInt width, OptionalInt height,
        Colours colours, Look look) {
    private static final int VERTICAL = 2;
    private static final int HORIZONTAL = 3;

    /** How volumes are set. */
    public enum Volume {
        /** They are not. */
        NONE,
        /** By horizontal controls that are there during calls. */
        DURING_CALLS,
        /** By vertical controls. */
        VERTICAL,
        /** By horizontal controls. */
        HORIZONTAL
    }

    /** What stands beside the controls of volume. */
    public enum Marks {
        /** Nothing. */
        NONE,
        /** Words. */
        TEXT,
        /** Icons. */
        ICONS
    }

    public Plan {
        parts = Set.copyOf(parts);
    }

    /** Reads the parameters. */
    public static Plan of(WindowHost host) {
        boolean compact = on(host, "compact");
        Volume volume = volume(number(host, "hasvolume"));
        Set<Part> parts = compact ? EnumSet.of(Part.STATUS, Part.CALL, Part.HANGUP) : parts(host, volume);
        return new Plan(parts, compact, number(host, "maxlines"), compact ? Volume.NONE : volume,
                marks(volume, number(host, "volumeicons")), size(host, "applet_size_width"), size(host, "applet_size_height"),
                Colours.of(host), Look.of(host.parameter("lookandfeel")));
    }

    private static Set<Part> parts(WindowHost host, Volume volume) {
        Set<Part> parts = EnumSet.allOf(Part.class);
        int call = number(host, "hascall");
        int chat = number(host, "textmessaging");
        record Rule(Part part, BooleanSupplier wanted) { }
        List<Rule> rules = List.of(
                new Rule(Part.USER, () -> !on(host, "hideusernamepwdinput")),
                new Rule(Part.PASSWORD, () -> !on(host, "hideusernamepwdinput")),
                new Rule(Part.EXTENSION, () -> on(host, "displaysipusername")),
                new Rule(Part.DISPLAY_NAME, () -> on(host, "displaydisplayname")),
                new Rule(Part.CONNECT, () -> on(host, "hasconnect")),
                new Rule(Part.CALL, () -> call == 2),
                new Rule(Part.HANGUP, () -> call >= 1),
                new Rule(Part.REDIAL, () -> on(host, "hasredial")),
                new Rule(Part.HOLD, () -> on(host, "hashold")),
                new Rule(Part.MUTE, () -> on(host, "hasmute")),
                new Rule(Part.CONFERENCE, () -> on(host, "hasconference")),
                new Rule(Part.CHAT, () -> chat != 0),
                new Rule(Part.AUDIO, () -> on(host, "hasaudio")),
                new Rule(Part.LOG, () -> on(host, "canopenlogview")),
                new Rule(Part.LINES, () -> on(host, "multilinegui")),
                new Rule(Part.VOLUME, () -> volume != Volume.NONE),
                new Rule(Part.POPUP, () -> on(host, "hasincomingcallpopup")));
        rules.stream().filter(rule -> !rule.wanted.getAsBoolean()).map(Rule::part).forEach(parts::remove);
        return parts;
    }

    private static Volume volume(int value) {
        return switch (value) {
            case 0 -> Volume.NONE;
            case VERTICAL -> Volume.VERTICAL;
            case HORIZONTAL -> Volume.HORIZONTAL;
            default -> Volume.DURING_CALLS;
        };
    }

    /** Text is for horizontal controls, icons for vertical ones; those that come and go may have either. */
    private static Marks marks(Volume volume, int value) {
        boolean text = value == 1 && volume != Volume.VERTICAL;
        boolean icons = value == 2 && volume != Volume.HORIZONTAL;
        return text ? Marks.TEXT : icons ? Marks.ICONS : Marks.NONE;
    }

    private static OptionalInt size(WindowHost host, String name) {
        Optional<Integer> given = host.given(name).map(text -> number(host, name)).filter(pixels -> pixels > 1);
        return given.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private static int number(WindowHost host, String name) {
        return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(host.parameter(name)));
    }

    /** Tells whether a parameter is true. */
    public static boolean on(WindowHost host, String name) {
        return host.parameter(name).matches("(?i)true|1|yes");
    }

    /** Tells whether the window has a part. */
    public boolean has(Part part) {
        return parts.contains(part);
    }
}
