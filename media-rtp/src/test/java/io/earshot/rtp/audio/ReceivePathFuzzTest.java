package io.earshot.rtp.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.jitter.JitterConfig;
import io.earshot.rtp.rtcp.NtpTime;
import io.earshot.rtp.session.PayloadTypes;
import io.earshot.rtp.session.ReceiveVerdict;
import io.earshot.rtp.session.RtpSession;
import io.earshot.rtp.session.RtpSessionConfig;
import io.earshot.rtp.testing.MuLawCodec;
import io.earshot.rtp.testing.Packets;
import io.earshot.rtp.testing.TaggedCodec;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The whole way from a datagram to PCM, as a media loop goes it. */
class ReceivePathFuzzTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 4000);
    private static final InetSocketAddress MOVED = new InetSocketAddress("192.0.2.1", 4444);
    private static final InetSocketAddress ATTACKER = new InetSocketAddress("203.0.113.66", 9);
    private final RtpSession session = new RtpSession(RtpSessionConfig.forCall("us"), IdSource.seeded(1),
        NtpTime.startingAt(Instant.EPOCH, 0), 0);
    private int injected;
    private int heard;
    private final AudioReceiver receiver = new AudioReceiver(JitterConfig.DEFAULT, 20, List.of(
        new PayloadFormat(100, TaggedCodec.DESCRIPTOR, new TaggedCodec(this::decoded)),
        new PayloadFormat(0, MuLawCodec.DESCRIPTOR, new MuLawCodec())));
    private final short[] pcm = new short[160];
    private long now;

    ReceivePathFuzzTest() {
        session.payloadTypes(PayloadTypes.none().with(100, 8000).with(0, 8000));
        session.negotiated(PEER, PEER);
    }

    private void decoded(int index) {
        injected += index < 0 ? 1 : 0;
        heard += index >= 0 ? 1 : 0;
    }

    private void datagram(byte[] bytes, int length, InetSocketAddress source) {
        switch (session.receive(bytes, 0, length, source, now)) {
            case ACCEPTED_NEW_SOURCE -> {
                receiver.reset();
                receiver.onPacket(session.packet(), now);
            }
            case ACCEPTED, UNKNOWN_PAYLOAD_TYPE -> receiver.onPacket(session.packet(), now);
            default -> { }
        }
    }

    private void voice(int index, int ssrc, InetSocketAddress source, int tag) {
        byte[] bytes = Packets.rtp(100, index & 0xFFFF, 160 * index, ssrc, TaggedCodec.payload(tag, 160, 4000));
        datagram(bytes, bytes.length, source);
    }

    private void tick() {
        assertEquals(160, receiver.read(now, pcm, 0));
        now += 20 * Ticker.MILLISECOND;
    }

    @Test void mutatedPacketsOfThePeerNeverThrow() {
        SplittableRandom random = new SplittableRandom(31);
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = Packets.rtp(random.nextInt(4) == 0 ? 0 : 100, i & 0xFFFF, 160 * i, 7, TaggedCodec.payload(i, 160, 4000));
            for (int m = random.nextInt(5) - 2; m > 0; m--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            datagram(bytes, random.nextInt(20) == 0 ? random.nextInt(bytes.length) : bytes.length, PEER);
            tick();
        }
        assertTrue(heard > 20_000, "the undamaged are heard: " + heard);
        assertTrue(receiver.unplayable() > 10);
    }

    @Test void nothingInjectedIsHeardWhileThePeerSpeaks() {
        for (int i = 0; i < 500; i++) {
            voice(i, 7, PEER, i);
            for (int k = 1; k < 20; k++) {
                voice(i + k, 7, ATTACKER, -1);
                voice(k, 1000 + k, ATTACKER, -1);
            }
            voice(i, session.sender().ssrc(), ATTACKER, -1);
            tick();
        }
        assertEquals(0, injected);
        assertTrue(heard > 490);
        assertEquals(0, session.count(ReceiveVerdict.COLLISION));
        assertEquals(500 * 39, session.count(ReceiveVerdict.REJECTED_SOURCE));
    }

    @Test void aReboundPeerIsHeardAgainAfterTheQuietTime() {
        for (int i = 0; i < 100; i++) {
            voice(i, 7, PEER, i);
            tick();
        }
        for (int i = 100; i < 300; i++) {
            voice(i, 7, MOVED, i);
            tick();
        }
        assertEquals(MOVED, session.remoteRtp().orElseThrow());
        assertTrue(heard > 180 && heard < 200, "heard " + heard); // all but 2 s and the packets that prove it
    }
}
