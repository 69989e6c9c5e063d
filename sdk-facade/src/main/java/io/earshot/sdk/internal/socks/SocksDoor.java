package io.earshot.sdk.internal.socks;

import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.proxy.spi.SystemProxy;
import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.api.transport.spi.MediaTransportProvider;
import io.earshot.api.transport.spi.SipTransportProvider;
import io.earshot.sdk.internal.loop.Published;
import io.earshot.sdk.internal.net.UdpChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The datagrams of a phone behind a SOCKS5 proxy. Where the proxy does not carry them, sound goes by what stands in, as a tunnel that is
 * up, and else directly.
 */
public final class SocksDoor implements MediaTransportProvider {
    private static final Logger LOG = LoggerFactory.getLogger(SocksDoor.class);
    private static final int MAX_DATAGRAM = 2_048;

    private enum State { UNKNOWN, CARRIES, REFUSES }

    private final ProxyConfig proxy;
    private final MediaTransportProvider direct;
    private final Ticker ticker;
    private final Published<State> state = new Published<>(State.UNKNOWN);
    private final Published<Owner> owner = new Published<>(new Owner(() -> { }, text -> { }));
    private final Published<Optional<MediaTransportProvider>> standIn = new Published<>(Optional.empty());

    /**
     * Whose it is; called on the signalling loop.
     *
     * @param moved servers see us at another address
     * @param notice takes a sentence for the operator
     */
    public record Owner(Runnable moved, Consumer<String> notice) { }

    private SocksDoor(ProxyConfig proxy, MediaTransportProvider direct, Ticker ticker) {
        this.proxy = proxy;
        this.direct = direct;
        this.ticker = ticker;
    }

    /** Returns one if there is a SOCKS proxy; may block, as systems do that are asked for theirs. */
    public static Optional<SocksDoor> of(ProxyConfig wanted, MediaTransportProvider direct, Ticker ticker) {
        ProxyConfig proxy = SystemProxy.choose(wanted, "192.0.2.1", 5_060);
        return proxy.kind() == ProxyConfig.Kind.SOCKS5 ? Optional.of(new SocksDoor(proxy, direct, ticker)) : Optional.empty();
    }

    /** Returns these transports with SIP over UDP through the proxy. */
    public List<SipTransportProvider> transports(List<SipTransportProvider> usual) {
        return usual.stream().map(one -> one.protocol().equals("UDP") ? new SocksSip(this) : one).toList();
    }

    /** Sets what carries sound where the proxy does not. */
    public void standIn(MediaTransportProvider other) {
        standIn.set(Optional.of(other));
    }

    /** Sets whose it is. */
    public void attach(Owner here) {
        owner.set(here);
    }

    @Override
    public String name() {
        return "socks";
    }

    @Override
    public MediaSocket open(InetSocketAddress bind, int trafficClass, IoLoop loop, MediaReceiver receiver) throws IOException {
        if (state.get() == State.REFUSES) {
            return standIn.get().orElse(direct).open(bind, trafficClass, loop, receiver);
        }
        return port(bind, trafficClass, MAX_DATAGRAM, loop, receiver, new Watch(false));
    }

    /** Opens a socket. */
    SocksPort port(InetSocketAddress bind, int trafficClass, int largest, IoLoop loop, MediaReceiver receiver, SocksPort.Watcher watcher)
            throws IOException {
        return UdpChannel.open(bind, trafficClass, channel -> new SocksPort(proxy, channel, largest, loop, ticker, receiver, watcher));
    }

    /** Returns who hears of the socket of SIP, which tells the phone what the proxy does. */
    SocksPort.Watcher watch() {
        return new Watch(true);
    }

    private final class Watch implements SocksPort.Watcher {
        private final boolean signalling;

        Watch(boolean signalling) {
            this.signalling = signalling;
        }

        @Override
        public void opened(boolean again) {
            State before = state.get();
            state.set(State.CARRIES);
            if (signalling && before != State.CARRIES) {
                owner.get().notice().accept("SIP over UDP and the sound go through the SOCKS proxy " + proxy.host() + ".");
            }
            if (signalling && (again || before == State.REFUSES)) {
                owner.get().moved().run();
            }
        }

        @Override
        public void lost(String reason) {
            LOG.info("Datagrams do not go through the proxy at the moment: {}", reason);
        }

        @Override
        public void refused(String reason) {
            LOG.info("No datagrams through the proxy: {}", reason);
            State before = state.get();
            state.set(State.REFUSES);
            if (before != State.REFUSES && signalling) {
                owner.get().notice().accept("Neither SIP over UDP nor the sound goes through the proxy: " + reason + ".");
            }
        }
    }
}
