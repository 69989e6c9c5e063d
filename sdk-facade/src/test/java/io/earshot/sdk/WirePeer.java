package io.earshot.sdk;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A peer that is nothing but a socket, for what no phone of ours would do. Whoever waits for it waits for a request, at most 10 s. */
public final class WirePeer implements AutoCloseable {
    private final DatagramSocket socket;
    private SocketAddress from;

    /** Makes it. */
    public WirePeer() throws IOException {
        socket = new DatagramSocket(Rig.ANY_PORT);
        socket.setSoTimeout(10_000);
    }

    /** Returns 127.0.0.1:port. */
    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** Returns the next request of a method; others are skipped. */
    public String request(String method) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        while (true) {
            socket.receive(packet);
            from = packet.getSocketAddress();
            String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            if (text.startsWith(method + " ")) {
                return text;
            }
        }
    }

    /** Answers a request, with a body if it is not empty. */
    public void answer(String request, String status, String tag, String headers, String body) throws IOException {
        StringBuilder text = new StringBuilder("SIP/2.0 " + status + "\r\n");
        for (String name : new String[] {"Via", "From", "Call-ID", "CSeq"}) {
            text.append(header(request, name)).append("\r\n");
        }
        String to = header(request, "To");
        text.append(to).append(to.contains(";tag=") ? "" : ";tag=" + tag).append("\r\nContact: <sip:x@").append(address()).append(">\r\n")
                .append(headers).append(body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
                .append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, from));
    }

    /** Sends a request to whoever asked last; it has Max-Forwards, From without a tag and Content-Length from here. */
    void send(String method, String uri, String to, String headers) throws IOException {
        send(method, uri, to, headers, "");
    }

    /** The same with a body, whose type stands in the headers. */
    void send(String method, String uri, String to, String headers, String body) throws IOException {
        byte[] bytes = (method + " " + uri + " SIP/2.0\r\nVia: SIP/2.0/UDP " + address() + ";branch=z9hG4bK" + method + headers.hashCode()
                + "\r\nMax-Forwards: 70\r\nTo: <" + to + ">\r\nCall-ID: wire-" + headers.hashCode() + "\r\nCSeq: 1 " + method
                + "\r\nContact: <sip:x@" + address() + ">\r\n" + headers + "Content-Length: " + body.length()
                + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, from));
    }

    /**
     * Sends a request within a dialog.
     *
     * @param ours whether {@code message}, which names the dialog, came with our To tag (a request of theirs) or with theirs (a response)
     */
    void within(String message, boolean ours, int sequence, String method, String headers, String body) throws IOException {
        String local = header(message, ours ? "To" : "From").replaceFirst("^[^:]*: *", "");
        String remote = header(message, ours ? "From" : "To").replaceFirst("^[^:]*: *", "");
        String tagged = local.contains(";tag=") ? local : local + ";tag=a";
        byte[] bytes = (method + " " + contact(message) + " SIP/2.0\r\nVia: SIP/2.0/UDP " + address() + ";branch=z9hG4bK" + method
                + sequence
                + "\r\nMax-Forwards: 70\r\nFrom: " + tagged + "\r\nTo: " + remote + "\r\n" + header(message, "Call-ID") + "\r\nCSeq: "
                + sequence + " " + method + "\r\nContact: <sip:x@" + address() + ">\r\n" + headers + "Content-Length: " + body.length()
                + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, from));
    }

    private static String contact(String message) {
        return header(message, "Contact").replaceFirst("^[^<]*<", "").replaceFirst(">.*", "");
    }

    /** Returns the status line and all of the next response. */
    String response() throws IOException {
        return request("SIP/2.0");
    }

    private static String header(String message, String name) {
        Matcher found = Pattern.compile("(?mi)^" + name + ":[^\r]*").matcher(message);
        if (!found.find()) {
            throw new AssertionError("no " + name + " in " + message);
        }
        return found.group();
    }

    /** Returns a description of G.711 at a port. */
    static String sdp(int port) {
        return "v=0\r\no=- " + port + " 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + port + " RTP/AVP 0\r\n";
    }

    @Override
    public void close() {
        socket.close();
    }
}
