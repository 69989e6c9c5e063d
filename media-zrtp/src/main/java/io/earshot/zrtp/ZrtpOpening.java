package io.earshot.zrtp;

import io.earshot.api.id.IdSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The Hello of one agreement with the hash images behind it: SDP tells of it before it is sent (RFC 6189 §8). Written on the signalling
 * side, used on the media side.
 */
final class ZrtpOpening {
    private static final String NAME = "zrtp-hash";
    private static final HexFormat HEX = HexFormat.of();

    final ZrtpPreferences preferences;
    final HashChain chain;
    final byte[] hello;
    private final AtomicBoolean spent = new AtomicBoolean();

    ZrtpOpening(ZrtpPreferences preferences, byte[] zid, IdSource ids) {
        this.preferences = preferences;
        chain = new HashChain(ids);
        hello = ZrtpHello.write(chain, zid, preferences);
    }

    /** The agreement that began with this came to nothing: another try shows other images. */
    void spend() {
        spent.set(true);
    }

    boolean isSpent() {
        return spent.get();
    }

    /** Returns the attribute of SDP, as behind {@code a=}. */
    String attribute() {
        return NAME + ":" + ZrtpHello.VERSION + " " + HEX.formatHex(ZrtpHash.S256.hash(hello));
    }

    /** Reads what the peer's SDP tells of its Hello, the media line's before the session's; empty where it tells nothing to us. */
    static Optional<byte[]> told(List<String> session, List<String> media) {
        return told(media).or(() -> told(session));
    }

    private static Optional<byte[]> told(List<String> attributes) {
        return attributes.stream().filter(attribute -> attribute.regionMatches(true, 0, NAME + ':', 0, NAME.length() + 1))
            .map(attribute -> attribute.substring(NAME.length() + 1).strip().split("\\s+"))
            .filter(parts -> parts.length == 2 && parts[0].startsWith("1.") && parts[1].matches("[0-9a-fA-F]{64}"))
            .map(parts -> HEX.parseHex(parts[1])).findFirst();
    }
}
