package io.earshot.control.desk;

import io.earshot.control.text.Notifications;
import java.util.Map;

/** What STATUS notifications tell of the phone as a whole. */
public final class PhoneState {
    private static final int SHORT = 3;

    private final Notifications names;
    private String text = "";
    private String account = "";
    private String server = "";
    private boolean online;
    private int registered;
    private int inCall;

    /** Makes one that knows nothing yet. */
    public PhoneState(Notifications names) {
        this.names = names;
    }

    void on(Event event) {
        if (!event.type().equals("STATUS")) {
            return;
        }
        Map<String, String> status = names.named(event.fields());
        if (event.fields().size() <= SHORT) {
            text = status.getOrDefault("status", text);
            return;
        }
        if (status.getOrDefault("line", "").equals("0")) {
            account = status.getOrDefault("localname", account);
            server = status.getOrDefault("peerdisplayname", server);
        }
        online = status.containsKey("online") ? status.get("online").equals("1") : online;
        registered = digit(status.getOrDefault("registered", ""), registered);
        inCall = digit(status.getOrDefault("incall", ""), inCall);
    }

    private static int digit(String field, int known) {
        return field.length() == 1 && Character.isDigit(field.charAt(0)) ? field.charAt(0) - '0' : known;
    }

    /** Returns the last text about the phone. */
    public String text() {
        return text;
    }

    /** Returns the user of the registration; empty when nothing is known of one. */
    public String account() {
        return account;
    }

    /** Returns the server of the registration. */
    public String server() {
        return server;
    }

    /** Tells whether there is a network. */
    public boolean isOnline() {
        return online;
    }

    /** Tells whether the server knows us, 2 or, while that is renewed, 3; with 4 and 5 we only try. */
    public boolean isRegistered() {
        return registered == 2 || registered == 3;
    }

    /** Returns {@code no}, {@code ringing} or {@code speaking}. */
    public String inCall() {
        return inCall == 0 ? "no" : inCall == 1 ? "ringing" : "speaking";
    }
}
