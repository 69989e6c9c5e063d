package io.earshot.cli;

import io.earshot.api.tunnel.TunnelCounters;
import io.earshot.api.tunnel.TunnelGatewayConfig;
import io.earshot.api.tunnel.spi.TunnelGateway;
import io.earshot.api.tunnel.spi.TunnelProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The other end of a phone's tunnel. */
@Command(name = "tunnel-gateway", mixinStandardHelpOptions = true,
        description = "Takes tunnels of phones and sends their SIP and RTP on, only to the servers that are listed. Reads the "
                + "files of users and of the certificate anew when they change. Ends with Ctrl-C. docs/tunnel.md has more.")
final class TunnelGatewayCommand implements Callable<Integer> {
    private static final int DEFAULT_PORT = 8_443;

    @Option(names = "--listen", paramLabel = "HOST:PORT", defaultValue = "0.0.0.0:" + DEFAULT_PORT,
            description = "where phones come [${DEFAULT-VALUE}]")
    private String listen;
    @Option(names = "--path", paramLabel = "PATH", defaultValue = "/tunnel", description = "of the HTTP requests [${DEFAULT-VALUE}]")
    private String path;
    @Option(names = "--users", paramLabel = "FILE", required = true,
            description = "lines of user:key, each key 16 characters or more; # begins a comment")
    private Path users;
    @Option(names = "--to", paramLabel = "PLACE", required = true, split = ",",
            description = "SIP servers that may be reached: host, host:port or 192.0.2.0/24; RTP may go to all their ports from 1024 on")
    private List<String> to;
    @Option(names = "--media-to", paramLabel = "PLACE", split = ",", description = "where else RTP may go; 0.0.0.0/0 is all that is public")
    private List<String> mediaTo = List.of();
    @Option(names = "--bind", paramLabel = "IP", defaultValue = "0.0.0.0", description = "the address for SIP and RTP [${DEFAULT-VALUE}]")
    private InetAddress bind;
    @Option(names = "--announce", paramLabel = "IP", description = "the address that servers see, behind a NAT")
    private Optional<InetAddress> announce = Optional.empty();
    @Option(names = "--ports", paramLabel = "FIRST-LAST", defaultValue = "40000-49999", description = "for SIP and RTP [${DEFAULT-VALUE}]")
    private String ports;
    @Option(names = "--keep", paramLabel = "SECONDS", defaultValue = "30",
            description = "how long the calls of a lost connection are kept [${DEFAULT-VALUE}]")
    private int keep;
    @Option(names = "--cert", paramLabel = "FILE", description = "our certificate, PEM or PKCS #12: TLS is spoken then")
    private Optional<Path> cert = Optional.empty();
    @Option(names = "--cert-key", paramLabel = "FILE", description = "its key, if that is in a file of its own")
    private Optional<Path> certKey = Optional.empty();
    @Option(names = "--cert-password", paramLabel = "TEXT", defaultValue = "", description = "of the key")
    private String certPassword;
    @Option(names = "--sessions", paramLabel = "N", defaultValue = "1000", description = "most sessions at once [${DEFAULT-VALUE}]")
    private int sessions;
    @Option(names = "--user-sessions", paramLabel = "N", defaultValue = "5", description = "most of one user [${DEFAULT-VALUE}]")
    private int userSessions;
    @Option(names = "--front", paramLabel = "IP", split = ",",
            description = "web servers in front of this one, as one that ends TLS: their X-Forwarded-For is believed")
    private List<InetAddress> fronts = List.of();
    @Option(names = "--visits", description = "prints who comes, goes and is refused, at most 100 lines a minute")
    private boolean visits;
    @Option(names = "--counters", paramLabel = "SECONDS", defaultValue = "60", description = "prints counters so often; 0 never "
            + "[${DEFAULT-VALUE}]")
    private int counters;
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Optional<TunnelProvider> provider = ServiceLoader.load(TunnelProvider.class).findFirst();
        if (provider.isEmpty()) {
            err.println("earshot: there is no tunnel here; add io.earshot:sip-transport-tunnel to the module path");
            return 1;
        }
        GatewayFiles files = new GatewayFiles(users, cert, certKey, certPassword);
        files.changed();
        VisitLog log = new VisitLog(out, InstantSource.system());
        try (TunnelGateway gateway = provider.get().serve(config(files), visits ? log : visit -> { })) {
            out.println("tunnel gateway on " + gateway.address().getAddress().getHostAddress() + ":" + gateway.address().getPort() + path
                    + (cert.isPresent() ? " with TLS" : " without TLS: tunnels encrypt by themselves"));
            wait(out, gateway, files);
            return 0;
        } catch (IOException | IllegalArgumentException refused) {
            err.println("earshot: " + refused.getMessage());
            return 1;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private void wait(PrintWriter out, TunnelGateway gateway, GatewayFiles files) throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "earshot-tunnel-end"));
        TunnelCounters before = gateway.counters();
        for (long second = 1; !end.await(1, TimeUnit.SECONDS); second++) {
            if (files.changed()) {
                out.println(renew(gateway, files));
            }
            if (counters > 0 && second % counters == 0) {
                TunnelCounters now = gateway.counters();
                if (!now.equals(before)) {
                    out.println(now);
                }
                before = now;
            }
        }
    }

    private static String renew(TunnelGateway gateway, GatewayFiles files) {
        try {
            Map<String, String> fresh = files.users();
            gateway.renew(fresh, files.tls());
            return "users and certificate read anew: " + fresh.size() + " users";
        } catch (IOException | IllegalArgumentException wrong) {
            return "users and certificate stay as they were: " + wrong.getMessage();
        }
    }

    private TunnelGatewayConfig config(GatewayFiles files) throws IOException {
        int dash = ports.indexOf('-');
        if (dash < 1) {
            throw new IllegalArgumentException("--ports=" + ports + " is no range: write 40000-49999");
        }
        TunnelGatewayConfig.Limits usual = TunnelGatewayConfig.Limits.DEFAULT;
        return new TunnelGatewayConfig(address(), files.tls(), path, files.users(), to, mediaTo, bind, announce,
                number(ports.substring(0, dash)), number(ports.substring(dash + 1)), Duration.ofSeconds(keep),
                new TunnelGatewayConfig.Limits(sessions, userSessions, usual.channels(), usual.bytesPerSecond(),
                usual.strangers()), fronts);
    }

    private static int number(String text) {
        if (!text.strip().matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("'" + text + "' is no port");
        }
        return Integer.parseInt(text.strip());
    }

    private InetSocketAddress address() {
        int colon = listen.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("--listen=" + listen + " has no port: write host:port");
        }
        InetSocketAddress address = new InetSocketAddress(listen.substring(0, colon).replaceAll("[\\[\\]]", ""),
                number(listen.substring(colon + 1)));
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("--listen=" + listen + ": there is no such host");
        }
        return address;
    }
}
