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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

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

    /** A transport, and the name whose SRV records tell its servers; announced if NAPTR said so, else guessed. */
    private record Service(String protocol, String srvName, boolean announced) { }

    private final SipUri uri;
    private final String host;
    private final List<String> protocols;
    private final long seed;
    private final AddressOrder order;
    private final Map<Question, Optional<DnsAnswer>> answers = new HashMap<>(); // empty: asked
    private Function<Question, Optional<DnsAnswer>> source = question -> Optional.empty();
    private boolean unfinished;

    Search(SipUri uri, List<String> protocols, long seed, AddressOrder order) {
        this.uri = uri;
        this.protocols = protocols;
        this.seed = seed;
        this.order = order;
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
        String protocol = explicit.orElse(uri.isSecure() ? "TLS" : protocols.contains("UDP") ? "UDP" : protocols.get(0));
        if (uri.isSecure() && !isSecure(protocol)) {
            return new Outcome.Nothing(uri + " cannot be sent to: " + protocol + " is not secure, as sips: demands"); // RFC 3261 §26.2.2
        }
        if (!protocols.contains(protocol)) {
            return new Outcome.Nothing("No transport for " + protocol + ", which " + uri + " needs");
        }
        Optional<InetAddress> literal = Literals.parse(host);
        if (literal.isPresent()) {
            return new Outcome.Targets(List.of(target(protocol, literal.get(), port(protocol), host)));
        }
        return uri.port() >= 0 ? direct(protocol) : served(services(explicit), protocol);
    }

    /** RFC 3263 §4.2 without a port: by SRV; only where there are no SRV records at all, by the addresses of the domain itself. */
    private Outcome served(List<Service> services, String otherwise) {
        if (unfinished) {
            return new Outcome.Unfinished();
        }
        List<Target> targets = servers(services);
        if (unfinished) {
            return new Outcome.Unfinished();
        }
        if (!targets.isEmpty()) {
            return new Outcome.Targets(targets);
        }
        Optional<String> broken = services.stream().flatMap(service -> unserved(service).stream()).findFirst();
        if (broken.isPresent()) {
            return new Outcome.Nothing("Cannot find the server '" + host + "': " + broken.get());
        }
        return direct(services.stream().filter(Service::announced).map(Service::protocol).findFirst().orElse(otherwise));
    }

    /** Says why the SRV records that a service has lead nowhere; empty if it has none. */
    private Optional<String> unserved(Service service) {
        List<DnsRecord> records = records(service.srvName(), RecordType.SRV);
        if (records.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(records.stream().filter(DnsAnswer.Srv.class::isInstance).map(entry -> ((DnsAnswer.Srv) entry).target())
            .filter(Search::isName).findFirst()
            .map(target -> "its DNS records name the server '" + target + "', of which there is no address")
            .orElse("its DNS records say that it offers no service over " + service.protocol())); // the target "." of RFC 2782
    }

    private Outcome direct(String protocol) {
        List<Target> targets = addresses(host, protocol, port(protocol));
        return unfinished ? new Outcome.Unfinished()
            : targets.isEmpty() ? new Outcome.Nothing("Cannot find the server '" + host + "': " + why()) : new Outcome.Targets(targets);
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
            return srvName(explicit.get()).map(name -> List.of(new Service(explicit.get(), name, false))).orElse(List.of());
        }
        List<Service> services = new ArrayList<>();
        List<DnsAnswer.Naptr> naptrs = new ArrayList<>();
        for (DnsRecord entry : records(host, RecordType.NAPTR)) {
            if (entry instanceof DnsAnswer.Naptr naptr && naptr.flags().equalsIgnoreCase("s") && isName(naptr.replacement())) {
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
                services.add(new Service(protocol, naptr.replacement(), true));
            }
        }
        if (services.isEmpty()) {
            for (String protocol : protocols) {
                if (usable(protocol)) {
                    srvName(protocol).ifPresent(name -> services.add(new Service(protocol, name, false)));
                }
            }
        }
        return services;
    }

    private boolean usable(String protocol) {
        return protocols.contains(protocol) && (!uri.isSecure() || isSecure(protocol));
    }

    private static boolean isSecure(String protocol) {
        return protocol.equals("TLS") || protocol.equals("WSS");
    }

    private static boolean isName(String target) {
        return !target.isEmpty() && !target.equals(".");
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
        Set<Target> targets = new LinkedHashSet<>(); // a server may be found twice
        for (Service service : services) {
            IdSource chance = IdSource.seeded(seed ^ service.srvName().hashCode()); // the same order at each run
            List<DnsAnswer.Srv> records = new ArrayList<>();
            for (DnsRecord entry : records(service.srvName(), RecordType.SRV)) {
                if (entry instanceof DnsAnswer.Srv srv && srv.port() > 0 && isName(srv.target())) {
                    records.add(srv);
                }
            }
            for (DnsAnswer.Srv srv : SrvOrder.sort(records, chance).stream().limit(MAX_SERVICES).toList()) {
                targets.addAll(addresses(srv.target(), service.protocol(), srv.port()));
            }
        }
        return targets.stream().limit(MAX_TARGETS).toList();
    }

    /** The addresses of a name. */
    private List<Target> addresses(String name, String protocol, int port) {
        Optional<InetAddress> literal = Literals.parse(name);
        if (literal.isPresent()) {
            return List.of(target(protocol, literal.get(), port, host));
        }
        List<DnsRecord> found = new ArrayList<>(records(name, RecordType.A));
        found.addAll(records(name, RecordType.AAAA));
        List<InetAddress> known = found.stream().filter(DnsAnswer.Address.class::isInstance)
            .map(entry -> ((DnsAnswer.Address) entry).address()).toList();
        return order.order(protocol, port, known).stream().limit(MAX_TARGETS)
            .map(address -> target(protocol, address, port, host)).toList();
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

    /** Returns what could not be looked up. */
    List<Question> failed() {
        return answers.entrySet().stream().filter(entry -> entry.getValue().orElse(null) instanceof DnsAnswer.Failed)
            .map(Map.Entry::getKey).toList();
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
        return Stream.concat(Stream.of(aaaa), answers.values().stream().flatMap(Optional::stream))
            .filter(DnsAnswer.Failed.class::isInstance).map(failed -> ((DnsAnswer.Failed) failed).reason()).findFirst()
            .orElse("the name has no address in DNS");
    }

    private DnsAnswer answered(RecordType type) {
        return answers.getOrDefault(Question.of(host, type), Optional.empty()).orElseGet(DnsAnswer.Unsupported::new);
    }
}
