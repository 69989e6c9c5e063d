package io.earshot.srtp;

import io.earshot.rtp.wire.Wire;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Packets to protect, and keys, from a seed. */
final class Stream {
    static final int ROOM = 200;
    final SplittableRandom random;
    final byte[] buffer = new byte[2_000];

    Stream(long seed) {
        random = new SplittableRandom(seed);
    }

    SrtpMasterKey key(SrtpSuite suite) {
        byte[] both = new byte[suite.keyBytes() + suite.saltBytes()];
        random.nextBytes(both);
        return SrtpMasterKey.of(suite, both);
    }

    /** Writes an RTP packet with a payload that tells its sequence number, and returns its length. */
    static int rtp(byte[] into, int ssrc, int sequence, int payload) {
        Arrays.fill(into, 0, 12 + payload, (byte) sequence);
        into[0] = (byte) 0x80;
        into[1] = 0;
        Wire.put16(into, 2, sequence);
        Wire.put32(into, 4, sequence * 160);
        Wire.put32(into, 8, ssrc);
        return 12 + payload;
    }

    /** Writes a receiver report without blocks and some bytes of a description. */
    static int rtcp(byte[] into, int ssrc, int words) {
        Arrays.fill(into, 0, 8 + 4 * words, (byte) words);
        into[0] = (byte) 0x80;
        into[1] = (byte) 201;
        Wire.put16(into, 2, 1 + words);
        Wire.put32(into, 4, ssrc);
        return 8 + 4 * words;
    }

    /** Returns a protected packet in an array of its own. */
    static byte[] protect(SrtpSender sender, int ssrc, int sequence) {
        byte[] packet = new byte[12 + 160 + ROOM];
        SrtpVerdict verdict = sender.protectRtp(packet, 0, rtp(packet, ssrc, sequence & 0xFFFF, 160));
        if (verdict != SrtpVerdict.OK) {
            throw new IllegalStateException(verdict + " at " + sequence);
        }
        return Arrays.copyOf(packet, sender.length());
    }

    static byte[] protectRtcp(SrtpSender sender, int ssrc) {
        byte[] packet = new byte[60 + ROOM];
        SrtpVerdict verdict = sender.protectRtcp(packet, 0, rtcp(packet, ssrc, 6));
        if (verdict != SrtpVerdict.OK) {
            throw new IllegalStateException(verdict.toString());
        }
        return Arrays.copyOf(packet, sender.length());
    }

    static SrtpVerdict rtp(SrtpReceiver receiver, byte[] packet) {
        return receiver.unprotectRtp(packet.clone(), 0, packet.length);
    }

    static SrtpVerdict rtcp(SrtpReceiver receiver, byte[] packet) {
        return receiver.unprotectRtcp(packet.clone(), 0, packet.length);
    }
}
