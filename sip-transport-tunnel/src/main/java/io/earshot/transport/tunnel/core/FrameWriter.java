package io.earshot.transport.tunnel.core;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Puts frames into bytes: type (1), length of what follows (2), and that. */
final class FrameWriter {
    static final int HEADER = 3;
    /** Type, length, channel, IPv6 address. */
    static final int MOST_DATA_HEADER = HEADER + 2 + 19;

    private FrameWriter() {
    }

    static byte[] write(Frame frame) {
        ByteBuffer out = ByteBuffer.allocate(size(frame));
        out.put((byte) type(frame)).putShort((short) 0);
        body(frame, out);
        out.putShort(1, (short) (out.position() - HEADER));
        return Arrays.copyOf(out.array(), out.position());
    }

    private static int size(Frame frame) {
        if (frame instanceof Frame.Data data) {
            return MOST_DATA_HEADER + data.payload().remaining();
        }
        if (frame instanceof Frame.Stream stream) {
            return HEADER + 2 + stream.part().remaining();
        }
        return frame instanceof Frame.Sealed sealed ? HEADER + sealed.box().remaining() : 1_024;
    }

    private static int type(Frame frame) {
        if (frame instanceof Frame.Data) {
            return FrameReader.DATA;
        }
        return frame instanceof Frame.Hello ? FrameReader.HELLO
            : frame instanceof Frame.Challenge ? FrameReader.CHALLENGE
            : frame instanceof Frame.Proof ? FrameReader.PROOF
            : frame instanceof Frame.Welcome ? FrameReader.WELCOME
            : frame instanceof Frame.Refused ? FrameReader.REFUSED
            : frame instanceof Frame.Open ? FrameReader.OPEN
            : frame instanceof Frame.Opened ? FrameReader.OPENED
            : frame instanceof Frame.Close ? FrameReader.CLOSE
            : frame instanceof Frame.Ping ? FrameReader.PING
            : frame instanceof Frame.Pong ? FrameReader.PONG
            : frame instanceof Frame.Connect ? FrameReader.CONNECT
            : frame instanceof Frame.Stream ? FrameReader.STREAM : FrameReader.SEALED;
    }

    private static void body(Frame frame, ByteBuffer out) {
        if (frame instanceof Frame.Data data) {
            address(out.putShort((short) data.channel()), data.peer());
            out.put(data.payload().duplicate());
        } else if (frame instanceof Frame.Hello hello) {
            byte[] user = hello.user().getBytes(StandardCharsets.UTF_8);
            out.put((byte) hello.version()).put(hello.nonce()).put((byte) hello.key().length).put(hello.key())
                .put((byte) user.length).put(user);
        } else if (frame instanceof Frame.Challenge challenge) {
            out.put(challenge.nonce()).put((byte) challenge.key().length).put(challenge.key());
        } else if (frame instanceof Frame.Proof proof) {
            out.put(proof.mac()).put(proof.token());
        } else if (frame instanceof Frame.Welcome welcome) {
            out.put(welcome.mac()).put(welcome.token()).put((byte) (welcome.resumed() ? 1 : 0)).putShort((short) welcome.keptSeconds());
        } else if (frame instanceof Frame.Sealed sealed) {
            out.put(sealed.box().duplicate());
        } else if (frame instanceof Frame.Stream stream) {
            out.putShort((short) stream.channel()).put(stream.part().duplicate());
        } else {
            small(frame, out);
        }
    }

    private static void small(Frame frame, ByteBuffer out) {
        if (frame instanceof Frame.Refused refused) {
            byte[] text = refused.text().getBytes(StandardCharsets.UTF_8);
            out.put((byte) refused.why().ordinal()).put(text, 0, Math.min(text.length, FrameReader.MOST_TEXT));
        } else if (frame instanceof Frame.Open open) {
            out.putShort((short) open.channel()).put((byte) open.kind()).putShort((short) open.port());
        } else if (frame instanceof Frame.Opened opened) {
            address(out.putShort((short) opened.channel()), opened.address());
        } else if (frame instanceof Frame.Connect connect) {
            address(out.putShort((short) connect.channel()), connect.peer());
        } else if (frame instanceof Frame.Close close) {
            out.putShort((short) close.channel()).put((byte) close.why().ordinal());
        } else if (frame instanceof Frame.Ping ping) {
            out.putLong(ping.mark());
        } else if (frame instanceof Frame.Pong pong) {
            out.putLong(pong.mark());
        }
    }

    private static void address(ByteBuffer out, InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        out.put((byte) (ip instanceof Inet4Address ? 4 : 6)).put(ip.getAddress()).putShort((short) address.getPort());
    }
}
