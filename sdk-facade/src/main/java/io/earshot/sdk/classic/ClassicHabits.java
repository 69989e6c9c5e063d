package io.earshot.sdk.classic;

import io.earshot.api.AccountConfig;
import io.earshot.api.PhoneBuilder;
import io.earshot.api.RegistrationConfig;
import io.earshot.api.ServerHabits;
import io.earshot.api.ServerPing;
import io.earshot.api.ServersView;
import io.earshot.api.SignallingConfig;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The classic parameters of timers, keep-alives, and of what servers and networks are like. */
final class ClassicHabits {
    private static final long LONGEST_KEEP_ALIVE = 3_600_000;
    private static final long AUTO = 28_000;
    private static final long CONNECTION = 600_000;
    private static final Duration CAREFUL = Duration.ofSeconds(10);

    private ClassicHabits() {
    }

    /** Applies what concerns the whole phone. */
    static PhoneBuilder apply(ClassicParameters from, PhoneBuilder to) {
        from.given("useragent").ifPresent(to::userAgent);
        Duration wait = Duration.ofMillis(from.number("waitforunregister"));
        to.closeTimeout(from.number("fastexit") == 0 && wait.compareTo(CAREFUL) < 0 ? CAREFUL : wait);
        return to.signalling(signalling(from));
    }

    static SignallingConfig signalling(ClassicParameters from) {
        int type = (int) from.number("keepalivetype");
        SignallingConfig.KeepAlive what = type == 1 ? SignallingConfig.KeepAlive.SPACE_CRLF
                : type == 3 ? SignallingConfig.KeepAlive.CRLF : SignallingConfig.KeepAlive.DOUBLE_CRLF;
        boolean other = type == 0 || isRequest(type);
        return SignallingConfig.DEFAULT.withTimerScale(from.number("timer") / 10.0)
                .withKeepAlive(what, other ? Duration.ZERO : interval(from, AUTO))
                .withConnectionInterval(other ? Duration.ZERO : interval(from, CONNECTION)).withServersView(serversView(from))
                .withCharacters(ClassicCharsets.wire(from));
    }

    /** What {@code use_rport} says, and where that is 1, {@code contactaddressfailback}: 1 leaves it to that, 2 and -1 widen it. */
    private static ServersView serversView(ClassicParameters from) {
        long failBack = from.number("contactaddressfailback");
        ServersView wanted = switch ((int) from.number("use_rport")) {
            case 0 -> ServersView.NOT_ASKED;
            case 1 -> failBack == 2 ? ServersView.IN_PRIVATE_NETWORKS
                    : failBack < 0 ? ServersView.TOWARDS_PUBLIC_SERVERS : ServersView.BEHIND_SYMMETRIC_NAT;
            case 2 -> ServersView.IN_PRIVATE_NETWORKS;
            case 9 -> ServersView.IGNORED;
            default -> ServersView.ALWAYS;
        };
        return wanted != ServersView.NOT_ASKED && failBack == 0 ? ServersView.IGNORED : wanted;
    }

    /** Returns the requests that keep the way to the server open in place of empty lines. */
    static ServerPing ping(ClassicParameters from) {
        int type = (int) from.number("keepalivetype");
        ServerPing.Method method = type == 2 ? ServerPing.Method.NOTIFY : ServerPing.Method.OPTIONS;
        return !isRequest(type) ? ServerPing.NEVER
                : ServerPing.of(method, ofRequests(interval(from, AUTO))).withConnectionInterval(ofRequests(interval(from, CONNECTION)));
    }

    private static Duration ofRequests(Duration interval) {
        Duration least = Duration.ofSeconds(3);
        return interval.isZero() || interval.compareTo(least) >= 0 ? interval : least;
    }

    private static boolean isRequest(int type) {
        return type == 2 || type == 5;
    }

    private static Duration interval(ClassicParameters from, long auto) {
        long value = from.number("keepaliveival");
        long millis = value < 0 ? auto : value < 3_000 ? value * 1_000 : value;
        return Duration.ofMillis(Math.min(LONGEST_KEEP_ALIVE, millis));
    }

    /** Returns the account with the habits of its server. */
    static AccountConfig apply(ClassicParameters from, AccountConfig account) {
        RegistrationConfig registration = account.registration();
        return account.withRegistration(registration.withHabits(ServerHabits.STANDARD
                .withUnregister(from.isOn("needunregister") && from.number("fastexit") != 2)
                .withReplace(from.number("unbindbeforeregister") != 0)
                .withExpiry(List.of(ServerHabits.Expiry.OURS, ServerHabits.Expiry.CONTACT, ServerHabits.Expiry.HEADER)
                        .get((int) from.number("acceptsrvexpire")))
                .withChallenges(ServerHabits.Challenges.values()[(int) from.number("authtype")])));
    }

    /** Returns ringing or talking times as {@code timer2} scales them. */
    static Duration scaled(ClassicParameters from, String name) {
        return Duration.ofMillis(from.number(name) * from.number("timer2") / 10);
    }

    /** Returns the server with a port where its SRV records are not to be asked for (RFC 3263 §4.2). */
    static String withoutSrv(ClassicParameters from, String host) {
        boolean port = host.matches(".*:[0-9]+$") && (host.indexOf(':') == host.lastIndexOf(':') || host.contains("]:"));
        boolean literal = host.indexOf(':') != host.lastIndexOf(':') && !host.startsWith("[");
        return from.number("checksrvrecords") == 0 && !port && !literal ? host + (from.number("transport") == 2 ? ":5061" : ":5060") : host;
    }

    /** Returns the header with the hardware address of this machine, if that is to be sent and can be read. */
    static Optional<String> hardwareAddress(ClassicParameters from) {
        if (!from.isOn("sendmac")) {
            return Optional.empty();
        }
        try {
            for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                byte[] address = one.getHardwareAddress();
                if (address != null && !one.isLoopback() && one.isUp()) {
                    return Optional.of(IntStream.range(0, address.length).mapToObj(i -> String.format("%02X", address[i]))
                            .collect(Collectors.joining(":")));
                }
            }
        } catch (SocketException unknown) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** Returns the local address that {@code fawlocalip} prefers, if this machine has one. */
    static Optional<String> preferred(ClassicParameters from) {
        return from.given("fawlocalip").flatMap(start -> addresses().stream().filter(ip -> ip.startsWith(start)).findFirst());
    }

    private static List<String> addresses() {
        List<String> all = new ArrayList<>();
        try {
            for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                one.inetAddresses().map(InetAddress::getHostAddress).forEach(all::add);
            }
        } catch (SocketException unknown) {
            return all;
        }
        return all;
    }
}
