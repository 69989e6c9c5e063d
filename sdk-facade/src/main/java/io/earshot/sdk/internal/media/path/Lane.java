package io.earshot.sdk.internal.media.path;

import io.earshot.api.CallPath;
import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaSocket;
import io.earshot.rtp.packet.PacketKind;
import io.earshot.rtp.secure.HandshakeChange;
import io.earshot.rtp.secure.PacketGuard;
import io.earshot.rtp.session.SentPackets;
import io.earshot.sdk.internal.loop.EventLoop;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BiConsumer;

/** One socket's half of a {@link MediaPath}. Confined to the media loop. */
final class Lane implements MediaReceiver {
    /** Larger than any packet of ours with what protects it. */
    private static final int ROOM = 2048;

    private final MediaReceiver stream;
    /** Made with the first packet that is encrypted. */
    private byte[] copy = new byte[0];
    private ByteBuffer copied = ByteBuffer.wrap(copy);
    private final HandshakePort handshake;
    private final EventLoop loop;
    private WaySocket socket;
    /** Null while packets pass in clear, or none do: asked for each packet. */
    private PacketGuard guard;
    private boolean shut;
    private long refused;
    /** Made when there is somebody who may want packets again. */
    private Optional<SentPackets> kept = Optional.empty();
    private CallPath shown = CallPath.NONE;
    private CallPath wayShown = CallPath.NONE;

    Lane(EventLoop loop, MediaReceiver stream, BiConsumer<Lane, HandshakePort.Result> results) {
        this.loop = loop;
        this.stream = stream;
        this.handshake = new HandshakePort(loop, () -> socket != null && socket.isAgreed(), result -> results.accept(this, result));
    }

    /** Returns a socket and what takes what comes by it, for a way to be put before this. */
    WaySocket.Half half(MediaSocket raw) {
        return new WaySocket.Half(raw, this::arrived);
    }

    /** Returns a socket that encrypts what is sent through it. */
    MediaSocket over(WaySocket way) {
        socket = way;
        return new Encrypting(socket);
    }

    Optional<PacketGuard> guard() {
        return Optional.ofNullable(guard);
    }

    /** Puts keys of the signalling in force. */
    void secure(PacketGuard next) {
        handshake.close();
        protect(next);
    }

    /** Puts keys of the handshake in force, which goes on answering the peer. */
    void protect(PacketGuard next) {
        keep(kept.isPresent(), true);
        guard = next;
        shut = false;
    }

    /** Begins a handshake. What is in force stays until the new keys are there: an association that lives on brings none. */
    void begin(HandshakeChange change, InetSocketAddress remote) {
        begin(change, remote, false);
    }

    /** As above; {@code clear} lets packets pass as they are until there are keys. */
    void begin(HandshakeChange change, InetSocketAddress remote, boolean clear) {
        shut = guard == null && !clear;
        handshake.begin(change, socket, remote);
    }

    /** The user says whether the short string is the same at both ends. */
    void compared(boolean same) {
        handshake.compared(same);
    }

    /** Lets nothing pass. */
    void shut() {
        guard = null;
        shut = true;
    }

    /** Lets everything pass as it is. */
    void open() {
        handshake.close();
        keep(kept.isPresent(), guard != null);
        guard = null;
        shut = false;
    }

    /** Sends what opens NATs, in clear; while nothing may pass, the handshake does so. */
    void knock(InetSocketAddress peer) {
        if (!shut) {
            socket.knock(peer);
        }
    }

    /** Keeps the packets of sound that are sent from now on, as they leave; or forgets them. */
    void keep(boolean on) {
        keep(on, false);
    }

    /** What left in clear, or under other keys, is not repeated under the present ones. */
    private void keep(boolean on, boolean anew) {
        kept = on ? kept.filter(packets -> !anew).or(() -> Optional.of(new SentPackets())) : Optional.empty();
    }

    /** Sends a packet of sound once more, byte for byte, if it is still here and may be; tells whether. */
    boolean repeat(int ssrc, int sequence, InetSocketAddress peer) {
        return !shut && kept.isPresent() && kept.get().find(ssrc, sequence, loop.now()) && socket.send(peer, kept.get().found());
    }

    boolean isOpen() {
        return guard == null && !shut;
    }

    @Override
    public void received(InetSocketAddress source, ByteBuffer datagram) {
        socket.received(source, datagram);
    }

    private void arrived(InetSocketAddress source, ByteBuffer datagram) {
        int length = datagram.remaining();
        int offset = datagram.arrayOffset() + datagram.position();
        PacketKind kind = PacketKind.of(datagram.array(), offset, length);
        if (kind == PacketKind.DTLS || kind == PacketKind.ZRTP) {
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
        } else if (shut) {
            refused++;
        } else {
            stream.received(source, datagram);
        }
    }

    /** Returns which way packets go, and what was dropped on it; before there is a socket, nothing. The same object until that changes. */
    CallPath path() {
        if (socket == null) {
            return CallPath.NONE;
        }
        CallPath way = socket.path();
        if (way == wayShown && shown.refused().unprotected() == refused && shown.refused().handshake() == handshake.refused()) {
            return shown;
        }
        wayShown = way;
        shown = new CallPath(way.local(), way.remote(), way.peer(), new CallPath.Refused(way.refused().strangers(), refused,
                way.refused().stun(), handshake.refused(), 0));
        return shown;
    }

    long onTime(long now) {
        return Math.min(socket.onTime(now), handshake.onTime(now));
    }

    void close() {
        handshake.close();
        socket.end();
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
                return !shut && clear(peer, datagram);
            }
            int length = datagram.remaining();
            if (length + guard.overhead() > ROOM) {
                return false;
            }
            if (copy.length == 0) {
                copy = new byte[ROOM];
                copied = ByteBuffer.wrap(copy);
            }
            datagram.get(copy, 0, length);
            boolean report = PacketKind.of(copy, 0, length) == PacketKind.RTCP;
            int sealed = report ? guard.protectRtcp(copy, 0, length) : guard.protectRtp(copy, 0, length);
            if (sealed == PacketGuard.REFUSED) {
                return false;
            }
            if (!report && kept.isPresent()) {
                kept.get().keep(copy, 0, sealed, loop.now());
            }
            return raw.send(peer, copied.clear().limit(sealed));
        }

        private boolean clear(InetSocketAddress peer, ByteBuffer datagram) {
            int offset = datagram.arrayOffset() + datagram.position();
            if (kept.isPresent() && PacketKind.of(datagram.array(), offset, datagram.remaining()) == PacketKind.RTP) {
                kept.get().keep(datagram.array(), offset, datagram.remaining(), loop.now());
            }
            return raw.send(peer, datagram);
        }

        @Override
        public void close() {
            raw.close();
        }
    }
}
