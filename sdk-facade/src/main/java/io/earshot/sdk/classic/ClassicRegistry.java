package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.secret;
import static io.earshot.sdk.classic.ClassicParameter.text;
import static io.earshot.sdk.classic.ClassicParameter.yesNo;

import java.util.List;
import java.util.stream.Stream;

/** The classic parameters that this version knows, a row for each. */
final class ClassicRegistry {
    private static final List<ClassicParameter> COMMON = List.of(
            text("serveraddress", "", "SIP server: host or address, with :port if it is not 5060, or ws[s]://host:port/path; "
                    + "empty for calls from peer to peer",
                    "sipserveraddress"),
            text("username", "", "SIP user name, which peers see as the caller's number"),
            secret("password", "SIP password"),
            secret("md5", "MD5(user:realm:password) in hex instead of the password; realm must be set"),
            text("realm", "", "the only realm that gets the password; empty for the server's own"),
            text("sipusername", "", "user name for authentication when it differs from username", "authusername", "authname"),
            text("displayname", "", "name that peers see"),
            text("proxyaddress", "", "outbound proxy: host or address, with :port if it is not 5060, or ws[s]://host:port/path"),
            number("register", 0, 2, 1, "0 never, 1 when server, user name and password are given, 2 always"),
            number("registerinterval", -1, 86_400, -1, "registration life in seconds; -1 is 120", "ival"),
            text("callto", "", "whom to call"),
            yesNo("autocall", false, "call callto at once", "call"),
            yesNo("autoaccept", false, "answer every incoming call"),
            number("ringtimeout", 1000, 86_400_000, 90_000, "longest ringing in ms"),
            number("calltimeout", 1000, 864_000_000, 10_800_000, "longest call in ms"),
            number("allowcallredirect", 0, 1, 1, "1 follows 301 and 302 answers"),
            number("signalingport", 0, 65_535, 0, "local SIP port; 0 for a free one"),
            number("rtpport", 0, 65_000, 0, "first local RTP port, even; 0 for 20000"),
            number("transport", -1, 2, -1, "signalling goes by: -1 what DNS says, else UDP; 0 UDP, 1 TCP, 2 TLS; server port 5061 means 2"),
            text("bindip", "", "address of this machine to bind to; empty for every one"),
            text("localip", "", "local address to name to others, and to bind to where this machine has it; empty finds it"),
            number("bindtolocalip", -1, 1, -1, "bind to localip: -1 where this machine has it, 0 never, 1 always"),
            number("udptos", 0, 255, 1, "IP type of service of SIP and RTP: 0 none, 1 is 16 (low delay), else the value"),
            number("tlspolicy", 0, 3, 0, "servers' certificates: 3 verified; 0 may be self-signed; 1 and 2 anything goes"),
            number("tlsport", 0, 65_535, 0, "local port for TLS; 0 is one above signalingport (Earshot)"),
            text("tlscafile", "", "authorities to trust besides the runtime's: PEM, DER or PKCS#12 (Earshot)"),
            text("tlscertfile", "", "our certificate with its issuers: PEM, or PKCS#12 with the key (Earshot)"),
            text("tlskeyfile", "", "our private key in PEM where it is not in tlscertfile (Earshot)"),
            secret("tlskeypassword", "the key's password (Earshot)"),
            text("tlspins", "", "the only keys of servers to accept: base64 SHA-256 of each, with commas between (Earshot)"),
            number("tlsclients", 0, 2, 0, "certificates of those who connect to us: 0 not asked for, 1 asked for, 2 needed (Earshot)"),
            number("use_pcmu", 0, 3, 2, "G.711 u-law: 0 never, 1 low, 2 normal, 3 first"),
            number("use_pcma", 0, 3, 2, "G.711 A-law: 0 never, 1 low, 2 normal, 3 first"),
            number("events", 0, 3, 2, "notifications: 0 none, 1 status and cdr, 2 also events, 3 also logs", "javascriptevents",
                    "jsscriptevent", "jssevent"),
            number("loglevel", 0, 6, 1, "trace level; 5 prints SIP messages' headlines"),
            yesNo("iscommandline", true, "no window; this version has none"),
            text("audiosource", "silence", "what the peer hears: silence, tone:HERTZ or file:PATH of a WAV file (Earshot)"),
            text("recordto", "", "record calls to this WAV file, left heard, right sent; %c is the call's number (Earshot)"));

    static final List<ClassicParameter> ROWS = Stream.of(COMMON, ClassicWebSockets.ROWS).flatMap(List::stream).toList();

    private ClassicRegistry() {
    }
}
