package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.CallEvent;
import io.earshot.api.CallPath;
import io.earshot.api.NetworkConfig;
import io.earshot.api.Phone;
import io.earshot.api.PhoneEvent;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.Tone;
import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.tunnel.TunnelConfig;
import io.earshot.api.tunnel.TunnelGatewayConfig;
import io.earshot.api.tunnel.TunnelUse;
import io.earshot.api.tunnel.spi.TunnelGateway;
import io.earshot.api.tunnel.spi.TunnelProvider;
import io.earshot.dsp.ToneAnalyzer;
import io.earshot.testkit.net.TestProxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** Phones behind a SOCKS proxy on this machine. */
class ProxiedPhonesTest {
    private static final String KEY = "a key of 16 or more letters";
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private static NetworkConfig behind(TestProxy proxy) {
        return NetworkConfig.DEFAULT.withProxy(ProxyConfig.socks5("127.0.0.1", proxy.port()).withLogin("me", "secret"));
    }

    private static void hears(PcmSink ear, double hz) throws InterruptedException {
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

    private static void talkAndHangUp(Rig rig, Account alice, CallPath.End end) throws Exception {
        Rig.Talk talk = Rig.talk(alice, rig.registered("bob"));
        talk.caller().audio().play(Tone.of(500));
        talk.callee().audio().play(Tone.of(800));
        hears(talk.callee().audio().output(8000), 500);
        hears(talk.caller().audio().output(8000), 800);
        assertEquals(end, Rig.await(talk.caller(), CallEvent.PathChanged.class).path().local());
        talk.caller().hangup();
    }

    private static BlockingQueue<String> notices(Phone phone) {
        BlockingQueue<String> notices = new LinkedBlockingQueue<>();
        phone.onEvent(event -> {
            if (event instanceof PhoneEvent.Notice notice) {
                notices.add(notice.text());
            }
        });
        return notices;
    }

    @Test
    void aCallAndItsSoundGoThroughTheProxy() throws Exception {
        try (TestProxy proxy = new TestProxy("password"); Rig rig = Rig.start()) {
            Phone phone = rig.keep(Rig.builder().network(behind(proxy)).open());
            talkAndHangUp(rig, phone.register(rig.config("alice")), CallPath.End.PROXY);
            assertTrue(proxy.heads.stream().filter("UDP"::equals).count() >= 3, "SIP, RTP, RTCP: " + proxy.heads);
        }
    }

    @Test
    void aProxyThatCarriesNoDatagramsIsToldOfAndTheTunnelCarriesTheSound() throws Exception {
        try (TestProxy proxy = new TestProxy("password"); Rig rig = Rig.start();
                TunnelGateway gateway = ServiceLoader.load(TunnelProvider.class).findFirst().orElseThrow().serve(TunnelGatewayConfig.of(
                        new InetSocketAddress(HERE, 0), "alice", KEY, "127.0.0.1").withOutside(HERE, Optional.empty())
                        .withPorts(42_300, 42_399))) {
            proxy.carryDatagrams(false);
            TunnelConfig tunnel = TunnelConfig.of("http://127.0.0.1:" + gateway.address().getPort(), "alice", KEY)
                    .withProxy(ProxyConfig.socks5("127.0.0.1", proxy.port()).withLogin("me", "secret")).withUse(TunnelUse.WHEN_NEEDED);
            Phone phone = rig.keep(Rig.builder().network(behind(proxy)).tunnel(tunnel).open());
            BlockingQueue<String> notices = notices(phone);
            Account alice = phone.register(rig.config("alice"));
            talkAndHangUp(rig, alice, CallPath.End.TUNNEL);
            assertTrue(gateway.counters().received() > 10 && gateway.counters().sent() > 0, gateway.counters().toString());
            assertEquals("Neither SIP over UDP nor the sound goes through the proxy: the SOCKS proxy 127.0.0.1: it carries no UDP.",
                    notices.peek());
        }
    }
}
