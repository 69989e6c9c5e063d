package io.earshot.srtp.zrtp;

import io.earshot.api.id.IdSource;
import io.earshot.rtp.secure.HandshakeIdentity;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who we are for ZRTP, and the secrets kept of earlier calls: they show in a later call that nobody came in between (RFC 6189 §4.9,
 * §15.1). They live as long as this object. Confined to the thread of the sessions.
 */
public final class ZrtpCache implements HandshakeIdentity {
    private static final int MOST = 1000;
    private final byte[] zid;
    private final Map<String, List<byte[]>> secrets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<byte[]>> eldest) {
            return size() > MOST;
        }
    };

    /** Makes an empty cache with a new identity. */
    public ZrtpCache(IdSource ids) {
        zid = Arrays.copyOf(ByteBuffer.allocate(16).putLong(ids.nextLong()).putLong(ids.nextLong()).array(), ZrtpHello.ZID);
    }

    byte[] zid() {
        return zid;
    }

    /** Returns the secrets shared with a peer, the newest first, two at most. */
    List<byte[]> of(byte[] peer) {
        return secrets.getOrDefault(HexFormat.of().formatHex(peer), List.of());
    }

    void keep(byte[] peer, byte[] newest) {
        List<byte[]> before = of(peer);
        secrets.put(HexFormat.of().formatHex(peer), before.isEmpty() ? List.of(newest) : List.of(newest, before.get(0)));
    }
}
