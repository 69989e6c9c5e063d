package io.earshot.sdk.classic;

import io.earshot.api.AccountConfig;
import io.earshot.api.Failure;
import io.earshot.api.NameLookup;
import io.earshot.api.NetworkConfig;
import io.earshot.api.PhoneBuilder;
import io.earshot.api.VoipException;
import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.transport.spi.TlsConfig.ClientCertificates;
import io.earshot.api.transport.spi.TlsConfig.Policy;
import io.earshot.api.transport.spi.TlsFiles;
import io.earshot.api.transport.spi.TlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The classic parameters of transports, ports, addresses and TLS. */
final class ClassicNetwork {
    private static final List<String> TRANSPORTS = List.of("UDP", "TCP", "TLS");
    private static final List<NameLookup> LOOKUPS = List.of(NameLookup.CACHED, NameLookup.ALWAYS_ASK, NameLookup.CACHED, NameLookup.KEEP,
            NameLookup.KNOWN_ONLY, NameLookup.NEVER);
    /** What {@code udptos=1} stands for: low delay. */
    private static final int AUTOMATIC_CLASS = 0x10;
    private static final int SIPS_PORT = 5061;

    private ClassicNetwork() {
    }

    /** Applies what concerns the whole phone. */
    static PhoneBuilder apply(ClassicParameters from, PhoneBuilder to) {
        int port = (int) from.number("signalingport");
        Optional<String> local = from.given("localip").or(() -> ClassicHabits.preferred(from));
        Optional<String> bind = from.given("bindip").or(() -> local.filter(ip -> binds(from, ip)));
        to.listen(bind.map(ip -> new InetSocketAddress(ip, port)).orElseGet(() -> new InetSocketAddress(port)));
        int trafficClass = (int) from.number("udptos");
        int mark = trafficClass == 1 ? AUTOMATIC_CLASS : trafficClass;
        NetworkConfig network = NetworkConfig.DEFAULT.withTls(tls(from)).withTlsPort((int) from.number("tlsport"))
                .withTrafficClass(mark, mark).withNames(LOOKUPS.get((int) from.number("dnslookup")))
                .withProxy(ClassicProxy.network(from));
        if (local.isPresent() && !local.equals(bind)) {
            network = network.withAnnounced(address(local.get()));
        }
        return to.network(network);
    }

    /** Returns the account with the transport that is asked for; a server's port 5061 means TLS where none is, through a tunnel too. */
    static AccountConfig apply(ClassicParameters from, AccountConfig account) {
        int wanted = (int) from.number("transport");
        if (wanted == ClassicProxy.TRANSPORT && from.given("tunnelkey").isEmpty()) {
            return ClassicProxy.transport(from).map(account::withTransport).orElse(account);
        }
        if (wanted == ClassicTunnel.WHEN_NEEDED) {
            return account;
        }
        if (wanted < 0 && ClassicSecurity.isWanted(from)) {
            return account.withTransport("TLS");
        }
        if (wanted >= 0 && wanted < ClassicTunnel.TUNNEL) {
            return account.withTransport(TRANSPORTS.get(wanted));
        }
        boolean secure = from.given("serveraddress").filter(server -> server.endsWith(":" + SIPS_PORT)).isPresent();
        boolean unsaid = !account.address().toLowerCase(Locale.ROOT).contains(";transport=");
        return secure && unsaid ? account.withTransport("TLS") : account;
    }

    /** Returns what a user who weakens TLS should know. */
    static Optional<String> warning(ClassicParameters from) {
        long policy = from.number("tlspolicy");
        return policy == 1 || policy == 2
                ? Optional.of("tlspolicy=" + policy + ": the certificates of servers are not verified, whoever interferes is not noticed")
                : Optional.empty();
    }

    private static boolean binds(ClassicParameters from, String ip) {
        long how = from.number("bindtolocalip");
        return how == 1 || how == -1 && isOurs(address(ip));
    }

    private static boolean isOurs(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return true;
        }
    }

    private static InetAddress address(String ip) {
        try {
            return InetAddress.getByName(ip);
        } catch (UnknownHostException none) {
            throw new VoipException(new Failure.BadArgument("The parameter localip=" + ip + " is no address: write an IP address."), none);
        }
    }

    private static TlsConfig tls(ClassicParameters from) {
        TlsConfig tls = TlsConfig.DEFAULT.withPolicy(policy((int) from.number("tlspolicy")))
                .withClients(ClientCertificates.values()[(int) from.number("tlsclients")]);
        try {
            if (from.given("tlscafile").isPresent()) {
                tls = tls.trustingAlso(TlsFiles.certificates(Path.of(from.text("tlscafile"))));
            }
            if (from.given("tlscertfile").isPresent()) {
                tls = tls.withIdentity(identity(from));
            }
        } catch (IOException unreadable) {
            throw new VoipException(new Failure.BadArgument(unreadable.getMessage() + "."), unreadable);
        }
        return from.given("tlspins").isPresent() ? tls.withPins(from.text("tlspins").split("[, ]+")) : tls;
    }

    /** 3 verifies all; 0, the default, lets self-signed certificates pass; 1 and 2 let everything pass. What passes so is logged. */
    private static Policy policy(int value) {
        return switch (value) {
            case 3 -> Policy.VERIFY;
            case 0 -> Policy.ALLOW_SELF_SIGNED;
            default -> Policy.ALLOW_ANYTHING;
        };
    }

    private static TlsIdentity identity(ClassicParameters from) throws IOException {
        Path file = Path.of(from.text("tlscertfile"));
        char[] password = from.text("tlskeypassword").toCharArray();
        return TlsFiles.isPkcs12(file) ? TlsFiles.identity(file, password)
                : TlsFiles.identity(file, Path.of(from.given("tlskeyfile").orElse(file.toString())), password);
    }
}
