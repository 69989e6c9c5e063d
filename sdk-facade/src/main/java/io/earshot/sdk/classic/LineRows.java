package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.secret;
import static io.earshot.sdk.classic.ClassicParameter.text;
import static io.earshot.sdk.classic.ClassicParameter.yesNo;

import java.util.List;
import java.util.stream.Stream;

/** Accounts, registration, servers, transport and security. */
final class LineRows {
    private static final List<ClassicParameter> ACCOUNT = ParameterGroup.ACCOUNT.rows(
            text("serveraddress", "", "SIP server: host or address, with :port if it is not 5060, or ws[s]://host:port/path; "
                    + "empty for calls from peer to peer",
                    "sipserveraddress"),
            text("username", "", "SIP user name, which peers see as the caller's number"),
            secret("password", "SIP password"),
            secret("md5", "MD5(user:realm:password) in hex instead of the password; realm must be set"),
            text("realm", "", "the only realm that gets the password; empty for the server's own"),
            text("sipusername", "", "user name for authentication when it differs from username", "authusername", "authname"),
            text("displayname", "", "name that peers see"),
            text("proxyaddress", "", "outbound proxy: host or address, with :port if it is not 5060, or ws[s]://host:port/path"));

    private static final List<ClassicParameter> REGISTRATION = ParameterGroup.REGISTRATION.rows(
            number("register", 0, 2, 1, "0 never, 1 when server, user name and password are given, 2 always"),
            number("registerinterval", -1, 86_400, -1, "registration life in seconds; -1 is 120", "ival"));

    private static final List<ClassicParameter> FAILOVER = ParameterGroup.FAILOVER.rows(
            text("backupserver", "", "server to go to when serveraddress fails: host or address, with :port if it is not 5060"),
            text("serveraddressfirst", "", "server to try before serveraddress, which is the next then"),
            yesNo("enablefallback", true, "go on from serveraddressfirst to serveraddress when it fails"),
            yesNo("autotransportdetect", false, "give each server but a second at start"),
            number("checkmultiarecords", 0, 1, 1, "0 uses only the first address of a server's name"),
            number("dnscanfailower", 0, 6, 2, "retransmission at which the next server of DNS or backupserver is tried; 0 never"),
            text("dnsserver", "", "DNS server to ask, address:port; empty for the system's (Earshot)"));

    private static final List<ClassicParameter> TRANSPORT = ParameterGroup.TRANSPORT.rows(
            number("signalingport", 0, 65_535, 0, "local SIP port; 0 for a free one"),
            number("transport", -1, 2, -1, "signalling goes by: -1 what DNS says, else UDP; 0 UDP, 1 TCP, 2 TLS; server port 5061 means 2"),
            text("bindip", "", "address of this machine to bind to; empty for every one"),
            text("localip", "", "local address to name to others, and to bind to where this machine has it; empty finds it"),
            number("bindtolocalip", -1, 1, -1, "bind to localip: -1 where this machine has it, 0 never, 1 always"),
            number("udptos", 0, 255, 1, "IP type of service of SIP and RTP: 0 none, 1 is 16 (low delay), else the value"),
            number("keepalivetype", 0, 5, 4, "keep-alive: 0 to 4 empty lines, 5 OPTIONS to the server (Earshot)"),
            number("keepaliveival", -1, 3_600_000, -1, "interval of OPTIONS keep-alives in ms, or in s below 3000; -1 is 28 s"));

    private static final List<ClassicParameter> SECURITY = ParameterGroup.SECURITY.rows(
            number("tlspolicy", 0, 3, 0, "servers' certificates: 3 verified; 0 may be self-signed; 1 and 2 anything goes"),
            number("tlsport", 0, 65_535, 0, "local port for TLS; 0 is one above signalingport (Earshot)"),
            text("tlscafile", "", "authorities to trust besides the runtime's: PEM, DER or PKCS#12 (Earshot)"),
            text("tlscertfile", "", "our certificate with its issuers: PEM, or PKCS#12 with the key (Earshot)"),
            text("tlskeyfile", "", "our private key in PEM where it is not in tlscertfile (Earshot)"),
            secret("tlskeypassword", "the key's password (Earshot)"),
            text("tlspins", "", "the only keys of servers to accept: base64 SHA-256 of each, with commas between (Earshot)"),
            number("tlsclients", 0, 2, 0, "certificates of those who connect to us: 0 not asked for, 1 asked for, 2 needed (Earshot)"));

    static final List<ClassicParameter> ROWS = Stream.of(ACCOUNT, REGISTRATION, FAILOVER, TRANSPORT, SECURITY).flatMap(List::stream)
            .toList();

    private LineRows() {
    }
}
