package io.earshot.transport.tls;

import io.earshot.transport.common.HostNames;
import io.earshot.transport.common.TlsReasons;
import java.nio.ByteBuffer;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** TLS over one connection: an {@link SSLEngine} with its turns, tasks and alerts. Holds at most one record that is not whole yet. */
final class TlsLayer implements Layer {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int MAX_ALERTS = 4;

    private final Wire wire;
    private final TlsBuffers buffers;
    private final SSLEngine engine;
    private final String host;
    private final TlsReasons reasons;
    private final boolean verified;
    private ByteBuffer pending = NOTHING;
    private boolean working;
    private boolean established;
    private boolean saidGoodbye;

    /**
     * Makes the layer.
     *
     * @param reasons sentences about this peer
     * @param verified whether each certificate that is let through comes from a trusted authority
     */
    TlsLayer(Wire wire, TlsBuffers buffers, SSLEngine engine, TlsReasons reasons, boolean verified) {
        this.reasons = reasons;
        this.verified = verified;
        this.wire = wire;
        this.buffers = buffers;
        this.engine = engine;
        this.host = reasons.host();
    }

    @Override
    public void start() {
        attempt(() -> {
            engine.beginHandshake();
            pump();
        });
    }

    @Override
    public void received(ByteBuffer net) {
        ByteBuffer joined = ByteBuffer.allocate(pending.remaining() + net.remaining());
        pending = joined.put(pending).put(net).flip();
        if (!working) {
            attempt(this::pump);
        }
    }

    @Override
    public void send(ByteBuffer plain) {
        attempt(() -> {
            while (plain.hasRemaining() && !wire.isOver()) {
                wrap(plain);
            }
        });
    }

    @Override
    public void end() {
        if (established) {
            wire.peerEnded(); // without close_notify too: what a message is long, SIP says itself
        } else {
            wire.failed(host + " closed the connection during the TLS handshake");
        }
    }

    @Override
    public void close() {
        if (!saidGoodbye && !working) {
            saidGoodbye = true;
            engine.closeOutbound();
            sayLastWords();
        }
    }

    @Override
    public boolean speaksFor(String name) {
        if (name.equalsIgnoreCase(host)) {
            return true; // until the handshake is over it is going to, or to fail
        }
        return covers(name);
    }

    @Override
    public boolean proves(String name) {
        return verified && covers(name);
    }

    private boolean covers(String name) {
        return established && peer().filter(certificate -> new HostNames(certificate, HostNames.Kind.SIP).cover(name)).isPresent();
    }

    private Optional<X509Certificate> peer() {
        try {
            Certificate[] chain = engine.getSession().getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate leaf ? Optional.of(leaf) : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    // ---- the engine's turns

    /** Something that the engine may refuse. */
    @FunctionalInterface
    private interface Step {
        void run() throws SSLException;
    }

    private void attempt(Step step) {
        try {
            step.run();
        } catch (SSLException e) {
            sayLastWords();
            wire.failed(reasons.of(e, established));
        }
    }

    /** Goes on for as long as there is something to do without waiting. */
    private void pump() throws SSLException {
        boolean going = true;
        while (going && !wire.isOver()) {
            HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK) {
                refuseRenegotiation();
                runTasks();
                going = false;
            } else if (status == HandshakeStatus.NEED_WRAP && !engine.isOutboundDone()) {
                if (!engine.isInboundDone()) {
                    refuseRenegotiation();
                }
                wrap(NOTHING);
            } else {
                going = unwrap();
            }
        }
    }

    /**
     * TLS 1.2 would let the peer start over in the middle of a connection, as somebody else. There is no use for that in SIP, RFC 8446
     * has done away with it, and it costs us more than the peer. After the handshake, work of that kind is a sign of it.
     */
    private void refuseRenegotiation() throws SSLException {
        if (established && !engine.getSession().getProtocol().equals("TLSv1.3")) {
            throw new SSLException(TlsReasons.RENEGOTIATION);
        }
    }

    private void wrap(ByteBuffer plain) throws SSLException {
        ByteBuffer net = buffers.net();
        SSLEngineResult result = engine.wrap(plain, net);
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
            buffers.growNet(engine.getSession().getPacketBufferSize());
            return;
        }
        if (net.position() > 0) {
            wire.write(net.flip());
        }
        if (result.getStatus() == SSLEngineResult.Status.CLOSED && plain.hasRemaining()) {
            throw new SSLException("the TLS connection is closed");
        }
        finished(result);
    }

    /** Reads one record; {@code false} when there is none. */
    private boolean unwrap() throws SSLException {
        if (!pending.hasRemaining()) {
            pending = NOTHING;
            return false;
        }
        ByteBuffer plain = buffers.plain();
        SSLEngineResult result = engine.unwrap(pending, plain);
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
            buffers.grow(engine.getSession().getApplicationBufferSize());
            return true;
        }
        finished(result);
        if (plain.position() > 0) {
            wire.deliver(plain.flip());
        }
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            if (established) {
                wire.peerEnded();
            } else {
                wire.failed(host + " closed the connection during the TLS handshake");
            }
            return false;
        }
        return result.getStatus() == SSLEngineResult.Status.OK;
    }

    private void finished(SSLEngineResult result) throws SSLException {
        if (result.getHandshakeStatus() == HandshakeStatus.FINISHED && !established) {
            established = true;
            wire.established();
        }
    }

    private void runTasks() {
        List<Runnable> tasks = new ArrayList<>();
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            tasks.add(task);
        }
        working = true;
        wire.work(() -> tasks.forEach(Runnable::run), () -> {
            working = false;
            attempt(this::pump);
        });
    }

    /** Sends the alert that the engine has left, so that the peer learns why. */
    private void sayLastWords() {
        try {
            for (int i = 0; i < MAX_ALERTS && !engine.isOutboundDone(); i++) {
                ByteBuffer net = buffers.net();
                engine.wrap(NOTHING, net);
                if (net.position() == 0) {
                    return;
                }
                wire.write(net.flip());
            }
        } catch (SSLException e) {
            System.getLogger(TlsLayer.class.getName()).log(System.Logger.Level.DEBUG, "no last words to {0}: {1}", host, e.getMessage());
        }
    }
}
