package io.earshot.softphone.model;

import java.util.Locale;

/** The parts that the window of the phone may have. */
public enum Part {
    /** The field for the server. */
    SERVER,
    /** The field for the user name. */
    USER,
    /** The field for the password. */
    PASSWORD,
    /** The field for the extension. */
    EXTENSION,
    /** The field for the display name. */
    DISPLAY_NAME,
    /** The button to register and un-register. */
    CONNECT,
    /** The field for the number, with those called before. */
    NUMBER,
    /** The button to call and to answer. */
    CALL,
    /** The button to hang up and to reject. */
    HANGUP,
    /** The button to call again. */
    REDIAL,
    /** The dial pad. */
    PAD,
    /** The button to hold. */
    HOLD,
    /** The button to mute. */
    MUTE,
    /** The button to transfer. */
    TRANSFER,
    /** The button for conferences. */
    CONFERENCE,
    /** The button for chat. */
    CHAT,
    /** The button for sound devices. */
    AUDIO,
    /** The button for the log. */
    LOG,
    /** The buttons for lines. */
    LINES,
    /** The controls of volume. */
    VOLUME,
    /** The window for incoming calls. */
    POPUP,
    /** The list of calls with time and quality. */
    CALLS,
    /** The state of the phone. */
    STATUS;

    /** Returns the name of its component, as {@code display-name}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
