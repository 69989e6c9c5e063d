package io.earshot.zrtp;

import static java.util.Objects.requireNonNull;

import io.earshot.api.id.IdSource;
import io.earshot.rtp.secure.HandshakeIdentity;
import io.earshot.rtp.secure.SecretShelf;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who we are for ZRTP, and the secrets kept of earlier calls: they show in a later call that nobody came in between (RFC 6189 §4.9,
 * §15.1). At most 1000 peers; the one not talked to for longest is forgotten first. Confined to the thread of the sessions.
 */
public final class ZrtpCache implements HandshakeIdentity {
    /** How long the peer may keep secrets, in seconds, where it means for ever (§4.9). */
    static final long FOR_EVER = 0xFFFF_FFFFL;
    private static final int MOST = 1000;
    private static final String OURS = "zid";
    private static final String PEER = "peer:";
    private static final HexFormat HEX = HexFormat.of();

    private final InstantSource clock;
    private final SecretShelf shelf;
    private final byte[] zid;
    private final Map<String, ZrtpEntry> peers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ZrtpEntry> eldest) {
            boolean over = size() > MOST;
            if (over) {
                shelf.keep(PEER + eldest.getKey(), "");
            }
            return over;
        }
    };

    /** Makes an empty cache with a new identity, which lives as long as this object. */
    public ZrtpCache(IdSource ids) {
        this(ids, InstantSource.system(), SecretShelf.NONE);
    }

    /** Goes on with what a shelf has; where it has nothing that can be read, with a new identity and no secrets. */
    public ZrtpCache(IdSource ids, InstantSource clock, SecretShelf shelf) {
        this.clock = requireNonNull(clock);
        this.shelf = requireNonNull(shelf);
        Map<String, String> kept = shelf.kept();
        Optional<byte[]> known = ZrtpEntry.hex(kept.getOrDefault(OURS, ""), ZrtpHello.ZID);
        zid = known.orElseGet(() -> Arrays.copyOf(ByteBuffer.allocate(16).putLong(ids.nextLong()).putLong(ids.nextLong()).array(),
            ZrtpHello.ZID));
        if (known.isEmpty()) {
            shelf.keep(OURS, HEX.formatHex(zid));
        } else {
            load(kept);
        }
    }

    private record Known(String peer, ZrtpEntry entry) { }

    private void load(Map<String, String> kept) {
        kept.entrySet().stream().filter(one -> one.getKey().startsWith(PEER))
            .flatMap(one -> ZrtpEntry.read(one.getValue()).map(entry -> new Known(one.getKey().substring(PEER.length()), entry)).stream())
            .sorted(Comparator.comparingLong(known -> known.entry.used())).forEach(known -> peers.put(known.peer, known.entry));
    }

    byte[] zid() {
        return zid;
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    /** Returns what is known of a peer, unless it has expired. */
    Optional<ZrtpEntry> of(byte[] peer) {
        String name = HEX.formatHex(peer);
        ZrtpEntry known = peers.get(name);
        if (known != null && known.expires() <= now()) {
            remove(name);
            known = null;
        }
        return Optional.ofNullable(known);
    }

    /** Returns the secrets shared with a peer, the newest first, two at most. */
    List<byte[]> secrets(byte[] peer) {
        return of(peer).map(ZrtpEntry::secrets).orElse(List.of());
    }

    /**
     * Keeps a new secret, and the newest of those before with it, in case the peer has not come so far.
     *
     * @param seconds how long both want it kept; 0 for not at all
     */
    void keep(byte[] peer, byte[] newest, boolean verified, long seconds) {
        List<byte[]> before = secrets(peer);
        String name = HEX.formatHex(peer);
        if (seconds == 0) {
            remove(name);
            return;
        }
        long now = now();
        put(name, new ZrtpEntry(now, seconds >= FOR_EVER ? Long.MAX_VALUE : now + seconds, verified,
            before.isEmpty() ? List.of(newest) : List.of(newest, before.get(0))));
    }

    /** Keeps whether the users have found their strings to be the same. */
    void verified(byte[] peer, boolean same) {
        of(peer).ifPresent(known -> put(HEX.formatHex(peer), new ZrtpEntry(known.used(), known.expires(), same, known.secrets())));
    }

    /** Forgets a peer: somebody else may know these secrets. */
    void forget(byte[] peer) {
        remove(HEX.formatHex(peer));
    }

    private void put(String name, ZrtpEntry entry) {
        peers.put(name, entry);
        shelf.keep(PEER + name, entry.write());
    }

    private void remove(String name) {
        if (peers.remove(name) != null) {
            shelf.keep(PEER + name, "");
        }
    }
}
