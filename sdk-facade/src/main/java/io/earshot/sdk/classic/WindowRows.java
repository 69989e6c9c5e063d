package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.text;
import static io.earshot.sdk.classic.ClassicParameter.yesNo;

import io.earshot.sdk.classic.ClassicParameter.Change;
import java.util.List;
import java.util.stream.Stream;

/** The window of the phone, which the module softphone draws; it reads these when it is opened. */
final class WindowRows {
    private static final String APPLET = "browsers have no applets any more: a page talks to the control server or is a WebRTC peer itself";
    private static final String SCRIPT = "pages get notifications from the control server by WebSocket or server-sent events";
    private static final List<ClassicParameter> WINDOW = ParameterGroup.APPEARANCE.rows(
            text("colors", "", "colour of the whole window where no other parameter names one: a number (red in bits 16 to 23, green in 8 "
                    + "to 15), #rrggbb, or black, blue, cyan, darkgray, gray, green, lightgray, magenta, orange, pink, red, white, yellow"),
            text("boxbgcolor", "", "colour of the boxes with calls and texts"),
            text("color_background", "", "colour of the window"),
            text("color_buton_background", "", "colour of buttons", "color_button_background"),
            text("color_buton_dial_background", "", "colour of the keys of the dial pad", "color_button_dial_background"),
            text("color_buton_dial_foreground", "", "colour of what is on the keys of the dial pad", "color_button_dial_foreground"),
            text("color_buton_foreground", "", "colour of what is on buttons", "color_button_foreground"),
            text("color_edit_background", "", "colour of fields"),
            text("color_edit_foreground", "", "colour of what is in fields"),
            text("color_label_foreground", "", "colour of labels"),
            text("color_other_background", "", "colour of the rest: state, volume, lines"),
            text("lookandfeel", "", "look of the window: empty or light, dark, mac, metal, motif, windows; system, platform and names that "
                    + "are not known are the look of the system"),
            yesNo("compact", false, "the window has the button to call and hang up and the state only, and calls callto at once"),
            yesNo("displaydisplayname", false, "the window has a field for the display name"),
            yesNo("displaysipusername", false, "the window has a field for the extension: when it is filled, the user name is for "
                    + "authentication only"),
            yesNo("hideusernamepwdinput", false, "the window has no fields for user name and password"),
            yesNo("multilinegui", false, "the window has a button for each of maxlines lines"),
            yesNo("hasgui", true, "there may be windows").live(),
            yesNo("hasaudio", true, "the window has a button for sound devices").live(),
            yesNo("hasconference", true, "the window has a button for conferences"),
            yesNo("hasconnect", true, "the window has a button to register"),
            yesNo("hashold", true, "the window has a button to hold"),
            yesNo("hasmute", true, "the window has a button to mute"),
            yesNo("hasredial", true, "the window has a button to call again"),
            yesNo("hasincomingcallpopup", true, "a window comes up when a call comes in", "hasincomigcall").live(),
            yesNo("canopenlogview", true, "there may be a window for the log, which opens by itself from loglevel 4 on").live(),
            number("hascall", 0, 2, 2, "buttons to call and hang up: 0 none, 1 to hang up only, 2 both"),
            number("hasvolume", 0, 3, 1, "controls of volume: 0 none, 1 during calls, 2 vertical, 3 horizontal"),
            number("volumeicons", 0, 2, 1, "beside them: 0 nothing, 1 text (not where they are vertical), 2 icons (not where they are "
                    + "horizontal)"),
            number("applet_size_width", 0, 100_000, 300, "width of the window in pixels when given; 0 or 1, and so the height, hides it",
                    "width"),
            number("applet_size_height", 0, 100_000, 330, "height of the window in pixels when given", "height"));
    private static final List<ClassicParameter> PAGE = ParameterGroup.APPEARANCE.rows(
            text("codebase", ".", "where the applet is loaded from", "java_codebase").without(APPLET),
            text("jsfunctionpath", "", "the page element that has the call-back").without(SCRIPT),
            text("webphonetojs", "webphonetojs", "the call-back of notifications").without(SCRIPT));

    static final List<ClassicParameter> ROWS = Stream.concat(WINDOW.stream().map(row -> row.change() == Change.LIVE ? row : row.atStart()),
            PAGE.stream()).toList();

    private WindowRows() {
    }
}
