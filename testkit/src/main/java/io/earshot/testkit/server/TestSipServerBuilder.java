package io.earshot.testkit.server;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.sip.auth.DigestAlgorithm;
import io.earshot.sip.auth.DigestServer;
import io.earshot.sip.auth.Qop;
import io.earshot.sip.transaction.Timers;
import io.earshot.testkit.net.VirtualHost;
import io.earshot.testkit.node.Node;
import io.earshot.testkit.node.RealNode;
import io.earshot.testkit.node.VirtualNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * What a {@link TestSipServer} is to be like. Unless told otherwise: realm {@code test}, MD5 with {@code auth}, nonces good for five
 * minutes, registrations of 60 s to 1 h, calls and registrations challenged, Record-Route on, three minutes to ring.
 */
public final class TestSipServerBuilder {
    private final Set<String> domains = new HashSet<>();
    private final Map<String, String> users = new LinkedHashMap<>();
    private final Map<String, ServerSettings.Scripted> scripted = new LinkedHashMap<>();
    private DigestServer.Settings digest = DigestServer.Settings.of("test");
    private ServerSettings.Lifetimes lifetimes = new ServerSettings.Lifetimes(60, 3_600, 3_600);
    private ServerSettings.Proxying proxying = new ServerSettings.Proxying(true, true, true, 180 * Ticker.SECOND);
    private Timers timers = Timers.DEFAULT;
    private InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    TestSipServerBuilder() {
    }

    /** Sets the realm of the challenges, which is a domain of the server too: {@code sip:alice@realm} means its user alice. */
    public TestSipServerBuilder realm(String realm) {
        digest = new DigestServer.Settings(realm, digest.algorithms(), digest.qops(), digest.nonceLife(), digest.maxNonces(),
            digest.userhash(), digest.sameUri());
        return this;
    }

    /** Adds a domain that the server is responsible for. */
    public TestSipServerBuilder domain(String name) {
        domains.add(name.toLowerCase(Locale.ROOT));
        return this;
    }

    /** Adds a user. */
    public TestSipServerBuilder user(String name, String password) {
        users.put(name, password);
        return this;
    }

    /** Sets the algorithms to offer, the most wanted first. */
    public TestSipServerBuilder algorithms(DigestAlgorithm... wanted) {
        digest = digest.withAlgorithms(wanted);
        return this;
    }

    /** Sets the protections to offer; none asks like a server of RFC 2069's time. */
    public TestSipServerBuilder qops(Qop... wanted) {
        digest = digest.withQops(wanted);
        return this;
    }

    /** Sets how long nonces are good. */
    public TestSipServerBuilder nonceLife(Duration life) {
        digest = digest.withNonceLife(life.toNanos());
        return this;
    }

    /**
     * Sets how long registrations live.
     *
     * @param least shorter ones are refused with 423 and Min-Expires
     * @param usual what who does not ask gets
     * @param most longer ones are shortened
     */
    public TestSipServerBuilder registrationLife(Duration least, Duration usual, Duration most) {
        lifetimes = new ServerSettings.Lifetimes(least.toSeconds(), usual.toSeconds(), most.toSeconds());
        return this;
    }

    /** Lets everybody register and call without credentials. */
    public TestSipServerBuilder trustEverybody() {
        proxying = new ServerSettings.Proxying(false, false, proxying.recordRoute(), proxying.timerC());
        return this;
    }

    /** Challenges registrations only, not calls. */
    public TestSipServerBuilder trustCallers() {
        proxying = new ServerSettings.Proxying(false, proxying.challengeRegistrations(), proxying.recordRoute(), proxying.timerC());
        return this;
    }

    /** Tells whether the server stays on the path of dialogs. */
    public TestSipServerBuilder recordRoute(boolean stay) {
        proxying = new ServerSettings.Proxying(proxying.challengeCalls(), proxying.challengeRegistrations(), stay, proxying.timerC());
        return this;
    }

    /** Sets timer C: how long a call may ring before the server cancels it. */
    public TestSipServerBuilder ringingTime(Duration most) {
        proxying = new ServerSettings.Proxying(proxying.challengeCalls(), proxying.challengeRegistrations(), proxying.recordRoute(),
            most.toNanos());
        return this;
    }

    /** Sets the transaction timers; the RFC's unless set. */
    public TestSipServerBuilder timers(Timers values) {
        timers = values;
        return this;
    }

    /** Answers whoever calls this user with this status; the user need not exist. */
    public TestSipServerBuilder answer(String user, int status) {
        scripted.put(user, new ServerSettings.Scripted(status, "", ""));
        return this;
    }

    /** Answers whoever calls this user with this status and one more header, such as Retry-After. */
    public TestSipServerBuilder answer(String user, int status, String header, String value) {
        scripted.put(user, new ServerSettings.Scripted(status, header, value));
        return this;
    }

    /** Redirects whoever calls this user with 302 to another URI. */
    public TestSipServerBuilder redirect(String user, String toUri) {
        return answer(user, 302, "Contact", '<' + toUri + '>');
    }

    /**
     * Sets the address to bind to; a free port of the loopback address unless set. With the wildcard, {@link TestSipServer#address()}
     * tells the wildcard too. Over a virtual host, only the port counts.
     */
    public TestSipServerBuilder bind(InetSocketAddress address) {
        bind = address;
        return this;
    }

    /**
     * Starts the server on real sockets, with every plain transport that {@link ServiceLoader} finds: {@code UDP}, and {@code TCP} where
     * there is one.
     *
     * @throws IllegalStateException if there is no UDP transport: add {@code io.earshot:sip-transport-udp}
     * @throws UncheckedIOException if the address cannot be bound
     */
    public TestSipServer start() {
        List<SipTransportProvider> providers = new ArrayList<>();
        ServiceLoader.load(SipTransportProvider.class).forEach(provider -> {
            if (provider.protocol().equals("UDP") || provider.protocol().equals("TCP")) {
                providers.add(provider);
            }
        });
        if (providers.stream().noneMatch(provider -> provider.protocol().equals("UDP"))) {
            throw new IllegalStateException("no transport provider for UDP on the module path; add io.earshot:sip-transport-udp");
        }
        return start(new RealNode("sip-server"), providers, bind, IdSource.secure());
    }

    /** Starts the server on a virtual host, port 5060 unless {@link #bind} said otherwise, with UDP and TCP. */
    public TestSipServer start(VirtualHost host) {
        InetSocketAddress address = host.address(bind.getPort() == 0 ? 5060 : bind.getPort());
        return start(new VirtualNode(host), List.of(host.udp(), host.tcp()), address, host.network().ids(host.name()));
    }

    private TestSipServer start(Node node, List<SipTransportProvider> providers, InetSocketAddress address, IdSource ids) {
        Map<String, InetSocketAddress> bound = new LinkedHashMap<>();
        try {
            for (SipTransportProvider provider : providers) {
                bound.put(provider.protocol(), node.open(provider, TransportConfig.bind(address)));
            }
        } catch (IOException e) {
            node.close();
            throw new UncheckedIOException(e);
        }
        ServerCore core = new ServerCore(settings(), new LinkedHashSet<>(bound.keySet()), ids, node::localAddress);
        bound.values().forEach(core::knowAs);
        node.drive(core);
        return new TestSipServer(node, core, bound);
    }

    private ServerSettings settings() {
        Set<String> all = new HashSet<>(domains);
        all.add(digest.realm().toLowerCase(Locale.ROOT));
        return new ServerSettings(all, users, scripted, digest, lifetimes, proxying, timers);
    }
}
