package io.earshot.ice.stun;

import java.net.InetSocketAddress;

/** Numbers of the STUN registry: methods, attributes, error codes, limits. */
public final class Stun {
    /** What each header since RFC 5389 carries. */
    public static final int MAGIC = 0x2112A442;
    /** Bytes before the first attribute. */
    public static final int HEADER = 20;
    /** The longest message that is read or written: what fits a datagram unfragmented nearly everywhere, with room for relayed data. */
    public static final int MAX_MESSAGE = 65_535;
    /** The most attributes that are read; a message with more is malformed. */
    public static final int MAX_ATTRIBUTES = 64;
    /** Port of STUN and TURN. */
    public static final int PORT = 3478;

    /** Methods. */
    public static final int BINDING = 1;
    public static final int ALLOCATE = 3;
    public static final int REFRESH = 4;
    public static final int SEND = 6;
    public static final int DATA_METHOD = 7;
    public static final int CREATE_PERMISSION = 8;
    public static final int CHANNEL_BIND = 9;

    /** Attributes, comprehension required. */
    public static final int MAPPED_ADDRESS = 0x0001;
    public static final int CHANGE_REQUEST = 0x0003;
    public static final int CHANGED_ADDRESS = 0x0005;
    public static final int USERNAME = 0x0006;
    public static final int MESSAGE_INTEGRITY = 0x0008;
    public static final int ERROR_CODE = 0x0009;
    public static final int UNKNOWN_ATTRIBUTES = 0x000A;
    public static final int CHANNEL_NUMBER = 0x000C;
    public static final int LIFETIME = 0x000D;
    public static final int XOR_PEER_ADDRESS = 0x0012;
    public static final int DATA = 0x0013;
    public static final int REALM = 0x0014;
    public static final int NONCE = 0x0015;
    public static final int XOR_RELAYED_ADDRESS = 0x0016;
    public static final int REQUESTED_ADDRESS_FAMILY = 0x0017;
    public static final int EVEN_PORT = 0x0018;
    public static final int REQUESTED_TRANSPORT = 0x0019;
    public static final int DONT_FRAGMENT = 0x001A;
    public static final int MESSAGE_INTEGRITY_SHA256 = 0x001C;
    public static final int PASSWORD_ALGORITHM = 0x001D;
    public static final int USERHASH = 0x001E;
    public static final int XOR_MAPPED_ADDRESS = 0x0020;
    public static final int RESERVATION_TOKEN = 0x0022;
    public static final int PRIORITY = 0x0024;
    public static final int USE_CANDIDATE = 0x0025;
    public static final int PADDING = 0x0026;
    public static final int RESPONSE_PORT = 0x0027;

    /** Attributes, comprehension optional. */
    public static final int ADDITIONAL_ADDRESS_FAMILY = 0x8000;
    public static final int ADDRESS_ERROR_CODE = 0x8001;
    public static final int PASSWORD_ALGORITHMS = 0x8002;
    public static final int ALTERNATE_DOMAIN = 0x8003;
    public static final int SOFTWARE = 0x8022;
    public static final int ADDITIONAL_ADDRESS_FAMILY_OF_DRAFT = 0x8032;
    public static final int ALTERNATE_SERVER = 0x8023;
    public static final int FINGERPRINT = 0x8028;
    public static final int ICE_CONTROLLED = 0x8029;
    public static final int ICE_CONTROLLING = 0x802A;
    public static final int RESPONSE_ORIGIN = 0x802B;
    public static final int OTHER_ADDRESS = 0x802C;

    /** Errors. */
    public static final int TRY_ALTERNATE = 300;
    public static final int BAD_REQUEST = 400;
    public static final int UNAUTHENTICATED = 401;
    public static final int FORBIDDEN = 403;
    public static final int UNKNOWN_ATTRIBUTE = 420;
    public static final int ALLOCATION_MISMATCH = 437;
    public static final int STALE_NONCE = 438;
    public static final int FAMILY_UNSUPPORTED = 440;
    public static final int PEER_FAMILY_MISMATCH = 443;
    public static final int QUOTA_REACHED = 486;
    public static final int ROLE_CONFLICT = 487;
    public static final int INSUFFICIENT_CAPACITY = 508;

    private Stun() {
    }

    /**
     * Tells whether a datagram may be STUN, as RFC 7983 and RFC 8489 §5 tell it from RTP, DTLS and ChannelData: the two first bits 0,
     * the cookie in its place, and a length that is a multiple of four. Allocates nothing.
     */
    public static boolean looksLike(byte[] data, int offset, int length) {
        return length >= HEADER && (data[offset] & 0xC0) == 0 && (data[offset + 3] & 3) == 0
            && data[offset + 4] == 0x21 && data[offset + 5] == 0x12 && data[offset + 6] == (byte) 0xA4 && data[offset + 7] == 0x42;
    }

    /** Tells whether an address is IPv6. */
    public static boolean isSix(InetSocketAddress address) {
        return address.getAddress() instanceof java.net.Inet6Address;
    }
}
