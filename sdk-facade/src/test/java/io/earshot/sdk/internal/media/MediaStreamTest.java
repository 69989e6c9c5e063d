package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.CallPath;
import io.earshot.api.audio.RtpSettings;
import io.earshot.api.codec.spi.AudioCodecProvider;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.dsp.ToneAnalyzer;
import io.earshot.rtp.rtcp.NtpTime;
import io.earshot.sip.sdp.AudioCapabilities;
import io.earshot.sip.sdp.MediaAddress;
import io.earshot.sip.sdp.MediaNegotiation;
import io.earshot.sip.sdp.NegotiatedAudio;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two streams on virtual time, over sockets in memory, negotiated by real offers and answers. */
class MediaStreamTest {
    private static final InetAddress HOST = InetAddress.getLoopbackAddress();

    private final MemoryTransport transport = new MemoryTransport();
    private End near;
    private End far;
    private long now;

    /** One end of a call: its bridge with a voice and an ear, its stream and its negotiation. */
    private final class End {
        final MediaEngine engine = new MediaEngine();
        final CallPort port = new CallPort();
        final TestPort ear = TestPort.ear(8000);
        final MediaStream stream;
        MediaNegotiation negotiation;
        private MediaStream receiving;

        End(int firstPort, double hz, long seed, String... codecs) throws IOException {
            PortAllocator allocator = new PortAllocator(transport, HOST, firstPort, firstPort + 1);
            PortAllocator.Pair pair = allocator.open(null, (source, data) -> receiving.received(source, data, now),
                    (source, data) -> receiving.received(source, data, now));
            stream = new MediaStream(engine, pair, IdSource.seeded(seed), NtpTime.startingAt(Instant.EPOCH, 0), RtpSettings.DEFAULT,
                    new CallKeys(null), 0);
            receiving = stream;
            engine.add(stream);
            TestPort voice = TestPort.sine(8000, hz);
            engine.bridge().add(port);
            engine.bridge().add(voice);
            engine.bridge().add(ear);
            engine.bridge().connect(voice, port, 0);
            engine.bridge().connect(port, ear, 0);
            negotiation = MediaNegotiation.start(capabilities(firstPort, codecs), IdSource.seeded(seed));
        }

        private AudioCapabilities capabilities(int firstPort, String... codecs) {
            return capabilities(firstPort, false, codecs);
        }

        private AudioCapabilities capabilities(int firstPort, boolean mux, String... codecs) {
            AudioCapabilities.Builder out = AudioCapabilities.builder(new MediaAddress("127.0.0.1", firstPort)).rtcpPort(firstPort + 1)
                    .option(AudioCapabilities.Option.TELEPHONE_EVENT, false).option(AudioCapabilities.Option.RTCP_MUX, mux);
            AudioCodecProvider provider = ServiceLoader.load(AudioCodecProvider.class).findFirst().orElseThrow();
            for (String name : codecs) {
                CodecDescriptor codec = provider.codecs().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
                out.codec(codec, provider);
            }
            return out.build();
        }

        void apply(NegotiatedAudio audio) {
            stream.apply(audio, new InetSocketAddress(HOST, audio.remote().port()),
                    new InetSocketAddress(HOST, audio.remoteRtcp().orElseThrow().port()), negotiation.isHeld(), now);
            port.attach(stream);
        }

        double hears() {
            short[] heard = ear.recent(4000);
            double hz = ToneAnalyzer.dominantHz(heard, 0, heard.length, 8000);
            return hz < 20 || ToneAnalyzer.levelDbfs(heard, 0, heard.length, 8000, hz) < -50 ? 0 : hz;
        }
    }

    @BeforeEach
    void call() throws IOException {
        near = new End(40_000, 440, 1, "PCMU", "PCMA");
        far = new End(41_000, 880, 2, "PCMU", "PCMA");
        renegotiate(near, far);
    }

    private static void renegotiate(End from, End to) {
        MediaNegotiation.Offered offered = from.negotiation.offer();
        MediaNegotiation.Accepted accepted = (MediaNegotiation.Accepted) to.negotiation.answer(offered.offer());
        MediaNegotiation.Agreed agreed = (MediaNegotiation.Agreed) offered.next().complete(accepted.answer());
        to.negotiation = accepted.next();
        from.negotiation = agreed.next();
        to.apply(accepted.audio());
        from.apply(agreed.audio());
    }

    /** Lets time pass, and returns how many RTP packets were sent meanwhile, by payload type. */
    private Map<Integer, Integer> run(int millis) {
        transport.rtpByType.clear();
        for (long end = now + millis * Ticker.MILLISECOND; now < end; ) {
            now += 20 * Ticker.MILLISECOND;
            near.engine.onTurn(now);
            far.engine.onTurn(now);
            transport.deliver();
        }
        return Map.copyOf(transport.rtpByType);
    }

    @Test
    void bothHearEachOther() {
        assertEquals(Map.of(0, 198), run(2000));
        assertEquals(880, near.hears(), 3);
        assertEquals(440, far.hears(), 3);
        assertEquals(99, near.stream.quality(CallPath.NONE).packetsSent());
        assertTrue(near.stream.quality(CallPath.NONE).mos() > 4, () -> near.stream.quality(CallPath.NONE).toString());
    }

    @Test
    void whoHoldsSendsSilenceAndHearsNothing() {
        run(1000);
        near.negotiation = near.negotiation.withHold(true);
        renegotiate(near, far);
        assertEquals(Map.of(0, 50), run(1000), "one side sends");
        assertEquals(0, near.hears());
        assertEquals(0, far.hears());
        near.negotiation = near.negotiation.withHold(false);
        renegotiate(near, far);
        assertEquals(Map.of(0, 100), run(1000));
        assertEquals(880, near.hears(), 3);
        assertEquals(440, far.hears(), 3);
    }

    @Test
    void nothingIsSentToTheAddressOfNobodyUnlessIceKnowsTheWay() {
        NegotiatedAudio audio = near.negotiation.audio().orElseThrow();
        InetSocketAddress nobody = new InetSocketAddress("0.0.0.0", 9);
        near.stream.apply(audio, nobody, nobody, false, now);
        assertEquals(Map.of(0, 49), run(1000), "the other side sends");
        near.stream.routed(true);
        near.stream.apply(audio, nobody, nobody, false, now);
        assertEquals(Map.of(0, 100), run(1000));
    }

    @Test
    void nothingFlowsWhileBothHold() {
        run(1000);
        near.negotiation = near.negotiation.withHold(true);
        renegotiate(near, far);
        far.negotiation = far.negotiation.withHold(true);
        renegotiate(far, near);
        run(100);
        assertEquals(Map.of(), run(1000));
        near.negotiation = near.negotiation.withHold(false);
        renegotiate(near, far);
        assertEquals(Map.of(0, 50), run(1000), "the other side still holds");
        far.negotiation = far.negotiation.withHold(false);
        renegotiate(far, near);
        run(1000);
        assertEquals(880, near.hears(), 3);
        assertEquals(440, far.hears(), 3);
    }

    @Test
    void aCodecIsSwitchedWithoutALoss() throws IOException {
        run(1000);
        AudioCapabilities alaw = near.capabilities(40_000, "PCMA");
        near.negotiation = near.negotiation.withCapabilities(alaw);
        renegotiate(near, far);
        assertEquals(Map.of(8, 100), run(1000));
        assertEquals(880, near.hears(), 3);
        assertEquals(440, far.hears(), 3);
        assertEquals(0, near.stream.quality(CallPath.NONE).packetsLost());
    }

    @Test
    void eachSideSendsTheNumberTheOtherWants() {
        NegotiatedAudio audio = near.negotiation.audio().orElseThrow();
        near.apply(numbered(audio, 97, 101));
        far.apply(numbered(far.negotiation.audio().orElseThrow(), 101, 97));
        run(20);
        assertEquals(Map.of(97, 50, 101, 50), run(1000));
        assertEquals(880, near.hears(), 3);
        assertEquals(440, far.hears(), 3);
    }

    private static NegotiatedAudio numbered(NegotiatedAudio audio, int send, int receive) {
        NegotiatedAudio.Codec codec = audio.codec();
        NegotiatedAudio.Codec other = new NegotiatedAudio.Codec(codec.descriptor(), codec.provider(), send, receive,
                codec.localParameters(), codec.remoteParameters());
        return new NegotiatedAudio(audio.mediaIndex(), audio.profile(), audio.local(), audio.remote(), audio.remoteRtcp(), false,
                audio.direction(), false, List.of(other), Optional.empty(), audio.sendPtime(), audio.receivePtime());
    }

    @Test
    void reportsShareThePortWhereBothWantIt() {
        near.negotiation = near.negotiation.withCapabilities(near.capabilities(40_000, true, "PCMU"));
        far.negotiation = far.negotiation.withCapabilities(far.capabilities(41_000, true, "PCMU"));
        renegotiate(near, far);
        transport.bound.keySet().removeIf(address -> address.getPort() % 2 == 1);
        run(12_000);
        assertTrue(near.stream.quality(CallPath.NONE).far().mos() > 4, () -> near.stream.quality(CallPath.NONE).toString());
        assertEquals(20, near.stream.quality(CallPath.NONE).far().bufferDelay().toMillis(), "as the peer says by VoIP metrics");
    }

    @Test
    void silenceOfAPeerThatIsToSendIsMeasured() {
        assertFalse(near.stream.everHeard());
        run(2000);
        assertTrue(near.stream.everHeard());
        assertTrue(near.stream.silentFor(now) < 50 * Ticker.MILLISECOND);
        far.port.attach(null); // neither sound nor, from now on, a report
        transport.bound.keySet().removeIf(address -> address.getPort() < 41_000);
        run(3000);
        assertEquals(3000, near.stream.silentFor(now) / Ticker.MILLISECOND, 60);
        near.negotiation = near.negotiation.withHold(true);
        renegotiate(near, far);
        assertEquals(0, near.stream.silentFor(now), "nothing is to come");
    }

    @Test
    void mutingIsTheSameOnTheWire() {
        run(1000);
        near.port.muteOutgoing(true);
        far.port.muteIncoming(true);
        assertEquals(Map.of(0, 100), run(1000));
        assertEquals(0, far.hears());
        assertEquals(880, near.hears(), 3);
        near.port.muteOutgoing(false);
        run(1000);
        assertEquals(0, far.hears());
    }

    @Test
    void closingSaysGoodbyeAndFreesThePorts() {
        run(1000);
        near.port.attach(null);
        near.stream.close(now);
        assertEquals(2, transport.bound.size());
        run(200);
        far.port.attach(null);
        far.stream.close(now);
        assertEquals(Map.of(), Map.copyOf(transport.bound));
    }
}
