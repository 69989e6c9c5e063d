package io.earshot.sdk.internal.media.path;

import io.earshot.api.time.Ticker;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.rtp.secure.GuardChange;
import io.earshot.rtp.secure.HandshakeChange;
import io.earshot.rtp.secure.HandshakeOutput;
import io.earshot.rtp.secure.KeyHandshake;
import io.earshot.rtp.secure.ShortString;
import io.earshot.sdk.internal.loop.EventLoop;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handshake on a call's RTP port: gives it the peer's datagrams and the time, and sends what it wants. Confined to the media loop. */
final class HandshakePort {
    private static final Logger LOG = LoggerFactory.getLogger(HandshakePort.class);
    private static final int MOST_STRANGERS = 8;

    private final EventLoop loop;
    private final Consumer<Result> results;
    private Optional<KeyHandshake> current = Optional.empty();
    private MediaSocket socket;
    private InetSocketAddress signalled;
    private InetSocketAddress peer;
    /** The newest datagram that came before signalling had told of a handshake: it need not be sent twice. */
    private byte[] early = {};
    private InetSocketAddress earlySource;
    private boolean heard;
    private HandshakeChange change;
    private boolean keyed;
    /** Sources that no signalling named and with which it came to nothing; they are not heard again. */
    private final List<InetSocketAddress> strangers = new ArrayList<>();
    private Optional<String> suspicion = Optional.empty();
    private final BooleanSupplier proven;
    private long refused;
    /** What handshakes refused that are no more. */
    private long refusedBefore;
    private boolean logged;
    private long deadline = Ticker.NEVER;

    /** What a handshake came to. */
    record Result(Optional<GuardChange> keys, Optional<ShortString> words, String failure) { }

    /** Makes a port; {@code proven} tells whether only senders get here that have proved who they are, as by ICE. */
    HandshakePort(EventLoop loop, BooleanSupplier proven, Consumer<Result> results) {
        this.proven = proven;
        this.loop = loop;
        this.results = results;
    }

    void begin(HandshakeChange how, MediaSocket rtp, InetSocketAddress remote) {
        change = how;
        socket = rtp;
        if (!remote.equals(signalled)) {
            signalled = remote;
            peer = remote;
        }
        Optional<KeyHandshake> before = current;
        current = Optional.of(change.apply(before, () -> loop.execute(this::drain), loop.now()));
        if (!current.equals(before)) {
            keyed = false;
            refusedBefore += before.map(KeyHandshake::refused).orElse(0L);
        }
        if (early.length > 0 && !current.equals(before)) {
            byte[] first = early;
            early = new byte[0];
            received(earlySource, first, 0, first.length);
        }
        drain();
    }

    /**
     * A peer behind a NAT comes from elsewhere than its SDP says; once the signalled address itself has spoken, only that is heard, and
     * what others had begun before there were keys is begun anew: whoever was faster than the peer shall not keep it out.
     */
    void received(InetSocketAddress source, byte[] buffer, int offset, int length) {
        if (current.isEmpty()) {
            refused += early.length > 0 ? 1 : 0;
            early = Arrays.copyOfRange(buffer, offset, offset + length);
            earlySource = source;
            return;
        }
        if (!source.equals(peer)) {
            if (!source.equals(signalled) && heard || strangers.contains(source)) {
                refused++;
                return;
            }
            if (source.equals(signalled) && !keyed && !proven.getAsBoolean()) {
                anew();
            }
            peer = source;
        }
        heard |= source.equals(signalled);
        KeyHandshake handshake = current.get();
        handshake.received(buffer, offset, length);
        if (!logged && handshake.refused() > 0) {
            logged = true;
            LOG.info("What comes from {} and belongs to no handshake here, or came before, is dropped and counted", source);
        }
        drain();
    }

    private void anew() {
        current.ifPresent(KeyHandshake::close);
        refusedBefore += current.map(KeyHandshake::refused).orElse(0L);
        current = Optional.of(change.apply(Optional.empty(), () -> loop.execute(this::drain), loop.now()));
        peer = signalled;
    }

    /** It failed; with somebody of whom signalling knows nothing that is no reason to give the peer up. Tells whether it goes on. */
    private boolean goesOn(String reason) {
        boolean stranger = !peer.equals(signalled) && !keyed && !proven.getAsBoolean() && strangers.size() < MOST_STRANGERS;
        if (stranger) {
            strangers.add(peer);
            suspicion = suspicion.or(() -> Optional.of("; before that, of " + peer.getAddress().getHostAddress() + ":" + peer.getPort()
                    + ", of which SDP knows nothing: " + reason));
            anew();
        }
        return stranger;
    }

    /** The user says whether the short string is the same at both ends. */
    void compared(boolean same) {
        current.ifPresent(handshake -> handshake.compared(same));
        drain();
    }

    private void drain() {
        while (current.isPresent()) {
            HandshakeOutput next = current.get().poll(loop.now());
            if (next instanceof HandshakeOutput.Wait wait) {
                deadline = wait.deadline();
                return;
            } else if (next instanceof HandshakeOutput.Transmit transmit) {
                socket.send(peer, ByteBuffer.wrap(transmit.datagram()));
            } else if (next instanceof HandshakeOutput.Keys keys) {
                keyed = true;
                results.accept(new Result(Optional.of(keys.change()), keys.shortString(), ""));
            } else if (next instanceof HandshakeOutput.Compared compared) {
                results.accept(new Result(Optional.empty(), Optional.of(compared.shortString()), ""));
            } else if (next instanceof HandshakeOutput.Failed failed) {
                if (!goesOn(failed.reason())) {
                    results.accept(new Result(Optional.empty(), Optional.empty(), failed.reason() + suspicion.orElse("")));
                }
            }
        }
    }

    /** Returns how many datagrams were of no handshake of ours, or refused by it. */
    long refused() {
        return refused + refusedBefore + current.map(KeyHandshake::refused).orElse(0L);
    }

    long onTime(long now) {
        if (now >= deadline && current.isPresent()) {
            current.get().onTime(now);
            drain();
        }
        return deadline;
    }

    void close() {
        current.ifPresent(KeyHandshake::close);
        drain();
        refusedBefore += current.map(KeyHandshake::refused).orElse(0L);
        current = Optional.empty();
        deadline = Ticker.NEVER;
    }
}
