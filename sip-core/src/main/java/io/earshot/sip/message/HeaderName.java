package io.earshot.sip.message;

import java.util.Arrays;
import java.util.Objects;

/**
 * The name of a header. Names compare ignoring case; compact forms (RFC 3261 §7.3.3) and every spelling of a known header give the same
 * constant, so known names may be compared by identity. Unknown names keep their spelling.
 */
public final class HeaderName {
    private static final int TABLE_SIZE = 1024;
    private static final HeaderName[] TABLE = new HeaderName[TABLE_SIZE];
    private static final HeaderName[] COMPACT = new HeaderName[128];
    private static final HeaderName[] KNOWN = new HeaderName[127];

    /** Via, compact form v. */
    public static final HeaderName VIA = known(0, "Via", 'v', Kind.LIST);
    /** From, compact form f. */
    public static final HeaderName FROM = known(1, "From", 'f', Kind.SINGLE);
    /** To, compact form t. */
    public static final HeaderName TO = known(2, "To", 't', Kind.SINGLE);
    /** Call-ID, compact form i. */
    public static final HeaderName CALL_ID = known(3, "Call-ID", 'i', Kind.SINGLE);
    /** CSeq. */
    public static final HeaderName CSEQ = known(4, "CSeq", Kind.SINGLE);
    /** Max-Forwards. */
    public static final HeaderName MAX_FORWARDS = known(5, "Max-Forwards", Kind.SINGLE);
    /** Contact, compact form m. */
    public static final HeaderName CONTACT = known(6, "Contact", 'm', Kind.LIST);
    /** Route. */
    public static final HeaderName ROUTE = known(7, "Route", Kind.LIST);
    /** Record-Route. */
    public static final HeaderName RECORD_ROUTE = known(8, "Record-Route", Kind.LIST);
    /** Content-Type, compact form c. */
    public static final HeaderName CONTENT_TYPE = known(9, "Content-Type", 'c', Kind.SINGLE);
    /** Content-Length, compact form l. */
    public static final HeaderName CONTENT_LENGTH = known(10, "Content-Length", 'l', Kind.SINGLE);
    /** Expires. */
    public static final HeaderName EXPIRES = known(11, "Expires", Kind.SINGLE);
    /** Min-Expires. */
    public static final HeaderName MIN_EXPIRES = known(12, "Min-Expires", Kind.SINGLE);
    /** User-Agent. */
    public static final HeaderName USER_AGENT = known(13, "User-Agent", Kind.PLAIN);
    /** Server. */
    public static final HeaderName SERVER = known(14, "Server", Kind.PLAIN);
    /** Allow. */
    public static final HeaderName ALLOW = known(15, "Allow", Kind.LIST);
    /** Supported, compact form k. */
    public static final HeaderName SUPPORTED = known(16, "Supported", 'k', Kind.LIST);
    /** Require. */
    public static final HeaderName REQUIRE = known(17, "Require", Kind.LIST);
    /** Proxy-Require. */
    public static final HeaderName PROXY_REQUIRE = known(18, "Proxy-Require", Kind.LIST);
    /** Unsupported. */
    public static final HeaderName UNSUPPORTED = known(19, "Unsupported", Kind.LIST);
    /** WWW-Authenticate. */
    public static final HeaderName WWW_AUTHENTICATE = known(20, "WWW-Authenticate", Kind.PLAIN);
    /** Authorization. */
    public static final HeaderName AUTHORIZATION = known(21, "Authorization", Kind.PLAIN);
    /** Proxy-Authenticate. */
    public static final HeaderName PROXY_AUTHENTICATE = known(22, "Proxy-Authenticate", Kind.PLAIN);
    /** Proxy-Authorization. */
    public static final HeaderName PROXY_AUTHORIZATION = known(23, "Proxy-Authorization", Kind.PLAIN);
    /** Authentication-Info. */
    public static final HeaderName AUTHENTICATION_INFO = known(24, "Authentication-Info", Kind.PLAIN);
    /** Proxy-Authentication-Info. */
    public static final HeaderName PROXY_AUTHENTICATION_INFO = known(25, "Proxy-Authentication-Info", Kind.PLAIN);
    /** Accept. */
    public static final HeaderName ACCEPT = known(26, "Accept", Kind.LIST);
    /** Accept-Encoding. */
    public static final HeaderName ACCEPT_ENCODING = known(27, "Accept-Encoding", Kind.LIST);
    /** Accept-Language. */
    public static final HeaderName ACCEPT_LANGUAGE = known(28, "Accept-Language", Kind.LIST);
    /** Accept-Contact, compact form a. */
    public static final HeaderName ACCEPT_CONTACT = known(29, "Accept-Contact", 'a', Kind.LIST);
    /** Accept-Resource-Priority. */
    public static final HeaderName ACCEPT_RESOURCE_PRIORITY = known(30, "Accept-Resource-Priority", Kind.LIST);
    /** Alert-Info. */
    public static final HeaderName ALERT_INFO = known(31, "Alert-Info", Kind.LIST);
    /** Allow-Events, compact form u. */
    public static final HeaderName ALLOW_EVENTS = known(32, "Allow-Events", 'u', Kind.LIST);
    /** Answer-Mode. */
    public static final HeaderName ANSWER_MODE = known(33, "Answer-Mode", Kind.PLAIN);
    /** Call-Info. */
    public static final HeaderName CALL_INFO = known(34, "Call-Info", Kind.LIST);
    /** Content-Disposition. */
    public static final HeaderName CONTENT_DISPOSITION = known(35, "Content-Disposition", Kind.SINGLE);
    /** Content-Encoding, compact form e. */
    public static final HeaderName CONTENT_ENCODING = known(36, "Content-Encoding", 'e', Kind.LIST);
    /** Content-Language. */
    public static final HeaderName CONTENT_LANGUAGE = known(37, "Content-Language", Kind.LIST);
    /** Content-ID. */
    public static final HeaderName CONTENT_ID = known(38, "Content-ID", Kind.PLAIN);
    /** Date. */
    public static final HeaderName DATE = known(39, "Date", Kind.SINGLE);
    /** Diversion. */
    public static final HeaderName DIVERSION = known(40, "Diversion", Kind.LIST);
    /** Error-Info. */
    public static final HeaderName ERROR_INFO = known(41, "Error-Info", Kind.LIST);
    /** Event, compact form o. */
    public static final HeaderName EVENT = known(42, "Event", 'o', Kind.SINGLE);
    /** Flow-Timer. */
    public static final HeaderName FLOW_TIMER = known(43, "Flow-Timer", Kind.SINGLE);
    /** Geolocation. */
    public static final HeaderName GEOLOCATION = known(44, "Geolocation", Kind.LIST);
    /** History-Info. */
    public static final HeaderName HISTORY_INFO = known(45, "History-Info", Kind.LIST);
    /** Identity, compact form y. */
    public static final HeaderName IDENTITY = known(46, "Identity", 'y', Kind.PLAIN);
    /** Info-Package. */
    public static final HeaderName INFO_PACKAGE = known(47, "Info-Package", Kind.PLAIN);
    /** In-Reply-To. */
    public static final HeaderName IN_REPLY_TO = known(48, "In-Reply-To", Kind.LIST);
    /** Join. */
    public static final HeaderName JOIN = known(49, "Join", Kind.PLAIN);
    /** MIME-Version. */
    public static final HeaderName MIME_VERSION = known(50, "MIME-Version", Kind.PLAIN);
    /** Min-SE. */
    public static final HeaderName MIN_SE = known(51, "Min-SE", Kind.SINGLE);
    /** Organization. */
    public static final HeaderName ORGANIZATION = known(52, "Organization", Kind.PLAIN);
    /** Path. */
    public static final HeaderName PATH = known(53, "Path", Kind.LIST);
    /** P-Access-Network-Info. */
    public static final HeaderName P_ACCESS_NETWORK_INFO = known(54, "P-Access-Network-Info", Kind.LIST);
    /** P-Asserted-Identity. */
    public static final HeaderName P_ASSERTED_IDENTITY = known(55, "P-Asserted-Identity", Kind.LIST);
    /** P-Associated-URI. */
    public static final HeaderName P_ASSOCIATED_URI = known(56, "P-Associated-URI", Kind.LIST);
    /** P-Called-Party-ID. */
    public static final HeaderName P_CALLED_PARTY_ID = known(57, "P-Called-Party-ID", Kind.PLAIN);
    /** P-Early-Media. */
    public static final HeaderName P_EARLY_MEDIA = known(58, "P-Early-Media", Kind.PLAIN);
    /** P-Preferred-Identity. */
    public static final HeaderName P_PREFERRED_IDENTITY = known(59, "P-Preferred-Identity", Kind.LIST);
    /** Priority. */
    public static final HeaderName PRIORITY = known(60, "Priority", Kind.PLAIN);
    /** Privacy. */
    public static final HeaderName PRIVACY = known(61, "Privacy", Kind.PLAIN);
    /** RAck. */
    public static final HeaderName RACK = known(62, "RAck", Kind.SINGLE);
    /** Reason. */
    public static final HeaderName REASON = known(63, "Reason", Kind.LIST);
    /** Recv-Info. */
    public static final HeaderName RECV_INFO = known(64, "Recv-Info", Kind.LIST);
    /** Refer-Sub. */
    public static final HeaderName REFER_SUB = known(65, "Refer-Sub", Kind.PLAIN);
    /** Referred-By, compact form b. */
    public static final HeaderName REFERRED_BY = known(66, "Referred-By", 'b', Kind.PLAIN);
    /** Refer-To, compact form r. */
    public static final HeaderName REFER_TO = known(67, "Refer-To", 'r', Kind.PLAIN);
    /** Reject-Contact, compact form j. */
    public static final HeaderName REJECT_CONTACT = known(68, "Reject-Contact", 'j', Kind.LIST);
    /** Remote-Party-ID. */
    public static final HeaderName REMOTE_PARTY_ID = known(69, "Remote-Party-ID", Kind.LIST);
    /** Replaces. */
    public static final HeaderName REPLACES = known(70, "Replaces", Kind.PLAIN);
    /** Reply-To. */
    public static final HeaderName REPLY_TO = known(71, "Reply-To", Kind.PLAIN);
    /** Request-Disposition, compact form d. */
    public static final HeaderName REQUEST_DISPOSITION = known(72, "Request-Disposition", 'd', Kind.LIST);
    /** Resource-Priority. */
    public static final HeaderName RESOURCE_PRIORITY = known(73, "Resource-Priority", Kind.LIST);
    /** Retry-After. */
    public static final HeaderName RETRY_AFTER = known(74, "Retry-After", Kind.SINGLE);
    /** RSeq. */
    public static final HeaderName RSEQ = known(75, "RSeq", Kind.SINGLE);
    /** Security-Client. */
    public static final HeaderName SECURITY_CLIENT = known(76, "Security-Client", Kind.LIST);
    /** Security-Server. */
    public static final HeaderName SECURITY_SERVER = known(77, "Security-Server", Kind.LIST);
    /** Security-Verify. */
    public static final HeaderName SECURITY_VERIFY = known(78, "Security-Verify", Kind.LIST);
    /** Service-Route. */
    public static final HeaderName SERVICE_ROUTE = known(79, "Service-Route", Kind.LIST);
    /** Session-Expires, compact form x. */
    public static final HeaderName SESSION_EXPIRES = known(80, "Session-Expires", 'x', Kind.SINGLE);
    /** SIP-ETag. */
    public static final HeaderName SIP_ETAG = known(81, "SIP-ETag", Kind.SINGLE);
    /** SIP-If-Match. */
    public static final HeaderName SIP_IF_MATCH = known(82, "SIP-If-Match", Kind.SINGLE);
    /** Session-ID. */
    public static final HeaderName SESSION_ID = known(83, "Session-ID", Kind.PLAIN);
    /** Subject, compact form s. */
    public static final HeaderName SUBJECT = known(84, "Subject", 's', Kind.PLAIN);
    /** Subscription-State. */
    public static final HeaderName SUBSCRIPTION_STATE = known(85, "Subscription-State", Kind.SINGLE);
    /** Target-Dialog. */
    public static final HeaderName TARGET_DIALOG = known(86, "Target-Dialog", Kind.PLAIN);
    /** Timestamp. */
    public static final HeaderName TIMESTAMP = known(87, "Timestamp", Kind.PLAIN);
    /** User-to-User. */
    public static final HeaderName USER_TO_USER = known(88, "User-to-User", Kind.PLAIN);
    /** Warning. */
    public static final HeaderName WARNING = known(89, "Warning", Kind.LIST);

    /** How often a header and its values may appear. */
    private enum Kind { LIST, SINGLE, PLAIN }

    private final String canonical;
    private final int id;
    private final Kind kind;
    private final int hash;
    private final byte[] bytes;

    private HeaderName(String canonical, int id, Kind kind) {
        this.canonical = canonical;
        this.id = id;
        this.kind = kind;
        this.hash = Chars.hashIgnoreCase(canonical);
        this.bytes = Bytes.utf8(canonical);
    }

    private static HeaderName known(int id, String canonical, char compact, Kind kind) {
        HeaderName name = known(id, canonical, kind);
        COMPACT[compact] = name;
        COMPACT[compact ^ 0x20] = name;
        return name;
    }

    private static HeaderName known(int id, String canonical, Kind kind) {
        HeaderName name = new HeaderName(canonical, id, kind);
        KNOWN[id] = name;
        int slot = slot(name.hash);
        while (TABLE[slot] != null) {
            slot = slot + 1 & TABLE_SIZE - 1;
        }
        TABLE[slot] = name;
        return name;
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 10) & TABLE_SIZE - 1;
    }

    /**
     * Returns the header of that name, in any case or compact.
     *
     * @throws IllegalArgumentException if {@code name} is not a token
     */
    public static HeaderName of(String name) {
        Objects.requireNonNull(name, "name");
        if (!Chars.all(name, Chars.TOKEN)) {
            throw new IllegalArgumentException("not a header name: \"" + name + "\"");
        }
        byte[] bytes = Bytes.utf8(name);
        int id = idOf(bytes, 0, bytes.length);
        return id >= 0 ? KNOWN[id] : new HeaderName(name, -1, Kind.PLAIN);
    }

    /** Returns the id of the known header the bytes name, or -1; allocates nothing. */
    static int idOf(byte[] buf, int from, int to) {
        if (to - from == 1) {
            HeaderName compact = buf[from] >= 0 ? COMPACT[buf[from]] : null;
            return compact == null ? -1 : compact.id;
        }
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + (buf[i] | 0x20);
        }
        for (int slot = slot(hash);; slot = slot + 1 & TABLE_SIZE - 1) {
            HeaderName name = TABLE[slot];
            if (name == null) {
                return -1;
            }
            boolean same = name.hash == hash && (Arrays.equals(buf, from, to, name.bytes, 0, name.bytes.length)
                || Chars.equalsIgnoreCase(buf, from, to, name.canonical));
            if (same) {
                return name.id;
            }
        }
    }

    static HeaderName byId(int id) {
        return KNOWN[id];
    }

    /** Returns the id of a known header, or -1. */
    int id() {
        return id;
    }

    /** Returns the name as RFCs spell it; for an unknown header, as it was given. */
    public String canonical() {
        return canonical;
    }

    /** Returns whether several values may share one line, separated by commas (RFC 3261 §7.3.1). False for unknown headers. */
    public boolean isList() {
        return kind == Kind.LIST;
    }

    /** Returns whether a message may hold this header only once. False for unknown headers. */
    public boolean isSingle() {
        return kind == Kind.SINGLE;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof HeaderName name && id < 0 && name.id < 0 && hash == name.hash
            && Chars.equalsIgnoreCase(canonical, name.canonical);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return canonical;
    }
}
