package io.earshot.control;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Clients made of the JDK's plain sockets. */
final class Wire {
    static final InetAddress LOCAL = InetAddress.getLoopbackAddress();

    private Wire() {
    }

    /** A TCP client that reads lines. */
    static final class Tcp implements AutoCloseable {
        final Socket socket = new Socket();
        private final InputStream in;

        Tcp(int port) throws IOException {
            this(port, 1 << 16);
        }

        /** With so much room for what it has not read yet. */
        Tcp(int port, int room) throws IOException {
            socket.setReceiveBufferSize(room);
            socket.connect(new InetSocketAddress(LOCAL, port), 5_000);
            socket.setSoTimeout(10_000);
            in = new BufferedInputStream(socket.getInputStream());
        }

        Tcp send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        /** Returns the next line, or the word END. */
        String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    return line.size() == 0 ? "END" : line.toString(StandardCharsets.UTF_8);
                }
                line.write(b);
            }
            return line.toString(StandardCharsets.UTF_8).stripTrailing();
        }

        String ask(String text) throws IOException {
            return send(text).line();
        }

        String rest() throws IOException {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }

        /** Reads a response of HTTP: head and body. */
        String response() throws IOException {
            StringBuilder head = new StringBuilder();
            int length = 0;
            for (String line = line(); !line.isEmpty() && !line.equals("END"); line = line()) {
                head.append(line).append('\n');
                length = line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")
                        ? Integer.parseInt(line.substring(15).strip()) : length;
            }
            return head + "\n" + new String(in.readNBytes(length), StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** A UDP client. */
    static final class Udp implements AutoCloseable {
        final DatagramSocket socket;

        Udp() throws IOException {
            socket = new DatagramSocket(new InetSocketAddress(LOCAL, 0));
            socket.setSoTimeout(10_000);
        }

        void send(String text, int port) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(bytes, bytes.length, LOCAL, port));
        }

        String receive() throws IOException {
            DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
            socket.receive(packet);
            return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
