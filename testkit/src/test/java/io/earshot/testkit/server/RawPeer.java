package io.earshot.testkit.server;

import io.earshot.testkit.net.VirtualHost;
import io.earshot.testkit.net.VirtualSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A peer that sends what the test wrote, to the letter. */
final class RawPeer {
    final List<String> received = new ArrayList<>();
    private final VirtualHost host;
    private final VirtualSocket socket;
    private final InetSocketAddress server;
    private int branch;

    RawPeer(VirtualHost host, InetSocketAddress server) {
        this.host = host;
        this.server = server;
        try {
            socket = host.open(host.address(5060), (source, data) -> received.add(new String(data, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends these lines as they are, and returns what has come in a second later, without what came before. */
    List<String> send(String... lines) {
        received.clear();
        socket.send(server, (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        host.network().runFor(Duration.ofSeconds(1));
        return received;
    }

    /** Sends a request with the usual headers and these further ones; returns the last answer to that method. */
    String ask(String requestLine, String... headers) {
        String method = requestLine.substring(0, requestLine.indexOf(' '));
        List<String> lines = new ArrayList<>(List.of(requestLine + " SIP/2.0",
            "Via: SIP/2.0/UDP " + host.address(5060).getAddress().getHostAddress() + ":5060;branch=z9hG4bKr" + ++branch,
            "Call-ID: call-of-" + host.name()));
        List<String> given = List.of(headers);
        add(lines, given, "From", "<sip:" + host.name() + "@test>;tag=f");
        add(lines, given, "To", "<sip:" + host.name() + "@test>");
        add(lines, given, "CSeq", branch + " " + method);
        add(lines, given, "Max-Forwards", "70");
        lines.addAll(given);
        List<String> answers = send(lines.toArray(String[]::new)).stream()
            .filter(answer -> answer.contains(" " + method + "\r\n")).toList();
        return answers.isEmpty() ? "" : answers.get(answers.size() - 1);
    }

    private static void add(List<String> lines, List<String> given, String name, String value) {
        if (given.stream().noneMatch(line -> line.startsWith(name + ":"))) {
            lines.add(name + ": " + value);
        }
    }
}
