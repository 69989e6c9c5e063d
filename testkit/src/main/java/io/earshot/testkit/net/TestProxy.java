package io.earshot.testkit.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A proxy for tests, on real sockets of the loopback: HTTP CONNECT, and SOCKS5 with CONNECT and UDP ASSOCIATE, with the logins that are
 * asked for. Threads of its own.
 */
public final class TestProxy implements AutoCloseable {
    /** What makes an HTTP proxy ask for a login by Digest. */
    public static final String CHALLENGE = "Digest realm=\"proxy\", qop=\"auth\", algorithm=SHA-256, nonce=\"n1\"";

    /** Requests of HTTP, logins and targets of SOCKS, as they came. */
    public final List<String> heads = new CopyOnWriteArrayList<>();
    private final AtomicBoolean datagrams = new AtomicBoolean(true);
    private final ServerSocket server;
    private final String challenge;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /**
     * Makes one.
     *
     * @param challenge of HTTP; "password" for SOCKS; empty for none
     * @throws IOException when there is no port
     */
    public TestProxy(String challenge) throws IOException {
        this.challenge = challenge;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** Returns where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** Ends all connections, not the proxy. */
    public void cut() {
        sockets.forEach(TestProxy::quietly);
        sockets.clear();
    }

    /** Says whether datagrams are carried; they are at first. */
    public void carryDatagrams(boolean carry) {
        datagrams.set(carry);
    }

    private void daemon(Runnable task) {
        Thread thread = new Thread(task, "test-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                daemon(() -> serve(socket));
            } catch (IOException over) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try {
            InputStream in = socket.getInputStream();
            int first = in.read();
            if (first == 5) {
                socks(socket, in);
            } else if (first >= 0) {
                http(socket, in, (char) first);
            }
        } catch (IOException | IllegalArgumentException over) { // one who goes in the middle of a request
            quietly(socket);
        }
    }

    private void http(Socket socket, InputStream in, char first) throws IOException {
        StringBuilder head = new StringBuilder().append(first);
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return;
            }
            head.append((char) next);
        }
        heads.add(head.toString());
        OutputStream out = socket.getOutputStream();
        if (!challenge.isEmpty() && head.indexOf("Proxy-Authorization: ") < 0) {
            out.write(("HTTP/1.1 407 Login\r\nProxy-Authenticate: " + challenge + "\r\nContent-Length: 2\r\n\r\nno")
                .getBytes(StandardCharsets.US_ASCII));
            socket.close();
            return;
        }
        String target = head.substring(8, head.indexOf(" HTTP/"));
        int colon = target.lastIndexOf(':');
        Socket server = new Socket(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
        out.write("HTTP/1.1 200 Connection established\r\nX-Proxy: mini\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        splice(socket, server);
    }

    private void socks(Socket socket, InputStream in) throws IOException {
        OutputStream out = socket.getOutputStream();
        byte[] methods = in.readNBytes(in.read());
        boolean password = challenge.equals("password");
        if (password && methods.length < 2) {
            out.write(new byte[] {5, (byte) 0xFF});
            socket.close();
            return;
        }
        out.write(new byte[] {5, (byte) (password ? 2 : 0)});
        if (password) {
            in.read();
            String user = new String(in.readNBytes(in.read()), StandardCharsets.UTF_8);
            String secret = new String(in.readNBytes(in.read()), StandardCharsets.UTF_8);
            heads.add(user + ":" + secret);
            out.write(new byte[] {1, (byte) (secret.equals("secret") ? 0 : 1)});
        }
        byte[] request = in.readNBytes(4);
        if (request.length < 4) {
            quietly(socket);
            return;
        }
        byte[] host = in.readNBytes(request[3] == 1 ? 4 : request[3] == 4 ? 16 : in.read());
        int port = in.read() << 8 | in.read();
        InetSocketAddress target = request[3] == 3 ? new InetSocketAddress(new String(host, StandardCharsets.US_ASCII), port)
            : new InetSocketAddress(InetAddress.getByAddress(host), port);
        if (request[1] == 3) {
            associate(socket, in);
            return;
        }
        heads.add(target.getHostString() + ":" + port);
        Socket server = new Socket(target.getAddress(), port);
        out.write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 9});
        splice(socket, server);
    }

    /** Carries datagrams between the first who sends one and everybody, for as long as the connection lives. */
    private void associate(Socket socket, InputStream in) throws IOException {
        OutputStream out = socket.getOutputStream();
        if (!datagrams.get()) {
            out.write(new byte[] {5, 7, 0, 1, 0, 0, 0, 0, 0, 0});
            socket.close();
            return;
        }
        try (DatagramSocket inside = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket outside = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            heads.add("UDP");
            daemon(() -> outwards(inside, outside));
            daemon(() -> inwards(inside, outside));
            int port = inside.getLocalPort();
            out.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, (byte) (port >> 8), (byte) port});
            in.transferTo(OutputStream.nullOutputStream());
        }
        socket.close();
    }

    private static void outwards(DatagramSocket inside, DatagramSocket outside) {
        DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
        try {
            while (true) {
                inside.receive(packet);
                if (!inside.isConnected()) {
                    inside.connect(packet.getSocketAddress());
                }
                byte[] data = packet.getData();
                int length = data[3] == 1 ? 4 : data[3] == 4 ? 16 : data[4];
                int at = data[3] == 3 ? 5 : 4;
                byte[] host = Arrays.copyOfRange(data, at, at + length);
                InetAddress to = data[3] == 3 ? InetAddress.getByName(new String(host, StandardCharsets.US_ASCII))
                        : InetAddress.getByAddress(host);
                int port = (data[at + length] & 0xFF) << 8 | data[at + length + 1] & 0xFF;
                outside.send(new DatagramPacket(data, at + length + 2, packet.getLength() - at - length - 2, to, port));
            }
        } catch (IOException over) {
            outside.close();
        }
    }

    private static void inwards(DatagramSocket inside, DatagramSocket outside) {
        byte[] data = new byte[2_048];
        DatagramPacket packet = new DatagramPacket(data, 10, 2_038);
        try {
            while (true) {
                outside.receive(packet);
                byte[] ip = packet.getAddress().getAddress();
                data[3] = 1;
                System.arraycopy(ip, 0, data, 4, 4);
                data[8] = (byte) (packet.getPort() >> 8);
                data[9] = (byte) packet.getPort();
                inside.send(new DatagramPacket(data, 0, packet.getLength() + 10, inside.getRemoteSocketAddress()));
                packet.setData(data, 10, 2_038);
            }
        } catch (IOException over) {
            inside.close();
        }
    }

    private void splice(Socket one, Socket other) {
        sockets.add(other);
        daemon(() -> copy(other, one));
        copy(one, other);
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException over) {
            // both are closed below
            quietly(from);
        }
        quietly(from);
        quietly(to);
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        new ArrayList<>(sockets).forEach(TestProxy::quietly);
    }
}
