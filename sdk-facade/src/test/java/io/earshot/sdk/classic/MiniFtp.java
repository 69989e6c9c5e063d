package io.earshot.sdk.classic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An FTP server with one user and files in memory, one connection at a time: what storing and fetching a file takes. */
final class MiniFtp implements AutoCloseable {
    final Map<String, String> files = new ConcurrentHashMap<>();
    private final ServerSocket server;

    MiniFtp() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "mini-ftp");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "ftp://user:secret@127.0.0.1:" + server.getLocalPort() + "/FILENAME";
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket one = server.accept()) {
                talk(one);
            } catch (IOException gone) {
                continue;
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        OutputStream out = socket.getOutputStream();
        say(out, "220 ready");
        boolean known = false;
        ServerSocket data = null;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 2);
            String argument = words.length > 1 ? words[1] : "";
            known |= line.equals("PASS secret");
            switch (words[0].toUpperCase(java.util.Locale.ROOT)) {
                case "USER" -> say(out, "331 password");
                case "PASS" -> say(out, known ? "230 in" : "530 no");
                case "TYPE" -> say(out, "200 ok");
                case "PASV" -> {
                    data = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    int port = data.getLocalPort();
                    say(out, "227 Entering Passive Mode (127,0,0,1," + port / 256 + "," + port % 256 + ")");
                }
                case "STOR" -> {
                    say(out, "150 go");
                    try (Socket there = data.accept()) {
                        files.put(argument, new String(there.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                    }
                    say(out, "226 done");
                }
                case "RETR" -> send(out, data, argument);
                case "QUIT" -> say(out, "221 bye");
                default -> say(out, "500 unknown");
            }
        }
    }

    private void send(OutputStream out, ServerSocket data, String name) throws IOException {
        String content = files.get(name);
        if (content == null) {
            say(out, "550 there is no " + name);
            return;
        }
        say(out, "150 go");
        try (Socket there = data.accept()) {
            there.getOutputStream().write(content.getBytes(StandardCharsets.UTF_8));
        }
        say(out, "226 done");
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
