package io.earshot.testkit.server;

import io.earshot.api.time.Ticker;
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
import io.earshot.testkit.net.VirtualHost;
import io.earshot.testkit.node.EngineDriver;
import io.earshot.testkit.node.VirtualNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A phone on a virtual host: rings, answers after a while or refuses, and writes down what happens. */
final class Phone {
    private static final String SDP = "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";

    final List<String> log = new ArrayList<>();
    private final VirtualHost host;
    private final VirtualNode node;
    private final SipEngine engine;
    private final AccountId account;
    private final long answerAfter;
    private final int refuseWith;
    private SessionId session;

    private Phone(VirtualHost host, String password, TestSipServer server, boolean tcp, long answerAfter, int refuseWith) {
        this.host = host;
        this.answerAfter = answerAfter;
        this.refuseWith = refuseWith;
        node = new VirtualNode(host);
        try {
            node.open(tcp ? host.tcp() : host.udp(), TransportConfig.bind(host.address(5060)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        EngineConfig config = EngineConfig.builder().transports(tcp ? TransportTraits.TCP : TransportTraits.UDP).keepAlive(0).build();
        engine = new SipEngine(config, host.network().ids(host.name()), EngineDriver.addressesOf(node));
        String proxy = "sip:" + server.address().getAddress().getHostAddress() + ";lr" + (tcp ? ";transport=tcp" : "");
        account = engine.addAccount(AccountSettings.builder(Uri.parse("sip:" + user() + "@test")).expiresSeconds(600)
            .outboundProxy(Uri.parse(proxy)).credentials(Credentials.password(user(), "test", password)).build(), 0);
        node.drive(new EngineDriver(engine, this::on));
    }

    static Phone on(VirtualHost host, TestSipServer server) {
        return new Phone(host, "secret", server, false, 2 * Ticker.SECOND, 0);
    }

    static Phone withPassword(VirtualHost host, TestSipServer server, String password) {
        return new Phone(host, password, server, false, 0, 0);
    }

    static Phone overTcp(VirtualHost host, TestSipServer server) {
        return new Phone(host, "secret", server, true, 2 * Ticker.SECOND, 0);
    }

    static Phone refusing(VirtualHost host, TestSipServer server, int status) {
        return new Phone(host, "secret", server, false, Ticker.SECOND, status);
    }

    static Phone ringingFor(VirtualHost host, TestSipServer server, long time) {
        return new Phone(host, "secret", server, false, time, 0);
    }

    /** The host's name up to a dash: alice-desk and alice-mobile are both alice. */
    private String user() {
        return host.name().split("-")[0];
    }

    Phone register() {
        node.call(now -> engine.register(account, now));
        return this;
    }

    void unregister() {
        node.call(now -> engine.unregister(account, now));
    }

    void call(String target) {
        node.call(now -> session = engine.invite(account, InviteRequest.of(Uri.parse(target), sdp()), now));
    }

    boolean hangUp() {
        return node.call(now -> engine.hangup(session, now));
    }

    boolean isIdle() {
        return engine.isIdle();
    }

    private void on(SipEvent event, long now) {
        if (event instanceof SipEvent.RegistrationChanged changed) {
            log.add(registration(changed.state()));
        } else if (event instanceof SipEvent.IncomingCall call) {
            log.add("incoming");
            onIncoming(call.session(), now);
        } else if (event instanceof SipEvent.Progress progress) {
            log.add(Integer.toString(progress.status()));
        } else if (event instanceof SipEvent.Answered) {
            log.add("answered");
        } else if (event instanceof SipEvent.Confirmed) {
            log.add("confirmed");
        } else if (event instanceof SipEvent.Ended ended) {
            log.add("ended: " + ended.cause().sentence());
        } else if (event instanceof SipEvent.InternalError error) {
            throw new AssertionError(error.where(), error.cause());
        }
    }

    private void onIncoming(SessionId incoming, long now) {
        session = incoming;
        engine.ring(incoming, 180, Optional.empty(), now);
        host.loop().at(now + answerAfter, () -> node.call(later -> refuseWith == 0
            ? engine.answer(incoming, sdp(), later) : engine.reject(incoming, refuseWith, List.of(), later)));
    }

    private static String registration(RegistrationState state) {
        if (state instanceof RegistrationState.Registered registered) {
            return "registered " + registered.expiresSeconds();
        }
        if (state instanceof RegistrationState.Failed failed) {
            return "failed: " + failed.cause().sentence();
        }
        return state instanceof RegistrationState.Waiting waiting ? "waiting: " + waiting.cause().sentence()
            : state.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static SessionDescription sdp() {
        return ((SdpResult.Parsed) new SdpParser().parse(SDP.getBytes(StandardCharsets.US_ASCII))).description();
    }
}
