package io.earshot.zrtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.rtp.secure.SecretShelf;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Secrets over the end of the phone, and what they tell of a peer (RFC 6189 §4.3, §4.6, §4.9, §7.1). */
@Tag("rfc6189")
class ZrtpCacheTest {
    private Instant now = Instant.ofEpochSecond(1_000_000);

    /** A file in memory. */
    private static final class Shelf implements SecretShelf {
        final Map<String, String> file = new LinkedHashMap<>();

        @Override
        public Map<String, String> kept() {
            return Map.copyOf(file);
        }

        @Override
        public void keep(String name, String secret) {
            if (secret.isEmpty()) {
                file.remove(name);
            } else {
                file.put(name, secret);
            }
        }
    }

    private final Shelf near = new Shelf();
    private final Shelf far = new Shelf();
    private long seed = 100;

    private ZrtpCache open(Shelf shelf) {
        return new ZrtpCache(IdSource.seeded(seed++), () -> now, shelf);
    }

    /** A call between two phones that have just been started. */
    private ZrtpPair call() {
        ZrtpPair pair = new ZrtpPair(new ZrtpPair.End(open(near), List.of(), seed++), new ZrtpPair.End(open(far), List.of(), seed++),
            seed++, 0).run();
        assertEquals("", pair.near.failure + pair.far.failure);
        assertEquals(pair.near.shortString, pair.far.shortString);
        return pair;
    }

    private static void compared(ZrtpPair pair, boolean same) {
        pair.near.session.compared(same);
        pair.far.session.compared(same);
        pair.run();
    }

    @Test
    void whatTheUsersComparedHoldsAfterBothPhonesWereStartedAnew() {
        ZrtpPair first = call();
        assertFalse(first.near.verified || first.far.verified);
        compared(first, true);
        assertTrue(first.near.verified && first.far.verified);
        ZrtpPair second = call();
        assertTrue(second.near.verified && second.far.verified);
        assertFalse(second.near.broken || second.far.broken);
        assertEquals(2, near.file.size(), "who we are, and one peer");
    }

    @Test
    void itCountsOnlyWhereBothUsersHaveCompared() {
        ZrtpPair first = call();
        first.near.session.compared(true);
        first.run();
        assertTrue(first.near.verified);
        ZrtpPair second = call();
        assertFalse(second.near.verified || second.far.verified);
    }

    @Test
    void aPeerThatLostItsSecretsIsToldOfInEachCallUntilTheUsersHaveComparedAgain() {
        compared(call(), true);
        far.file.keySet().removeIf(name -> name.startsWith("peer:"));
        for (int call = 0; call < 2; call++) {
            ZrtpPair after = call();
            assertTrue(after.near.broken, "the near end remembers");
            assertFalse(after.near.verified || after.far.verified);
            far.file.keySet().removeIf(name -> name.startsWith("peer:"));
        }
        compared(call(), true);
        ZrtpPair healed = call();
        assertFalse(healed.near.broken || healed.far.broken);
        assertTrue(healed.near.verified && healed.far.verified);
    }

    @Test
    void stringsThatDifferMakeBothForgetWhatSomebodyInBetweenMayKnow() {
        ZrtpPair first = call();
        compared(first, false);
        assertFalse(first.near.verified);
        assertEquals(1, near.file.size(), near.file.toString());
        assertFalse(call().near.broken);
    }

    @Test
    void aSecretThatOneEndFailedToKeepIsMadeUpForByTheOneBefore() {
        compared(call(), true);
        Map<String, String> before = Map.copyOf(far.file);
        call();
        far.file.putAll(before); // as if the far end had crashed before its disk had the new secret
        ZrtpPair after = call();
        assertFalse(after.near.broken || after.far.broken);
        assertTrue(after.near.verified && after.far.verified);
    }

    @Test
    void secretsExpireAndAreKeptNotAtAllWhereThePeerWantsThat() {
        ZrtpCache cache = open(near);
        byte[] peer = new byte[ZrtpHello.ZID];
        byte[] secret = new byte[ZrtpEntry.SECRET];
        cache.keep(peer, secret, true, 60);
        now = now.plusSeconds(59);
        assertEquals(1, open(near).secrets(peer).size());
        now = now.plusSeconds(1);
        assertEquals(0, open(near).secrets(peer).size());
        cache.keep(peer, secret, true, 0);
        assertEquals(1, near.file.size());
        cache.keep(peer, secret, true, ZrtpCache.FOR_EVER);
        now = Instant.ofEpochSecond(1L << 40);
        assertArrayEquals(secret, open(near).secrets(peer).get(0));
    }

    @Test
    void atMostAThousandPeersAreKeptAndTheOneNotTalkedToForLongestGoesFirst() {
        ZrtpCache cache = open(near);
        for (int i = 0; i < 1100; i++) {
            now = now.plusSeconds(1);
            cache.keep(peer(i % 1050), new byte[ZrtpEntry.SECRET], false, ZrtpCache.FOR_EVER);
            cache = i % 100 == 0 ? open(near) : cache; // the order outlives the phone
        }
        assertEquals(1001, near.file.size());
        assertTrue(cache.of(peer(49)).isPresent() && cache.of(peer(1049)).isPresent() && cache.of(peer(60)).isEmpty());
    }

    private static byte[] peer(int number) {
        return ByteBuffer.allocate(ZrtpHello.ZID).putInt(number).array();
    }

    @Test
    void aFileThatIsDamagedCostsWhatIsDamagedAndNoMore() {
        ZrtpCache cache = open(near);
        cache.keep(peer(1), new byte[ZrtpEntry.SECRET], true, 1000);
        cache.keep(peer(2), new byte[ZrtpEntry.SECRET], true, 1000);
        String good = near.file.get("peer:000000010000000000000000");
        for (String bad : new String[] {"x", "", "1 2 3", good + "0", "-1 5 0 " + "00".repeat(32), good.replace("0 ", "z ")}) {
            near.file.put("peer:000000010000000000000000", bad);
            ZrtpCache again = open(near);
            assertTrue(Arrays.equals(cache.zid(), again.zid()) && again.of(peer(1)).isEmpty() && again.of(peer(2)).isPresent(), bad);
        }
        near.file.put("zid", "damaged");
        ZrtpCache anew = open(near);
        assertFalse(Arrays.equals(cache.zid(), anew.zid()));
        assertTrue(anew.of(peer(2)).isEmpty(), "secrets are those of an identity");
    }
}
