package io.earshot.transport.tunnel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy for tests: HTTP CONNECT and SOCKS5, with the logins that are asked for. Threads of its own. */
final class MiniProxy implements AutoCloseable {
    static final String CHALLENGE = "Digest realm=\"proxy\", qop=\"auth\", algorithm=SHA-256, nonce=\"n1\"";

    final List<String> heads = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private final String challenge;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** Makes one. @param challenge of HTTP; "password" for SOCKS; empty for none */
    MiniProxy(String challenge) throws IOException {
        this.challenge = challenge;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** Ends all connections, not the proxy. */
    void cut() {
        sockets.forEach(MiniProxy::quietly);
        sockets.clear();
    }

    private void daemon(Runnable task) {
        Thread thread = new Thread(task, "mini-proxy");
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
        } catch (IOException over) {
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
        byte[] host = in.readNBytes(request[3] == 1 ? 4 : request[3] == 4 ? 16 : in.read());
        int port = in.read() << 8 | in.read();
        InetSocketAddress target = request[3] == 3 ? new InetSocketAddress(new String(host, StandardCharsets.US_ASCII), port)
            : new InetSocketAddress(InetAddress.getByAddress(host), port);
        Socket server = new Socket(target.getAddress(), port);
        out.write(new byte[] {5, 0, 0, 1, 127, 0, 0, 1, 0, 9});
        splice(socket, server);
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
        new ArrayList<>(sockets).forEach(MiniProxy::quietly);
    }
}
