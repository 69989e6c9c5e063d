import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.ice.turn.TurnClient;
import io.earshot.ice.turn.TurnConfig;
import io.earshot.ice.turn.TurnOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Drives our TURN client against a real server: TurnTool udp|tcp|tls HOST PORT USER PASSWORD [refused]. Two clients of one kind send to
 * each other through their relays, one by indications, the other by a channel.
 */
public final class TurnTool {
    private static final int PACKETS = 50;

    private interface Pipe {
        void send(byte[] data) throws IOException;

        byte[] receive() throws IOException;
    }

    private static Pipe open(String kind, InetSocketAddress server) throws Exception {
        if (kind.equals("udp")) {
            DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
            socket.setSoTimeout(10);
            return new Pipe() {
                @Override
                public void send(byte[] data) throws IOException {
                    socket.send(new DatagramPacket(data, data.length, server));
                }

                @Override
                public byte[] receive() throws IOException {
                    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
                    socket.receive(packet);
                    return Arrays.copyOf(packet.getData(), packet.getLength());
                }
            };
        }
        Socket socket = kind.equals("tls") ? trusting().getSocketFactory().createSocket(server.getAddress(), server.getPort())
            : new Socket(server.getAddress(), server.getPort());
        if (socket instanceof SSLSocket tls) {
            tls.startHandshake();
        }
        socket.setSoTimeout(10);
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        return new Pipe() {
            @Override
            public void send(byte[] data) throws IOException {
                out.write(data);
                out.flush();
            }

            @Override
            public byte[] receive() throws IOException {
                byte[] data = new byte[2048];
                int read = in.read(data);
                if (read < 0) {
                    throw new IOException("closed");
                }
                return Arrays.copyOf(data, read);
            }
        };
    }

    /** The server's certificate is made for the run. */
    private static SSLContext trusting() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new X509TrustManager() {
            @Override
            public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type) {
            }

            @Override
            public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type) {
            }

            @Override
            public java.security.cert.X509Certificate[] getAcceptedIssuers() {
                return new java.security.cert.X509Certificate[0];
            }
        }}, null);
        return context;
    }

    private static final class Side {
        final TurnClient client;
        final Pipe pipe;
        final Set<Integer> got = new HashSet<>();
        InetSocketAddress relayed;
        TurnOutput.Ended ended;
        long deadline;

        Side(String kind, InetSocketAddress server, String user, String password) throws Exception {
            client = new TurnClient(TurnConfig.udp(server, user, password).withTransport(TurnConfig.Transport.valueOf(kind.toUpperCase())),
                IdSource.secure());
            pipe = open(kind, server);
        }

        void turn(Ticker ticker) throws IOException {
            if (ticker.now() >= deadline) {
                client.timer(ticker.now());
            }
            drain();
            try {
                byte[] data = pipe.receive();
                client.received(data, 0, data.length, ticker.now());
                drain();
            } catch (SocketTimeoutException e) {
                // nothing came
            }
        }

        void drain() throws IOException {
            for (TurnOutput output = client.poll();; output = client.poll()) {
                if (output instanceof TurnOutput.Transmit transmit) {
                    pipe.send(transmit.data());
                } else if (output instanceof TurnOutput.Allocated allocated) {
                    relayed = allocated.relayed().get(0);
                } else if (output instanceof TurnOutput.Data data) {
                    got.add((int) data.data()[0]);
                } else if (output instanceof TurnOutput.Ended reason) {
                    ended = reason;
                } else if (output instanceof TurnOutput.Wait wait) {
                    deadline = wait.deadline();
                    return;
                }
            }
        }
    }

    private TurnTool() {
    }

    public static void main(String[] args) throws Exception {
        InetSocketAddress server = new InetSocketAddress(args[1], Integer.parseInt(args[2]));
        Ticker ticker = Ticker.system();
        Side one = new Side(args[0], server, args[3], args[4]);
        Side two = new Side(args[0], server, args[3], args[4]);
        one.client.start(ticker.now());
        two.client.start(ticker.now());
        while (ticker.now() < 5 * Ticker.SECOND && (one.relayed == null || two.relayed == null) && one.ended == null) {
            one.turn(ticker);
            two.turn(ticker);
        }
        if (one.ended != null || one.relayed == null || two.relayed == null) {
            System.out.println(args[0] + ": " + (one.ended == null ? "no answer" : one.ended.reason() + " " + one.ended.code()));
            System.exit(args.length > 5 && one.ended != null && one.ended.reason() == TurnOutput.Reason.UNAUTHORIZED ? 0 : 1);
        }
        long allocated = ticker.now();
        one.client.permit(two.relayed, ticker.now());
        two.client.bind(one.relayed, ticker.now());
        for (int i = 0; i < 20; i++) {
            one.turn(ticker);
            two.turn(ticker);
        }
        for (int i = 0; i < PACKETS; i++) {
            byte[] packet = new byte[173];
            packet[0] = (byte) i;
            one.client.send(two.relayed, packet, ticker.now());
            two.client.send(one.relayed, packet, ticker.now());
            one.turn(ticker);
            two.turn(ticker);
        }
        for (int i = 0; i < 20; i++) {
            one.turn(ticker);
            two.turn(ticker);
        }
        one.client.close(ticker.now());
        two.client.close(ticker.now());
        for (int i = 0; i < 10; i++) {
            one.turn(ticker);
            two.turn(ticker);
        }
        System.out.println(args[0] + ": allocated after " + allocated / Ticker.MILLISECOND + " ms, indications " + two.got.size() + "/"
                + PACKETS
            + ", channel " + one.got.size() + "/" + PACKETS + ", released " + one.ended.reason() + ", dropped " + one.client.rejected());
        System.exit(one.got.size() == PACKETS && two.got.size() == PACKETS && args.length == 5 ? 0 : 1);
    }
}
