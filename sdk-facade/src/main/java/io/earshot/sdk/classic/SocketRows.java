package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.secret;
import static io.earshot.sdk.classic.ClassicParameter.text;

import java.util.List;

/** How programs in other languages reach the phone. Read by who opens the sockets: {@link ClassicParameters#sockets()}. */
final class SocketRows {
    private static final int MOST = 65_535;

    static final List<ClassicParameter> ROWS = ParameterGroup.CONTROL.rows(
            number("wpapiudplistenport", 0, MOST, 19_422, "port for commands by UDP, 0 for none; another one when it is taken").atStart(),
            number("wpapilistenport", 0, MOST, 0, "port for commands by TCP, HTTP and WebSocket, 0 for none").atStart(),
            number("wpapiwindowsport", 0, MOST, 0,
                    "port for TCP with the answers of the Windows service, usually 18620; 0 for none (Earshot)")
                    .atStart(),
            number("wpapiconnectport", 0, MOST, 19_421, "where on 127.0.0.1 notifications go until a command has come by UDP").live(),
            number("canuseudpnotifications", 0, MOST, 1,
                    "notifications to that port: 0 never, 1 when nobody is connected, 2 always, else always and from this port").atStart(),
            number("httpsessiontimeout", 0, 1_000_000, 60,
                    "minutes without a request after which a session over HTTP ends: calls and registration too; 0 for never").live(),
            text("controlbind", "", "address for commands; others than 127.0.0.1 want controltoken (Earshot)").atStart(),
            secret("controltoken", "what every program has to know, at least 16 characters (Earshot)").atStart(),
            text("controltokenfile", "", "file whose first line is the controltoken (Earshot)").atStart(),
            text("controltlscert", "", "our certificate and its chain as PEM, or PKCS#12: encrypts the TCP port, needed by other machines"
                    + " then (Earshot)").atStart(),
            text("controltlskey", "", "its key as PEM, where it is not in the same file (Earshot)").atStart(),
            secret("controltlspassword", "of that key (Earshot)").atStart(),
            text("controlallow", "", "other machines that may send commands, as 192.168.1.5,10.0.0.0/8; empty for all (Earshot)").atStart(),
            text("controlhosts", "", "names by which web clients come, besides localhost and IP addresses (Earshot)").atStart(),
            text("controlorigins", "", "origins of web pages that may send commands, besides our own (Earshot)").atStart());

    private SocketRows() {
    }
}
