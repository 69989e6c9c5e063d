package io.earshot.transport.tunnel.core;

import io.earshot.api.time.Ticker;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who has guessed keys, by address, of IPv6 by the network of 64 bits that somebody has for himself. One wrong key is forgiven each 6
 * seconds: a phone that was given a wrong key, and tries on, shuts nobody out who shares its address.
 */
final class Guesses {
    static final int MOST = 10;
    private static final long FORGIVEN = 6 * Ticker.SECOND;
    private static final int MOST_REMEMBERED = 10_000;
    private static final int OWN_BYTES = 8;

    private final Map<ByteBuffer, Wrong> all = new LinkedHashMap<>();

    private record Wrong(int count, long since) {
        Wrong at(long now) {
            long gone = Math.max(0, (now - since) / FORGIVEN);
            return gone >= count ? new Wrong(0, now) : new Wrong(count - (int) gone, since + gone * FORGIVEN);
        }
    }

    static ByteBuffer network(InetAddress address) {
        byte[] ip = address.getAddress();
        return ByteBuffer.wrap(address instanceof Inet6Address ? Arrays.copyOf(ip, OWN_BYTES) : ip);
    }

    boolean tooMany(InetAddress remote, long now) {
        Wrong known = all.get(network(remote));
        return known != null && known.at(now).count >= MOST;
    }

    void wrong(InetAddress remote, long now) {
        ByteBuffer who = network(remote);
        Wrong known = all.remove(who);
        Wrong before = known == null ? new Wrong(0, now) : known.at(now);
        all.put(who, new Wrong(Math.min(MOST, before.count + 1), before.count == 0 ? now : before.since));
        if (all.size() > MOST_REMEMBERED) {
            Iterator<ByteBuffer> oldest = all.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
