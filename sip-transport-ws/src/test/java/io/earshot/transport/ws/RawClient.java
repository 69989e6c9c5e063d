package io.earshot.transport.ws;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A peer that writes every byte by itself, right or wrong. */
final class RawClient implements AutoCloseable {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    static final int FIN = 0x80;
    private static final byte[] MASK = {1, 2, 3, 4};

    private final Socket socket;
    private final DataInputStream in;

    RawClient(InetSocketAddress server) throws IOException {
        socket = new Socket(server.getAddress(), server.getPort());
        socket.setSoTimeout(10_000);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Asks as a client of RFC 7118 does, with these headers besides. */
    RawClient ask(String path, String... headers) throws IOException {
        return say("GET " + path + " HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n");
    }

    RawClient say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Reads the head of the answer. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return head + "<end>";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    static RawClient open(InetSocketAddress server) throws IOException {
        RawClient client = new RawClient(server).ask("/", "Sec-WebSocket-Protocol: sip");
        String head = client.head();
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new AssertionError(head);
        }
        return client;
    }

    RawClient frame(int head, String text) throws IOException {
        return frame(head, text.getBytes(StandardCharsets.UTF_8), true);
    }

    RawClient frame(int head, byte[] payload, boolean masked) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(head);
        int mask = masked ? 0x80 : 0;
        if (payload.length < 126) {
            out.write(mask | payload.length);
        } else {
            out.write(mask | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        }
        if (masked) {
            out.writeBytes(MASK);
        }
        for (int i = 0; i < payload.length; i++) {
            out.write(masked ? payload[i] ^ MASK[i % 4] : payload[i]);
        }
        socket.getOutputStream().write(out.toByteArray());
        return this;
    }

    /** Reads one frame: its first byte in hex and its content, or the status of a close frame. */
    String read() throws IOException {
        int head = in.read();
        if (head < 0) {
            return "<end>";
        }
        int length = in.readUnsignedByte();
        byte[] payload = in.readNBytes(length < 126 ? length : in.readUnsignedShort());
        String text = (head & 15) == CLOSE && payload.length >= 2 ? Integer.toString((payload[0] & 255) << 8 | payload[1] & 255)
            : new String(payload, StandardCharsets.UTF_8);
        return Integer.toHexString(head) + " " + text;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
