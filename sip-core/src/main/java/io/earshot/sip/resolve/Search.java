package io.earshot.sip.resolve;

import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.dns.spi.DnsAnswer.DnsRecord;
import io.earshot.api.dns.spi.DnsResolver.RecordType;
import io.earshot.api.id.IdSource;
import io.earshot.sip.message.SipUri;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One run of RFC 3263 §4 for one URI. {@link #run} is the whole procedure from the top with the answers so far: it stops where one is
 * missing and is run again when that is there, so that the procedure reads as the RFC does.
 */
final class Search {
    private static final int MAX_SERVICES = 8;
    private static final int MAX_TARGETS = 16;

    /** What a run came to. */
    sealed interface Outcome {
        record Targets(List<Target> targets) implements Outcome { }

        record Nothing(String reason) implements Outcome { }

        /** Answers are missing. */
        record Unfinished() implements Outcome { }
    }

    /** A transport, and the name whose SRV records tell its servers. */
    private record Service(String protocol, String srvName) { }

    private final SipUri uri;
    private final String host;
    private final List<String> protocols;
    private final long seed;
    private final Map<Question, Optional<DnsAnswer>> answers = new HashMap<>(); // empty: asked
    private Function<Question, Optional<DnsAnswer>> source = question -> Optional.empty();
    private boolean unfinished;

    Search(SipUri uri, List<String> protocols, long seed) {
        this.uri = uri;
        this.protocols = protocols;
        this.seed = seed;
        this.host = uri.parameters().get("maddr").orElse(uri.host());
    }

    /** Takes an answer if this search asks for it; a TTL of 0 makes it good for this search all the same. */
    boolean takes(Question question, DnsAnswer answer) {
        return answers.replace(question, Optional.of(answer)) != null;
    }

    Outcome run(Function<Question, Optional<DnsAnswer>> answerSource) {
        source = answerSource;
        unfinished = false;
        Optional<String> explicit = explicitProtocol();
        if (explicit.isPresent() && !protocols.contains(explicit.get())) {
            return new Outcome.Nothing("No transport for " + explicit.get() + ", which " + uri + " needs");
        }
        String protocol = explicit.orElse(uri.isSecure() ? "TLS" : protocols.contains("UDP") ? "UDP" : protocols.get(0));
        if (explicit.isEmpty() && !protocols.contains(protocol)) {
            return new Outcome.Nothing("No transport for " + protocol + ", which " + uri + " needs");
        }
        Optional<InetAddress> literal = Literals.parse(host);
        if (literal.isPresent()) {
            return new Outcome.Targets(List.of(target(protocol, literal.get(), port(protocol), host)));
        }
        if (uri.port() < 0) {
            List<Target> served = servers(services(explicit));
            if (unfinished) {
                return new Outcome.Unfinished();
            }
            if (!served.isEmpty()) {
                return new Outcome.Targets(served);
            }
        }
        List<Target> direct = addresses(host, protocol, port(protocol));
        return unfinished ? new Outcome.Unfinished()
            : direct.isEmpty() ? new Outcome.Nothing("Cannot find the server '" + host + "': " + why()) : new Outcome.Targets(direct);
    }

    private Optional<String> explicitProtocol() {
        return uri.transport().map(name -> {
            String upper = name.toUpperCase(Locale.ROOT);
            return !uri.isSecure() ? upper : upper.equals("TCP") ? "TLS" : upper.equals("WS") ? "WSS" : upper;
        });
    }

    private int port(String protocol) {
        return uri.port() >= 0 ? uri.port() : defaultPort(protocol);
    }

    private static int defaultPort(String protocol) {
        return switch (protocol) {
            case "TLS" -> 5061;
            case "WS" -> 80;
            case "WSS" -> 443;
            default -> 5060;
        };
    }

    /** RFC 3263 §4.1: by NAPTR, else every transport there is a well-known SRV name for. */
    private List<Service> services(Optional<String> explicit) {
        if (explicit.isPresent()) {
            return srvName(explicit.get()).map(name -> List.of(new Service(explicit.get(), name))).orElse(List.of());
        }
        List<Service> services = new ArrayList<>();
        List<DnsAnswer.Naptr> naptrs = new ArrayList<>();
        for (DnsRecord entry : records(host, RecordType.NAPTR)) {
            if (entry instanceof DnsAnswer.Naptr naptr && naptr.flags().equalsIgnoreCase("s")) {
                naptrs.add(naptr);
            }
        }
        if (unfinished) {
            return services;
        }
        naptrs.sort(Comparator.comparingInt(DnsAnswer.Naptr::order).thenComparingInt(DnsAnswer.Naptr::preference));
        for (DnsAnswer.Naptr naptr : naptrs) {
            String protocol = naptrProtocol(naptr.service());
            if (usable(protocol)) {
                services.add(new Service(protocol, naptr.replacement()));
            }
        }
        if (services.isEmpty()) {
            for (String protocol : protocols) {
                if (usable(protocol)) {
                    srvName(protocol).ifPresent(name -> services.add(new Service(protocol, name)));
                }
            }
        }
        return services;
    }

    private boolean usable(String protocol) {
        return protocols.contains(protocol) && (!uri.isSecure() || protocol.equals("TLS") || protocol.equals("WSS"));
    }

    private static String naptrProtocol(String service) {
        return switch (service.toUpperCase(Locale.ROOT)) {
            case "SIP+D2U" -> "UDP";
            case "SIP+D2T" -> "TCP";
            case "SIPS+D2T" -> "TLS";
            case "SIP+D2W" -> "WS";
            case "SIPS+D2W" -> "WSS";
            default -> "";
        };
    }

    private Optional<String> srvName(String protocol) {
        return switch (protocol) {
            case "UDP" -> Optional.of("_sip._udp." + host);
            case "TCP" -> Optional.of("_sip._tcp." + host);
            case "TLS" -> Optional.of("_sips._tcp." + host);
            default -> Optional.empty();
        };
    }

    /** RFC 3263 §4.2, RFC 2782: the servers that SRV records name, by priority and, weighted, by chance. */
    private List<Target> servers(List<Service> services) {
        List<Target> targets = new ArrayList<>();
        IdSource chance = IdSource.seeded(seed); // the same order at each run
        for (Service service : services) {
            List<DnsAnswer.Srv> records = new ArrayList<>();
            for (DnsRecord entry : records(service.srvName(), RecordType.SRV)) {
                if (entry instanceof DnsAnswer.Srv srv && srv.port() > 0 && !srv.target().isEmpty() && !srv.target().equals(".")) {
                    records.add(srv);
                }
            }
            for (DnsAnswer.Srv srv : SrvOrder.sort(records, chance).stream().limit(MAX_SERVICES).toList()) {
                targets.addAll(addresses(srv.target(), service.protocol(), srv.port()));
            }
        }
        return targets.size() > MAX_TARGETS ? List.copyOf(targets.subList(0, MAX_TARGETS)) : targets;
    }

    /** The addresses of a name, IPv4 first: the SIP world's IPv6 is the younger. */
    private List<Target> addresses(String name, String protocol, int port) {
        List<Target> targets = new ArrayList<>();
        Optional<InetAddress> literal = Literals.parse(name);
        if (literal.isPresent()) {
            return List.of(target(protocol, literal.get(), port, host));
        }
        List<DnsRecord> found = new ArrayList<>(records(name, RecordType.A));
        found.addAll(records(name, RecordType.AAAA));
        for (DnsRecord entry : found) {
            if (entry instanceof DnsAnswer.Address address && targets.size() < MAX_TARGETS) {
                targets.add(target(protocol, address.address(), port, host));
            }
        }
        return targets;
    }

    private static Target target(String protocol, InetAddress address, int port, String host) {
        return new Target(protocol, new InetSocketAddress(address, port), host);
    }

    private List<DnsRecord> records(String name, RecordType type) {
        Question question = Question.of(name, type);
        Optional<DnsAnswer> answer = answers.computeIfAbsent(question, source);
        unfinished |= answer.isEmpty();
        return answer.isPresent() && answer.get() instanceof DnsAnswer.Found found ? found.records() : List.of();
    }

    private String why() {
        DnsAnswer a = answered(RecordType.A);
        DnsAnswer aaaa = answered(RecordType.AAAA);
        if (a instanceof DnsAnswer.Failed failed) {
            return failed.reason();
        }
        if (a instanceof DnsAnswer.NoSuchName || aaaa instanceof DnsAnswer.NoSuchName) {
            return "no such name in DNS";
        }
        return aaaa instanceof DnsAnswer.Failed failed ? failed.reason() : "the name has no address in DNS";
    }

    private DnsAnswer answered(RecordType type) {
        return answers.getOrDefault(Question.of(host, type), Optional.empty()).orElseGet(DnsAnswer.Unsupported::new);
    }
}
