package io.earshot.sdk.internal.media.path;

import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.rtp.packet.PacketKind;
import io.earshot.rtp.secure.PacketGuard;
import io.earshot.sdk.internal.loop.EventLoop;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The way of a call's packets between its sockets and its stream:
 *
 * <pre>
 * receive: socket > told apart (RFC 7983) > DTLS to the handshake
 *                                         > RTP, RTCP: verified and decrypted in place > stream
 * send:    stream > encrypted in a copy > socket
 * </pre>
 *
 * <p>What the guard refuses goes no further, so that it moves no address and no statistics. Confined to the media loop; allocates nothing
 * for a packet of sound.
 */
public final class MediaPath {
    /** Larger than any packet of ours with what protects it. */
    private static final int ROOM = 2048;

    private final MediaReceiver stream;
    private final Listener listener;
    private final byte[] copy = new byte[ROOM];
    private final ByteBuffer copied = ByteBuffer.wrap(copy);
    private final HandshakePort handshake;
    /** Null while packets pass in clear, or none do: asked for each packet. */
    private PacketGuard guard;
    private boolean closedToAll;
    private long refused;

    /** Who hears of encryption; called on the media loop. */
    public interface Listener {
        /** Packets are encrypted under this suite from now on; empty for in clear. */
        void changed(Optional<String> suite);

        /** There will be no keys. */
        void failed(String reason);
    }

    /**
     * Makes a path on which packets pass as they are.
     *
     * @param stream takes what is good, of either socket
     */
    public MediaPath(EventLoop loop, MediaReceiver stream, Listener listener) {
        this.stream = stream;
        this.listener = listener;
        this.handshake = new HandshakePort(loop, this::onHandshake);
    }

    /** Returns a socket that encrypts what is sent through it. */
    public MediaSocket over(MediaSocket raw) {
        return new Encrypting(raw);
    }

    /** Does what signalling agreed on; {@code remote} is where the peer receives, as far as SDP tells. */
    public void apply(Protection protection, MediaSocket rtp, InetSocketAddress remote) {
        if (protection instanceof Protection.Keys keys) {
            handshake.close();
            protect(keys.change().apply(Optional.ofNullable(guard)));
        } else if (protection instanceof Protection.Handshake agreed) {
            // What is in force stays until the new keys are there: an association that lives on brings none.
            closedToAll = guard == null;
            handshake.begin(agreed.change(), rtp, remote);
        } else {
            handshake.close();
            boolean news = guard != null || closedToAll;
            guard = null;
            closedToAll = false;
            if (news) {
                listener.changed(Optional.empty());
            }
        }
    }

    private void onHandshake(HandshakePort.Result result) {
        if (result.keys().isPresent()) {
            protect(result.keys().get().apply(Optional.ofNullable(guard)));
        } else {
            guard = null;
            closedToAll = true;
            listener.failed(result.failure());
        }
    }

    private void protect(PacketGuard next) {
        guard = next;
        closedToAll = false;
        listener.changed(Optional.of(next.suite()));
    }

    /** Takes a datagram of either socket. */
    public void received(InetSocketAddress source, ByteBuffer datagram) {
        int length = datagram.remaining();
        int offset = datagram.arrayOffset() + datagram.position();
        PacketKind kind = PacketKind.of(datagram.array(), offset, length);
        if (kind == PacketKind.DTLS) {
            handshake.received(source, datagram.array(), offset, length);
        } else if (guard != null) {
            int clear = switch (kind) {
                case RTP -> guard.unprotectRtp(datagram.array(), offset, length);
                case RTCP -> guard.unprotectRtcp(datagram.array(), offset, length);
                default -> PacketGuard.REFUSED;
            };
            if (clear == PacketGuard.REFUSED) {
                refused++;
            } else {
                stream.received(source, datagram.limit(datagram.position() + clear));
            }
        } else if (closedToAll) {
            refused++;
        } else {
            stream.received(source, datagram);
        }
    }

    /** Returns how many packets were dropped because they were not protected as they had to be. */
    public long refused() {
        return refused;
    }

    /** Does what is due and returns when it next wants to. */
    public long onTime(long now) {
        return handshake.onTime(now);
    }

    /** Says goodbye to the peer's handshake; before the sockets are closed. */
    public void close() {
        handshake.close();
    }

    /** Encrypts a copy: what the stream keeps of a packet stays readable. */
    private final class Encrypting implements MediaSocket {
        private final MediaSocket raw;

        Encrypting(MediaSocket raw) {
            this.raw = raw;
        }

        @Override
        public InetSocketAddress localAddress() {
            return raw.localAddress();
        }

        @Override
        public boolean send(InetSocketAddress peer, ByteBuffer datagram) {
            if (guard == null) {
                return !closedToAll && raw.send(peer, datagram);
            }
            int length = datagram.remaining();
            if (length + guard.overhead() > ROOM) {
                return false;
            }
            datagram.get(copy, 0, length);
            boolean report = PacketKind.of(copy, 0, length) == PacketKind.RTCP;
            int sealed = report ? guard.protectRtcp(copy, 0, length) : guard.protectRtp(copy, 0, length);
            return sealed != PacketGuard.REFUSED && raw.send(peer, copied.clear().limit(sealed));
        }

        @Override
        public void close() {
            raw.close();
        }
    }
}
