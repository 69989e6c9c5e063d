package io.earshot.rtp.session;

import io.earshot.api.time.Ticker;
import io.earshot.rtp.packet.RtpPacket;
import io.earshot.rtp.wire.Wire;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The last packets of RTP as they went out, encrypted where they were: the same bytes may go out again (RFC 3711 §3.3.2 has receivers
 * drop what came twice), others under the same number may not. Repeats are bounded, so that nobody makes us send more than half as much
 * again: for each packet of sound half a repeat is earned, of which a few can be saved, and each packet is repeated three times at most.
 * Confined to one thread; allocates nothing after the first turn of its ring, except once for each place that meets a longer packet.
 */
public final class SentPackets {
    private static final int ROOM = 64;
    private static final int MOST_REPEATS = 3;
    private static final long OLDEST = Ticker.SECOND;
    private static final long APART = 8 * Ticker.MILLISECOND;
    private static final int PACKET_EARNS = 1;
    private static final int REPEAT_COSTS = 2;
    private static final int MOST_SAVED = 16 * REPEAT_COSTS;
    private static final int FIRST_SAVED = 4 * REPEAT_COSTS;
    private static final int SPARE_BYTES = 32;

    private final byte[][] packets = new byte[ROOM][];
    private final ByteBuffer[] views = new ByteBuffer[ROOM];
    private final int[] lengths = new int[ROOM];
    private final long[] sentAt = new long[ROOM];
    private final int[] repeats = new int[ROOM];
    private final long[] lastAt = new long[ROOM];
    private ByteBuffer found = ByteBuffer.allocate(0);
    private int saved = FIRST_SAVED;

    /** Starts with none. */
    public SentPackets() {
        Arrays.fill(packets, new byte[0]);
    }

    /** Keeps a packet that has just gone out, as the network sees it. What is too short to be one is passed over. */
    public void keep(byte[] bytes, int offset, int length, long now) {
        if (length < RtpPacket.HEADER_BYTES) {
            return;
        }
        int slot = Wire.u16(bytes, offset + 2) % ROOM;
        if (packets[slot].length < length) {
            packets[slot] = new byte[length + SPARE_BYTES];
            views[slot] = ByteBuffer.wrap(packets[slot]);
        }
        System.arraycopy(bytes, offset, packets[slot], 0, length);
        lengths[slot] = length;
        sentAt[slot] = now;
        repeats[slot] = 0;
        saved = Math.min(MOST_SAVED, saved + PACKET_EARNS);
    }

    /**
     * Looks for a packet that the peer misses; {@link #found} is it then. It counts as repeated.
     *
     * @return whether it is here, and may be repeated now
     */
    public boolean find(int ssrc, int sequence, long now) {
        int slot = sequence % ROOM;
        byte[] packet = packets[slot];
        if (lengths[slot] == 0 || Wire.u16(packet, 2) != sequence || Wire.i32(packet, 8) != ssrc || now - sentAt[slot] > OLDEST
                || repeats[slot] == MOST_REPEATS || saved < REPEAT_COSTS || repeats[slot] > 0 && now - lastAt[slot] < APART) {
            return false;
        }
        repeats[slot]++;
        lastAt[slot] = now;
        saved -= REPEAT_COSTS;
        found = views[slot].clear().limit(lengths[slot]);
        return true;
    }

    /** Returns the packet that {@link #find} found, from position to limit, until the next call. */
    public ByteBuffer found() {
        return found;
    }
}
