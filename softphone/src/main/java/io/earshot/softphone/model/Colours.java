package io.earshot.softphone.model;

import io.earshot.sdk.window.WindowHost;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Colours that parameters name, as 0xRRGGBB. Immutable.
 *
 * @param named what is coloured; the rest is as the look has it
 */
public record Colours(Map<Place, Integer> named) {
    private static final Map<String, Integer> NAMES = Map.ofEntries(Map.entry("black", 0), Map.entry("blue", 0x0000FF),
            Map.entry("cyan", 0x00FFFF), Map.entry("darkgray", 0x404040), Map.entry("gray", 0x808080), Map.entry("green", 0x00FF00),
            Map.entry("gren", 0x00FF00), Map.entry("lightgray", 0xC0C0C0), Map.entry("magenta", 0xFF00FF), Map.entry("magneta", 0xFF00FF),
            Map.entry("orange", 0xFFC800), Map.entry("pink", 0xFFAFAF), Map.entry("red", 0xFF0000), Map.entry("white", 0xFFFFFF),
            Map.entry("yellow", 0xFFFF00));
    private static final int BRIGHT = 0x80;

    /** What can be coloured. */
    public enum Place {
        /** The window. */
        BACKGROUND("color_background"),
        /** The boxes with calls and texts. */
        BOX("boxbgcolor"),
        /** What is on labels. */
        LABEL("color_label_foreground"),
        /** Fields. */
        EDIT_BACKGROUND("color_edit_background"),
        /** What is in fields. */
        EDIT_FOREGROUND("color_edit_foreground"),
        /** Buttons. */
        BUTTON_BACKGROUND("color_buton_background"),
        /** What is on buttons. */
        BUTTON_FOREGROUND("color_buton_foreground"),
        /** Keys of the dial pad. */
        DIAL_BACKGROUND("color_buton_dial_background"),
        /** What is on keys of the dial pad. */
        DIAL_FOREGROUND("color_buton_dial_foreground"),
        /** State, volume, lines. */
        OTHER("color_other_background");

        private final String parameter;

        Place(String parameter) {
            this.parameter = parameter;
        }

        /** Returns the name of its parameter. */
        public String parameter() {
            return parameter;
        }
    }

    public Colours {
        named = Map.copyOf(named);
    }

    /** Reads the parameters; what is no colour is left as the look has it. */
    static Colours of(WindowHost host) {
        Map<Place, Integer> named = new EnumMap<>(Place.class);
        host.given("colors").flatMap(Colours::parse).ifPresent(all -> {
            named.put(Place.BACKGROUND, all);
            named.put(Place.BOX, all);
            named.put(Place.OTHER, all);
            named.put(Place.LABEL, contrast(all));
        });
        for (Place place : Place.values()) {
            host.given(place.parameter).flatMap(Colours::parse).ifPresent(colour -> named.put(place, colour));
        }
        return new Colours(named);
    }

    /** Reads a colour: a number, {@code #rrggbb}, or a name, the misspelt ones of the documents too. */
    public static Optional<Integer> parse(String text) {
        String value = text.strip().toLowerCase(Locale.ROOT);
        if (value.matches("#[0-9a-f]{6}")) {
            return Optional.of(Integer.parseInt(value.substring(1), 16));
        }
        if (value.matches("-?[0-9]{1,10}")) {
            return Optional.of((int) (Long.parseLong(value) & 0xFFFFFF));
        }
        return Optional.ofNullable(NAMES.get(value.replaceAll("[ _-]", "").replace("grey", "gray")));
    }

    /** Returns black or white, whichever is read on a colour. */
    public static int contrast(int colour) {
        int light = ((colour >> 16 & 0xFF) * 299 + (colour >> 8 & 0xFF) * 587 + (colour & 0xFF) * 114) / 1000;
        return light >= BRIGHT ? 0 : 0xFFFFFF;
    }

    /** Returns the colour of a place, if one is named. */
    public Optional<Integer> of(Place place) {
        return Optional.ofNullable(named.get(place));
    }
}
