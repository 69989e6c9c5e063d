package io.earshot.sdk.classic;

import java.util.List;
import java.util.stream.Stream;

/** The topics of the classic parameters, in the order of help and documentation. */
enum ParameterGroup {
    ACCOUNT("Accounts"),
    REGISTRATION("Registration"),
    CALL("Calls"),
    TRANSFER("Transfer"),
    HOLD("Hold and mute"),
    DTMF("Keys (DTMF)"),
    MEDIA("Sound over the network"),
    CODEC("Codecs"),
    VOICE("Voice processing"),
    DEVICE("Sound devices"),
    RECORDING("Recording"),
    STREAMING("Sound for programs"),
    CHAT("Messages"),
    PRESENCE("Presence, busy lamps and voice mail"),
    TRANSPORT("Transport"),
    SECURITY("Security"),
    FAILOVER("Servers and fail-over"),
    NAT("Routers and firewalls"),
    WEBSOCKET("WebSocket"),
    CONTROL("Control by other programs"),
    LOG("Logs"),
    STORAGE("Storage"),
    LIFECYCLE("Start and end"),
    QUALITY("Quality tests"),
    APPEARANCE("Window"),
    OTHER("Other"),
    FOREIGN("Names of JsSIP, android.net.sip and PJSUA");

    private final String title;

    ParameterGroup(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Returns the rows as members of this group whose changes take effect while the phone runs. */
    List<ClassicParameter> live(ClassicParameter... rows) {
        return Stream.of(rows).map(row -> row.in(this).live()).toList();
    }

    /** Returns the rows as members of this group. */
    List<ClassicParameter> rows(ClassicParameter... rows) {
        return Stream.of(rows).map(row -> row.in(this)).toList();
    }
}
