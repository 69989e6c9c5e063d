package io.earshot.zrtp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A Hello message (RFC 6189 §5.2).
 *
 * @param raw all of it
 * @param image the hash image H3
 * @param zid who it is
 * @param passive whether the peer never begins
 * @param lists hashes, ciphers, authentication tags, key agreements and renderings that it has
 */
record ZrtpHello(byte[] raw, byte[] image, byte[] zid, boolean passive, List<List<String>> lists) {
    static final String VERSION = "1.10";
    static final int ZID = 12;
    private static final int LISTS_AT = 80;
    private static final int LISTS = 5;
    private static final int MOST_EACH = 7;

    /** Writes ours. */
    static byte[] write(HashChain chain, byte[] zid, ZrtpPreferences preferences) {
        int flags = 0;
        StringBuilder all = new StringBuilder();
        for (List<String> list : preferences.lists()) {
            flags = flags << 4 | list.size();
            list.forEach(all::append);
        }
        return HashChain.sealed("Hello", chain.h2, ZrtpHash.ascii(VERSION), ZrtpHash.ascii("Earshot         "), chain.h3, zid,
            ByteBuffer.allocate(4).putInt(flags).array(), ZrtpHash.ascii(all.toString()));
    }

    /** Reads a peer's; empty if it is not well-formed or of another major version. */
    static Optional<ZrtpHello> read(byte[] message) {
        if (message.length < LISTS_AT + 8 || !new String(message, 12, 2, US_ASCII).equals("1.")) {
            return Optional.empty();
        }
        int flags = ByteBuffer.wrap(message).getInt(LISTS_AT - 4);
        List<List<String>> lists = new ArrayList<>();
        int at = LISTS_AT;
        for (int i = LISTS - 1; i >= 0; i--) {
            int count = flags >> 4 * i & 0xF;
            if (count > MOST_EACH || at + 4 * count > message.length - 8) {
                return Optional.empty();
            }
            List<String> codes = new ArrayList<>();
            for (int end = at + 4 * count; at < end; at += 4) {
                codes.add(new String(message, at, 4, US_ASCII));
            }
            lists.add(List.copyOf(codes));
        }
        if (at != message.length - 8) {
            return Optional.empty();
        }
        return Optional.of(new ZrtpHello(message, Arrays.copyOfRange(message, 32, 64), Arrays.copyOfRange(message, 64, 64 + ZID),
            (flags >> 28 & 1) != 0, lists));
    }
}
