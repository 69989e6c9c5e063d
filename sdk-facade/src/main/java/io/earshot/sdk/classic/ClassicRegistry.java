package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.secret;
import static io.earshot.sdk.classic.ClassicParameter.text;
import static io.earshot.sdk.classic.ClassicParameter.yesNo;

import java.util.List;
import java.util.stream.Stream;

/** The classic parameters that this version knows, a row for each. */
final class ClassicRegistry {
    private static final List<ClassicParameter> BASE = List.of(
            text("serveraddress", "", "SIP server: host or address, with :port if it is not 5060, or ws[s]://host:port/path; "
                    + "empty for calls from peer to peer",
                    "sipserveraddress"),
            text("username", "", "SIP user name, which peers see as the caller's number"),
            secret("password", "SIP password"),
            secret("md5", "MD5(user:realm:password) in hex instead of the password; realm must be set"),
            text("realm", "", "the only realm that gets the password; empty for the server's own"),
            text("sipusername", "", "user name for authentication when it differs from username", "authusername", "authname"),
            text("displayname", "", "name that peers see"),
            text("backupserver", "", "server to go to when serveraddress fails: host or address, with :port if it is not 5060"),
            text("serveraddressfirst", "", "server to try before serveraddress, which is the next then"),
            yesNo("enablefallback", true, "go on from serveraddressfirst to serveraddress when it fails"),
            yesNo("autotransportdetect", false, "give each server but a second at start"),
            number("checkmultiarecords", 0, 1, 1, "0 uses only the first address of a server's name"),
            number("dnscanfailower", 0, 6, 2, "retransmission at which the next server of DNS or backupserver is tried; 0 never"),
            text("proxyaddress", "", "outbound proxy: host or address, with :port if it is not 5060, or ws[s]://host:port/path"),
            number("register", 0, 2, 1, "0 never, 1 when server, user name and password are given, 2 always"),
            number("registerinterval", -1, 86_400, -1, "registration life in seconds; -1 is 120", "ival"),
            text("callto", "", "whom to call"),
            yesNo("autocall", false, "call callto at once", "call"),
            yesNo("autoaccept", false, "answer every incoming call"),
            number("ringtimeout", 1000, 86_400_000, 90_000, "longest ringing in ms"),
            number("calltimeout", 1000, 864_000_000, 10_800_000, "longest call in ms"),
            number("allowcallredirect", 0, 1, 1, "1 follows 301 and 302 answers"),
            yesNo("prack", false, "acknowledge ringing and early media by PRACK, with peers that can (RFC 3262)"),
            yesNo("session_timers", true, "refresh calls, so that dead ones are noticed (RFC 4028)"),
            number("sessionexpires", 2, 86_400, 1800, "longest time without a refresh, in seconds; at least minse (Earshot)"),
            number("minse", 1, 86_400, 90, "shortest such time that we accept, in seconds; less than 90 is for tests (Earshot)"),
            number("transfertype", -1, 8, -1, "0 no transfer, 1 blind and hang up, 2 to 5 attended: when the other side, we, or anybody "
                    + "ends the second call, 6 (or -1) on hold until it succeeds, 7 neither hold nor hang up, 8 conference"),
            number("transfwithreplace", -1, 1, -1, "1 (or -1) attended transfers replace the second call, 0 they call its target anew",
                    "transwithreplace"),
            number("allowreplace", 0, 3, 2, "incoming calls may replace others: 0 no, 1 or 2 yes, 3 yes and the old call stays"),
            number("discontransfer", -1, 4, -1, "our call ends: 0 never, 1 to 3 when the target answers, 4 when the peer agrees"),
            number("disconincomingrefer", -1, 1, -1, "our call ends after a transfer by the peer: 0 no, 1 at once, -1 after a moment"),
            number("transferdelay", 0, 60_000, 400, "pause in ms before a transfer is asked for"),
            number("newdialogforrefer", 0, 1, 0, "1 asks for transfers outside the call's dialog"),
            number("holdontransfer", -1, 3, -1, "hold the first call: 0 no, 1 or 2 before, 3 when the second is answered"),
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
            number("enablepresence", 0, 1, 1, "presence: 0 off, 1 on"),
            number("presenceexpire", 10, 86_400, 3600, "life of presence, line and voice mail subscriptions in seconds",
                    "presenceexpiresec"),
            number("autoacceptpresencrequests", -1, 2, -1, "strangers who want to see our presence: 0 refuse, 1 ask, 2 accept; -1 is 1",
                    "autoacceptpresencerequests"),
            number("enableblf", 0, 3, 1, "busy lamps: 0 off, 1 and 2 on, 3 on for good"),
            text("blfuserlist", "", "users whose calls are watched, separated by commas"),
            number("voicemail", 0, 4, 2,
                    "voice mail: 0 off, 1 and 2 what the server tells, 3 subscribe when registered, 4 subscribe at start"),
            text("voicemailnum", "", "the voice mail box to subscribe to when it is not our own address"),
            number("events", 0, 3, 2, "notifications: 0 none, 1 status and cdr, 2 also events, 3 also logs", "javascriptevents",
                    "jsscriptevent", "jssevent"),
            number("loglevel", 0, 6, 1, "trace level; 5 prints SIP messages' headlines"),
            yesNo("iscommandline", true, "no window; this version has none"),
            text("dnsserver", "", "DNS server to ask, address:port; empty for the system's (Earshot)"),
            text("audiosource", "silence", "what the peer hears: silence, tone:HERTZ or file:PATH of a WAV file (Earshot)"),
            number("textmessaging", -1, 6, -1, "chat: -1 on, 0 off, 1 no receiving, 2 no sending, 5 and 6 on", "haschat", "chatsms"),
            number("offlinechat", 0, 2, 1, "messages to peers that are away: 0 fail, 1 wait, 2 are written down before they are sent"),
            number("dtmfmode", 0, 6, 2, "keys: 0 off, 1 INFO, 2 the best way; the others use INFO too in this version"),
            text("infocontenttype", "", "Content-Type of API_Info; empty guesses"),
            number("keepalivetype", 0, 5, 4, "keep-alive: 0 to 4 empty lines, 5 OPTIONS to the server (Earshot)"),
            number("keepaliveival", -1, 3_600_000, -1, "interval of OPTIONS keep-alives in ms, or in s below 3000; -1 is 28 s"),
            text("datafolder", "", "folder for what has to survive, as messages to peers that are away; empty keeps nothing (Earshot)"),
            text("recordto", "", "record calls to this WAV file, left heard, right sent; %c is the call's number (Earshot)"));

    static final List<ClassicParameter> ROWS = Stream.of(BASE, ClassicRules.ROWS, ClassicCodecs.ROWS, ClassicWebSockets.ROWS).flatMap(List::stream).toList();

    private ClassicRegistry() {
    }
}
