package io.earshot.transport.tunnel.core;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** What goes through a tunnel; docs/tunnel.md has the layout. Arrays and buffers belong to whoever gets the frame. */
sealed interface Frame {
    /** The version of the protocol. */
    int VERSION = 1;
    /** Bytes of nonces and tokens. */
    int NONCE = 16;
    /** Bytes of proofs. */
    int MAC = 32;
    /** The longest datagram, and the longest part of a TCP connection, in bytes. */
    int MOST_DATA = 60_000;
    /** A channel for SIP over UDP: one port. */
    int SIGNALLING = 1;
    /** A channel for RTP at an even port, and the next channel for RTCP at the next port. */
    int MEDIA = 2;

    /** The client begins. The key is empty on an encrypted carrier. */
    record Hello(int version, byte[] nonce, byte[] key, String user) implements Frame { }

    /** The gateway asks for proof. */
    record Challenge(byte[] nonce, byte[] key) implements Frame { }

    /** The client knows the key; the token of an earlier connection, or nothing. */
    record Proof(byte[] mac, byte[] token) implements Frame { }

    /** The gateway knows the key too. */
    record Welcome(byte[] mac, byte[] token, boolean resumed, int keptSeconds) implements Frame { }

    /** The gateway lets nobody in, or ends the session. */
    record Refused(Refusal why, String text) implements Frame { }

    /** Asks for a channel. */
    record Open(int channel, int kind, int port) implements Frame { }

    /** The channel is there, at this address of the gateway. */
    record Opened(int channel, InetSocketAddress address) implements Frame { }

    /** The channel is gone, or could not be had. */
    record Close(int channel, Refusal why) implements Frame { }

    /** A datagram to or from a peer. */
    record Data(int channel, InetSocketAddress peer, ByteBuffer payload) implements Frame { }

    /** Asks for a TCP connection to a server; the channel is opened when it is there. */
    record Connect(int channel, InetSocketAddress peer) implements Frame { }

    /** Bytes of a TCP connection, at least one. */
    record Stream(int channel, ByteBuffer part) implements Frame { }

    /** Wants the same back. */
    record Ping(long mark) implements Frame { }

    /** The same back. */
    record Pong(long mark) implements Frame { }

    /** Encrypted frames. */
    record Sealed(ByteBuffer box) implements Frame { }

    /** Why something cannot be. */
    enum Refusal {
        /** The user is not known or the key is wrong. */
        LOGIN,
        /** This user or the gateway has enough. */
        LIMIT,
        /** There is no free port, or no connection to that server. */
        PORT,
        /** The frames make no sense. */
        PROTOCOL,
        /** The gateway ends. */
        GOING,
        /** Nobody asked for it any more. */
        DONE
    }
}
