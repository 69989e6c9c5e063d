package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.secret;
import static io.earshot.sdk.classic.ClassicParameter.text;
import static io.earshot.sdk.classic.ClassicParameter.yesNo;

import java.util.List;
import java.util.stream.Stream;

/** Accounts, registration, servers, transport and security. */
final class LineRows {
    private static final List<ClassicParameter> ACCOUNT = ParameterGroup.ACCOUNT.live(
            text("serveraddress", "", "SIP server: host or address, with :port if it is not 5060, or ws[s]://host:port/path; "
                    + "empty for calls from peer to peer",
                    "sipserveraddress"),
            text("username", "", "SIP user name, which peers see as the caller's number"),
            secret("password", "SIP password", "jssip.password"),
            secret("md5", "MD5(user:realm:password) in hex instead of the password; realm must be set"),
            text("realm", "", "the only realm that gets the password; empty for the server's own"),
            text("sipusername", "", "user name for authentication when it differs from username", "authusername", "authname",
                    "authorization_user", "jssip.authorization_user"),
            number("authtype", 0, 2, 0, "challenges that get credentials: 0 all, 1 those of proxies (407), 2 those of servers (401)"),
            text("serveraddressN", "", "server of a further account, N from 2 to 99; empty for serveraddress").live(),
            text("usernameN", "", "user name of that account").live(),
            secret("passwordN", "password of that account").live(),
            number("registerintervalN", 10, 86_400, 3600, "registration life of that account in seconds").live(),
            text("displayname", "", "name that peers see", "display_name", "jssip.display_name"),
            text("proxyaddress", "", "outbound proxy: host or address, with :port if it is not 5060, or ws[s]://host:port/path"));

    private static final List<ClassicParameter> REGISTRATION = ParameterGroup.REGISTRATION.rows(
            number("register", 0, 2, 1, "0 never, 1 when server, user name and password are given, 2 always"),
            number("registerinterval", -1, 86_400, -1, "registration life in seconds; -1 is 120", "ival").live(),
            yesNo("needunregister", true, "remove the registration at the end").live(),
            number("waitforunregister", 0, 60_000, 2000, "how long the end waits for the server's answer, in ms"),
            number("acceptsrvexpire", 0, 2, 1,
                    "life of the registration: 0 as asked for, 1 as granted to our contact, 2 as the Expires header says").live(),
            number("unbindbeforeregister", -1, 1, 1, "remove our registration at an earlier address: 0 no, 1 (or -1) yes").live(),
            number("contactaddressfailback", -1, 2, -1,
                    "register the address that the server sees: 0 never, 1 as use_rport says, 2 with use_rport=1 too from each private "
                            + "address, "
                            + "-1 as 2 towards servers with a public address, else as 1"));

    private static final List<ClassicParameter> FAILOVER = ParameterGroup.FAILOVER.rows(
            text("backupserver", "", "server to go to when serveraddress fails: host or address, with :port if it is not 5060").live(),
            text("backupserverdomain", "", "domain of backupserver")
                    .mapped("serveraddress: requests name the account's domain, whichever server takes them (RFC 3263)"),
            text("serveraddressfirst", "", "server to try before serveraddress, which is the next then"),
            yesNo("enablefallback", true, "go on from serveraddressfirst to serveraddress when it fails"),
            yesNo("autotransportdetect", false, "give each server but a second at start"),
            number("checkmultiarecords", 0, 1, 1, "0 uses only the first address of a server's name"),
            number("dnscanfailower", 0, 6, 2, "retransmission at which the next server of DNS or backupserver is tried; 0 never"),
            number("checksrvrecords", -1, 4, -1, "SRV records of the server's name: 0 are not asked for, the others are"),
            number("dnslookup", 0, 5, 0, "names of servers: 0 and 2 what is known is used while it holds, 1 DNS is asked each time, 3 what "
                    + "is known is used for good, 4 and nobody asked, 5 they are not looked up"),
            text("dnsserver", "", "DNS server to ask, address:port; empty for the system's (Earshot)"));

    private static final List<ClassicParameter> TRANSPORT = ParameterGroup.TRANSPORT.rows(
            number("signalingport", 0, 65_535, 0, "local SIP port; 0 for a free one"),
            number("transport", -1, 5, -1, "signalling goes by: -1 what DNS says, else UDP; 0 UDP, 1 TCP, 2 TLS; server port 5061 means 2; "
                    + "3 a tunnel, sound too; 4 through an HTTP proxy, by a tunnel if there is tunnelkey, else by TCP, or TLS for server "
                    + "port 443 and 5061; 5 UDP, then TCP, TLS and the tunnel when the server is silent"),
            text("bindip", "", "address of this machine to bind to; empty for every one"),
            text("localip", "", "local address to name to others, and to bind to where this machine has it; empty finds it"),
            number("bindtolocalip", -1, 1, -1, "bind to localip: -1 where this machine has it, 0 never, 1 always"),
            number("udptos", 0, 255, 1, "IP type of service of SIP and RTP: 0 none, 1 is 16 (low delay), else the value"),
            number("keepalivetype", 0, 5, 4,
                    "keep-alive: 0 none, 1 space and line end, 2 NOTIFY to the server, 3 line end, 4 two line ends, 5 OPTIONS to the "
                            + "server (Earshot)"),
            number("keepaliveival", -1, 3_600_000, -1, "its interval in ms, or in s below 3000; 0 never, -1 is 28 s over UDP and "
                    + "WebSockets, 10 min over TCP and TLS, 2 there where the server binds us to the connection"),
            number("use_rport", 0, 9, 1, "the address the server sees (RFC 3581): 0 not asked for, 1 used behind a symmetric NAT, which "
                    + "stunserver tells, and as contactaddressfailback says, 2 used from a private address, 3 always used, 9 asked for "
                            + "but not used"),
            number("timer", 1, 100, 10, "timers of SIP: 10 as the RFC says, 15 half as long again"),
            text("useragent", "", "the User-Agent header"),
            yesNo("sendmac", false, "send the hardware address of this machine in an X-MAC header"),
            yesNo("capabilityrequest", false, "ask the server for its capabilities (OPTIONS) at start"),
            text("fawlocalip", "", "beginning of the local address to name, as 192.168., where this machine has several"),
            number("ackforauthrequest", 0, 1, 1, "ACK for 401 and 407").without("RFC 3261 §17.1.1.3 wants each refusal acknowledged"),
            number("discmode", 1, 4, 2, "how calls are ended").without("CANCEL, BYE and their repetition follow RFC 3261 §9 and §15"),
            number("favorizecontactaddr", 0, 4, 3, "where requests in calls go")
                    .without("they follow the route set and Contact, RFC 3261 §12.2"),
            yesNo("invrecorderoute", false, "Record-Route of the INVITE").without("the route set is always taken, RFC 3261 §12.1"),
            number("udpconnect", 0, 3, 0, "connected UDP sockets").without("one socket serves every server"),
            yesNo("natkeepalive", false, "a datagram at start").mapped("keepalivetype"));

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
