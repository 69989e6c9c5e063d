package io.earshot.transport.tunnel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Something between that cannot do with streams: it cuts each WebSocket and each body without end after some bytes. For tests. */
final class MiniFront implements AutoCloseable {
    final AtomicInteger cuts = new AtomicInteger();
    private final ServerSocket server;
    private final int gateway;
    private final int mostBytes;

    MiniFront(int gateway, int mostBytes) throws IOException {
        this.gateway = gateway;
        this.mostBytes = mostBytes;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "mini-front");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                daemon(() -> serve(client));
            } catch (IOException over) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client; Socket there = new Socket(InetAddress.getLoopbackAddress(), gateway)) {
            daemon(() -> back(there, client));
            InputStream in = client.getInputStream();
            OutputStream out = there.getOutputStream();
            byte[] buffer = new byte[4_096];
            String said = "";
            int total = 0;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                said = said.length() < 4_096 ? said + new String(buffer, 0, count, StandardCharsets.ISO_8859_1) : said;
                boolean stream = said.contains("hunked\r\n") || said.contains("Upgrade: ") || said.contains("upgrade: ");
                total += count;
                if (stream && total > mostBytes) {
                    cuts.incrementAndGet();
                    return;
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException over) {
            return; // by then somebody has ended it
        }
    }

    private static void back(Socket from, Socket to) {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException over) {
            return; // by then somebody has ended it
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
