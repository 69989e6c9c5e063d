package io.earshot.benchmarks.load;

import io.earshot.api.id.IdSource;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.sdp.SdpParser;
import io.earshot.sip.sdp.SdpResult;
import io.earshot.sip.sdp.SessionDescription;
import io.earshot.sip.ua.AccountId;
import io.earshot.sip.ua.AccountSettings;
import io.earshot.sip.ua.EngineConfig;
import io.earshot.sip.ua.RegistrationState;
import io.earshot.sip.ua.SipEngine;
import io.earshot.sip.ua.SipEvent;
import io.earshot.testkit.node.EngineDriver;
import io.earshot.testkit.node.RealNode;
import java.nio.charset.StandardCharsets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The SIP engine alone on a UDP socket, without media: what is comparable with a SIP stack. */
final class CoreCallee implements Callee {
    static final String SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n";

    private final RealNode node = new RealNode("callee");
    private final InetSocketAddress local;
    private final SipEngine engine;
    private final Set<Object> up = new HashSet<>();
    private final BlockingQueue<AccountId> registered = new LinkedBlockingQueue<>();
    private int last;

    CoreCallee() throws Exception {
        local = node.open(udp(), TransportConfig.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        EngineConfig config = EngineConfig.defaults();
        engine = new SipEngine(config, IdSource.secure(), EngineDriver.addressesOf(node));
        SessionDescription answer = ((SdpResult.Parsed) new SdpParser().parse(SDP.getBytes(StandardCharsets.US_ASCII))).description();
        node.drive(new EngineDriver(engine, (event, now) -> on(event, answer, now)));
    }

    private static SipTransportProvider udp() {
        return ServiceLoader.load(SipTransportProvider.class).stream().map(ServiceLoader.Provider::get)
            .filter(provider -> provider.protocol().equals("UDP")).findFirst().orElseThrow();
    }

    private void on(SipEvent event, SessionDescription answer, long now) {
        if (event instanceof SipEvent.IncomingCall call) {
            up.add(call.session());
            engine.ring(call.session(), 180, Optional.empty(), now);
            engine.answer(call.session(), answer, now);
        } else if (event instanceof SipEvent.Ended ended) {
            up.remove(ended.session());
        } else if (event instanceof SipEvent.RegistrationChanged changed && changed.state() instanceof RegistrationState.Registered) {
            registered.add(changed.account());
        }
    }

    @Override
    public int port() {
        return local.getPort();
    }

    @Override
    public void register(int accounts, int registrarPort) throws InterruptedException {
        for (int i = 0; i < accounts; i++) {
            SipUri address = SipUri.of("user" + ++last, "127.0.0.1").withPort(registrarPort);
            node.call(now -> engine.register(engine.addAccount(AccountSettings.builder(address).expiresSeconds(3600).build(), now), now));
            if (registered.poll(10, TimeUnit.SECONDS) == null) {
                throw new IllegalStateException("account " + last + " is not registered after 10 s");
            }
        }
    }

    @Override
    public int calls() {
        return node.call(now -> up.size());
    }

    @Override
    public void close() {
        node.close();
    }
}
