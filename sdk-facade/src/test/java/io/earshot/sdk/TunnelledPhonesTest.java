package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.FailOverConfig;
import io.earshot.api.Phone;
import io.earshot.api.PhoneEvent;
import io.earshot.api.RegistrationState;
import io.earshot.api.VoipException;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.Tone;
import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.tunnel.TunnelConfig;
import io.earshot.api.tunnel.TunnelGatewayConfig;
import io.earshot.api.tunnel.TunnelUse;
import io.earshot.api.tunnel.spi.TunnelGateway;
import io.earshot.api.tunnel.spi.TunnelProvider;
import io.earshot.dsp.ToneAnalyzer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Phones behind a gateway on this machine. */
class TunnelledPhonesTest {
    private static final String KEY = "a key of 16 or more letters";
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private static TunnelGateway gateway(int firstPort) throws IOException {
        return ServiceLoader.load(TunnelProvider.class).findFirst().orElseThrow().serve(TunnelGatewayConfig.of(
                new InetSocketAddress(HERE, 0), "alice", KEY, "127.0.0.1").withOutside(HERE, Optional.empty())
                .withPorts(firstPort, firstPort + 99));
    }

    private static TunnelConfig tunnel(TunnelGateway to) {
        return TunnelConfig.of("http://127.0.0.1:" + to.address().getPort(), "alice", KEY).withProxy(ProxyConfig.NONE);
    }

    private static void assertPitch(PcmSink ear, double hz) throws InterruptedException {
        short[] pcm = new short[1200];
        double heard = 0;
        for (int round = 0; round < 100 && Math.abs(heard - hz) > 15; round++) {
            for (int got = 0; got < pcm.length; ) {
                got += ear.read(pcm, got, pcm.length - got);
            }
            heard = ToneAnalyzer.dominantHz(pcm, 0, pcm.length, 8000);
        }
        assertEquals(hz, heard, 15);
    }

    @Test
    void aCallAndItsSoundGoThroughTheTunnel() throws Exception {
        try (TunnelGateway gateway = gateway(42_000); Rig rig = Rig.start()) {
            Phone phone = rig.keep(Rig.builder().tunnel(tunnel(gateway)).open());
            Account alice = phone.register(rig.config("alice"));
            Account bob = rig.registered("bob");
            Rig.Talk talk = Rig.talk(alice, bob);
            talk.caller().audio().play(Tone.of(500));
            talk.callee().audio().play(Tone.of(800));
            assertPitch(talk.callee().audio().output(8000), 500);
            assertPitch(talk.caller().audio().output(8000), 800);
            assertTrue(phone.listeningOn().get(0).startsWith("UDP 127.0.0.1:420"), phone.listeningOn().toString());
            assertEquals(1, phone.listeningOn().size());
            assertTrue(gateway.counters().sent() > 10 && gateway.counters().received() > 10, gateway.counters().toString());
            talk.caller().hangup();
        }
    }

    @Test
    void aGatewayThatDoesNotKnowUsIsToldOfAtOnce() throws IOException {
        try (TunnelGateway gateway = gateway(42_100)) {
            TunnelConfig wrong = TunnelConfig.of("http://127.0.0.1:" + gateway.address().getPort(), "alice", "not the right key")
                    .withProxy(ProxyConfig.NONE);
            VoipException refused = assertThrows(VoipException.class, () -> Rig.builder().tunnel(wrong).open());
            assertEquals("The tunnel gateway 127.0.0.1 is not reached: the gateway does not accept this user and key.",
                    refused.getMessage());
        }
    }

    @Test
    void aServerThatIsSilentDirectlyIsReachedThroughTheTunnel() throws Exception {
        try (TunnelGateway gateway = gateway(42_200); Rig rig = Rig.start()) {
            BlockingQueue<String> notices = new LinkedBlockingQueue<>();
            Phone phone = rig.keep(Rig.builder().transport(new DeafUdp()).tunnel(tunnel(gateway).withUse(TunnelUse.WHEN_NEEDED)).open());
            BlockingQueue<String> registered = new LinkedBlockingQueue<>();
            phone.onEvent(event -> {
                if (event instanceof PhoneEvent.Notice notice) {
                    notices.add(notice.text());
                } else if (event instanceof PhoneEvent.RegistrationChanged change
                        && change.state() instanceof RegistrationState.Registered) {
                    registered.add(change.account().address());
                }
            });
            Account alice = phone.addAccount(rig.config("alice")
                    .withFailOver(FailOverConfig.DEFAULT.withPatience(Duration.ofMillis(300))));
            alice.registerAsync();
            assertEquals("The server does not answer directly: everything goes through the tunnel to 127.0.0.1 now.",
                    Rig.take(notices));
            Account bob = rig.registered("bob");
            Rig.take(registered);
            Rig.talk(bob, alice).caller().hangup();
        }
    }
}
