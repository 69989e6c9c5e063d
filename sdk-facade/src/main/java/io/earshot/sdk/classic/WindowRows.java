package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.text;
import static io.earshot.sdk.classic.ClassicParameter.yesNo;

import java.util.List;

/** The window of earlier programs: this SDK has none; programs bring their own. */
final class WindowRows {
    private static final String WINDOW = "this SDK has no window of its own: programs draw theirs";
    private static final String APPLET = "browsers have no applets any more: a page talks to the control server or is a WebRTC peer itself";
    private static final String SCRIPT = "pages get notifications from the control server by WebSocket or server-sent events";
    static final List<ClassicParameter> ROWS = ParameterGroup.APPEARANCE.rows(
            text("boxbgcolor", "", "colour: background of the box").without(WINDOW),
            text("color_background", "", "colour: background").without(WINDOW),
            text("color_buton_background", "", "colour: background of buttons", "color_button_background").without(WINDOW),
            text("color_buton_dial_background", "", "colour: background of the dial pad", "color_button_dial_background").without(WINDOW),
            text("color_buton_dial_foreground", "", "colour: text of the dial pad", "color_button_dial_foreground").without(WINDOW),
            text("color_buton_foreground", "", "colour: text of buttons", "color_button_foreground").without(WINDOW),
            text("color_edit_background", "", "colour: background of fields").without(WINDOW),
            text("color_edit_foreground", "", "colour: text of fields").without(WINDOW),
            text("color_label_foreground", "", "colour: text of labels").without(WINDOW),
            text("color_other_background", "", "colour: background of the rest").without(WINDOW),
            text("colors", "", "colour: all colours").without(WINDOW),
            yesNo("compact", false, "a window with the call button only").without(WINDOW),
            yesNo("displaydisplayname", false, "a field for the display name").without(WINDOW),
            yesNo("displaysipusername", false, "a field for the extension").without(WINDOW),
            yesNo("hideusernamepwdinput", false, "no fields for user name and password").without(WINDOW),
            yesNo("multilinegui", false, "buttons for lines").without(WINDOW),
            yesNo("hasgui", true, "a window").without(WINDOW),
            yesNo("hasaudio", true, "a button for sound settings").without(WINDOW),
            yesNo("hasconference", true, "a button for conferences").without(WINDOW),
            yesNo("hasconnect", true, "a button to connect").without(WINDOW),
            yesNo("hashold", true, "a button to hold").without(WINDOW),
            yesNo("hasmute", true, "a button to mute").without(WINDOW),
            yesNo("hasredial", true, "a button to call again").without(WINDOW),
            yesNo("hasincomingcallpopup", true, "a window for incoming calls", "hasincomigcall").without(WINDOW),
            yesNo("canopenlogview", true, "a window for logs").without(WINDOW),
            number("hascall", 0, 2, 2, "a button to call").without(WINDOW),
            number("hasvolume", 0, 3, 1, "controls of volume").without(WINDOW),
            number("volumeicons", 0, 2, 1, "how controls of volume look").without(WINDOW),
            text("lookandfeel", "", "look of the window").without(WINDOW),
            number("applet_size_width", 0, 100_000, 300, "width of the applet", "width").without(APPLET),
            number("applet_size_height", 0, 100_000, 330, "height of the applet", "height").without(APPLET),
            text("codebase", ".", "where the applet is loaded from", "java_codebase").without(APPLET),
            text("jsfunctionpath", "", "the page element that has the call-back").without(SCRIPT),
            text("webphonetojs", "webphonetojs", "the call-back of notifications").without(SCRIPT));

    private WindowRows() {
    }
}
