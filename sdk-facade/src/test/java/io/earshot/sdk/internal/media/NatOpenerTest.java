package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.CallPath;
import io.earshot.api.audio.NatOpening;
import io.earshot.api.audio.NatOpening.Form;
import io.earshot.api.audio.RtpSettings;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.rtp.rtcp.NtpTime;
import io.earshot.sdk.internal.loop.EventLoop;
import io.earshot.sdk.internal.media.path.MediaPath;
import io.earshot.sdk.internal.media.path.RouteListener;
import io.earshot.sip.sdp.AudioCapabilities;
import io.earshot.sip.sdp.MediaAddress;
import io.earshot.sip.sdp.MediaNegotiation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What leaves the sockets of a call before its first sound; the peer only counts. */
class NatOpenerTest {
    private static final InetAddress HOST = InetAddress.getLoopbackAddress();
    private static final int PEER = 41_000;
    private final MemoryTransport transport = new MemoryTransport();
    private final EventLoop loop = new EventLoop("test", Ticker.system(), Runnable::run, new EventLoop.Agent() {
        @Override
        public long onTurn(long now) {
            return Ticker.NEVER;
        }

        @Override
        public void onClose() {
            // nothing to free
        }
    });
    private final List<Integer> rtp = new ArrayList<>();
    private final List<Integer> rtcp = new ArrayList<>();
    private MediaPath path;
    private MediaStream stream;
    private MediaEngine engine;

    @BeforeEach
    void bind() throws IOException {
        peer(PEER, rtp);
        peer(PEER + 1, rtcp);
        engine = new MediaEngine();
        path = new MediaPath(loop, (source, data) -> { }, new MediaPath.Listener() {
            @Override
            public void changed(Optional<String> suite) {
                throw new AssertionError(suite);
            }

            @Override
            public void failed(String reason) {
                throw new AssertionError(reason);
            }
        }, RouteListener.NOBODY);
        PortAllocator.Pair raw = new PortAllocator(transport, HOST, 40_000, 40_001).open(null, path.rtp(), path.rtcp());
        MediaPath.Sockets over = path.over(raw.rtp(), raw.rtcp());
        stream = new MediaStream(engine, new PortAllocator.Pair(over.rtp(), over.rtcp()), IdSource.seeded(1),
                NtpTime.startingAt(Instant.EPOCH, 0), RtpSettings.DEFAULT, new CallKeys(null), 0);
    }

    @AfterEach
    void close() {
        loop.close();
    }

    private void peer(int port, List<Integer> lengths) throws IOException {
        transport.open(new InetSocketAddress(HOST, port), 0, null, (source, data) -> lengths.add(data.remaining()));
    }

    /** Agrees on PCMU with a peer at that port. */
    private MediaPath.Remote agree(int port, boolean sending) {
        AudioCodecProvider provider = ServiceLoader.load(AudioCodecProvider.class).findFirst().orElseThrow();
        AudioCapabilities ours = capabilities(provider, 40_000);
        MediaNegotiation.Offered theirs = MediaNegotiation.start(capabilities(provider, port), IdSource.seeded(2))
                .withHold(!sending).offer();
        MediaNegotiation.Accepted accepted =
                (MediaNegotiation.Accepted) MediaNegotiation.start(ours, IdSource.seeded(3)).answer(theirs.offer());
        InetSocketAddress remote = new InetSocketAddress(HOST, port);
        InetSocketAddress reports = new InetSocketAddress(HOST, port + 1);
        stream.apply(accepted.audio(), remote, reports, false, 0);
        return new MediaPath.Remote(remote, Optional.of(reports), List.of());
    }

    private static AudioCapabilities capabilities(AudioCodecProvider provider, int port) {
        return AudioCapabilities.builder(new MediaAddress("127.0.0.1", port)).rtcpPort(port + 1)
                .codec(provider.codecs().stream().filter(one -> one.name().equals("PCMU")).findFirst().orElseThrow(), provider).build();
    }

    private void open(NatOpener opener, MediaPath.Remote to) {
        opener.open(stream, path, to);
        transport.deliver();
    }

    @Test
    void asManyShortPacketsAsWantedGoToThePeerAndOneToItsReports() {
        open(new NatOpener(NatOpening.of(10)), agree(PEER, true));
        assertEquals(Collections.nCopies(10, 2), rtp);
        assertEquals(List.of(2), rtcp);
        assertEquals(0, stream.quality(CallPath.NONE).packetsSent(), "they are no sound");
    }

    @Test
    void noneGoWhereNoneAreWanted() {
        open(new NatOpener(NatOpening.NONE), agree(PEER, true));
        assertEquals(List.of(), rtp);
        assertEquals(List.of(), rtcp);
    }

    @Test
    void earlyMediaAndTheAnswerOpenTheSameAddressOnceAndAnotherOneAgain() throws IOException {
        List<Integer> other = new ArrayList<>();
        peer(42_000, other);
        NatOpener opener = new NatOpener(NatOpening.of(1));
        open(opener, agree(PEER, true));
        open(opener, agree(PEER, true));
        assertEquals(List.of(2), rtp);
        open(opener, agree(42_000, true));
        assertEquals(List.of(2), other);
    }

    @Test
    void silenceIsSoundOfTheStreamAndAfterSoundNothingIsToBeOpened() {
        NatOpening silence = new NatOpening(3, Form.SILENCE);
        open(new NatOpener(silence), agree(PEER, true));
        assertEquals(List.of(172, 172, 172), rtp);
        assertEquals(List.of(), rtcp);
        assertEquals(3, stream.quality(CallPath.NONE).packetsSent());
        open(new NatOpener(silence), agree(PEER, true));
        assertEquals(3, rtp.size());
    }

    @Test
    void toAPeerThatWantsNoSoundShortPacketsGo() {
        open(new NatOpener(new NatOpening(2, Form.SILENCE)), agree(PEER, false));
        assertEquals(List.of(2, 2), rtp);
    }

    @Test
    void aPeerWithoutAnAddressIsNotSentTo() {
        agree(PEER, true);
        open(new NatOpener(NatOpening.of(1)), new MediaPath.Remote(new InetSocketAddress(HOST, 0), Optional.empty(), List.of()));
        open(new NatOpener(NatOpening.of(1)), new MediaPath.Remote(new InetSocketAddress("0.0.0.0", PEER), Optional.empty(), List.of()));
        assertEquals(0, transport.sent, "nothing left the socket");
    }
}
