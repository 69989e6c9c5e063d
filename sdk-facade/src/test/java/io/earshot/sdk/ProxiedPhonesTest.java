package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.CallEvent;
import io.earshot.api.CallPath;
import io.earshot.api.NetworkConfig;
import io.earshot.api.Phone;
import io.earshot.api.audio.PcmSink;
import io.earshot.api.audio.Tone;
import io.earshot.api.proxy.ProxyConfig;
import io.earshot.dsp.ToneAnalyzer;
import io.earshot.testkit.net.TestProxy;
import org.junit.jupiter.api.Test;

/** Phones behind a SOCKS proxy on this machine. */
class ProxiedPhonesTest {
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

    @Test
    void aCallAndItsSoundGoThroughTheProxy() throws Exception {
        try (TestProxy proxy = new TestProxy("password"); Rig rig = Rig.start()) {
            Phone phone = rig.keep(Rig.builder().network(behind(proxy)).open());
            talkAndHangUp(rig, phone.register(rig.config("alice")), CallPath.End.PROXY);
            assertTrue(proxy.heads.stream().filter("UDP"::equals).count() >= 3, "SIP, RTP, RTCP: " + proxy.heads);
        }
    }
}
