package io.earshot.transport.tls;

import io.earshot.api.id.IdSource;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.sip.auth.Credentials;
import io.earshot.sip.message.Uri;
import io.earshot.sip.sdp.SdpParser;
import io.earshot.sip.sdp.SdpResult;
import io.earshot.sip.sdp.SessionDescription;
import io.earshot.sip.ua.AccountId;
import io.earshot.sip.ua.AccountSettings;
import io.earshot.sip.ua.EngineConfig;
import io.earshot.sip.ua.InviteRequest;
import io.earshot.sip.ua.RegistrationState;
import io.earshot.sip.ua.SessionId;
import io.earshot.sip.ua.SipEngine;
import io.earshot.sip.ua.SipEvent;
import io.earshot.sip.ua.TransportTraits;
import io.earshot.testkit.node.EngineDriver;
import io.earshot.testkit.node.RealNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** An engine over real sockets that answers whoever calls. */
final class RealPhone implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final RealNode node;
    private final SipEngine engine;
    private final AccountId account;
    private final InetSocketAddress address;
    private final BlockingQueue<SipEvent> events = new LinkedBlockingQueue<>();

    RealPhone(String name, SipTransportProvider provider, TransportConfig config, TransportTraits traits, Uri identity,
            Optional<Uri> proxy) throws IOException {
        node = new RealNode(name);
        address = node.open(provider, config);
        engine = new SipEngine(EngineConfig.builder().transports(traits).build(), IdSource.secure(), EngineDriver.addressesOf(node));
        AccountSettings.Builder settings = AccountSettings.builder(identity).credentials(Credentials.password(name, "secret-" + name));
        proxy.ifPresent(settings::outboundProxy);
        account = engine.addAccount(settings.build(), 0);
        node.drive(new EngineDriver(engine, this::on).name("localhost", Loopback.IPV4));
    }

    private void on(SipEvent event, long now) {
        events.add(event);
        if (event instanceof SipEvent.IncomingCall call) {
            engine.ring(call.session(), 180, Optional.empty(), now);
            engine.answer(call.session(), sdp("answer"), now);
        }
    }

    static SessionDescription sdp(String mark) {
        String text = "v=0\r\no=" + mark + " 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            + "m=audio 4000 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n";
        return ((SdpResult.Parsed) new SdpParser().parse(text.getBytes(StandardCharsets.UTF_8))).description();
    }

    InetSocketAddress address() {
        return address;
    }

    void register() {
        node.call(now -> engine.register(account, now));
        await("its registration", event -> event instanceof SipEvent.RegistrationChanged changed
            && changed.state() instanceof RegistrationState.Registered);
    }

    /** Calls, and hangs up once it is answered and connected. */
    void callAndHangUp(Uri target) {
        SessionId session = call(target);
        await("an answer", SipEvent.Answered.class::isInstance);
        node.call(now -> engine.hangup(session, now));
    }

    SessionId call(Uri target) {
        return node.call(now -> engine.invite(account, InviteRequest.of(target, sdp("offer")), now));
    }

    SipEvent await(String what, Predicate<SipEvent> wanted) {
        List<SipEvent> seen = new ArrayList<>();
        try {
            for (SipEvent next = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS); next != null;
                    next = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                seen.add(next);
                if (wanted.test(next)) {
                    return next;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError(node.name() + " waits in vain for " + what + "; it has " + seen);
    }

    @Override
    public void close() {
        node.close();
    }
}
