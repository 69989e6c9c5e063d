package io.earshot.dns;

import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.dns.spi.DnsConfig;
import io.earshot.api.dns.spi.DnsResolver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Asks DNS servers. dnsjava reads and writes the messages and knows where the system keeps its servers; the sockets are our own, because
 * dnsjava's live in static state of the process: one selector thread for everybody, which its {@code NioClient.close()} never ends (in
 * 3.6.5 it waits for itself).
 *
 * <p>Names are absolute: no search path is applied. Where no servers are configured, a name that is none of DNS's business (in the hosts
 * file, without a dot, {@code localhost}, {@code *.local}) is looked up as the system does. Answers are not kept: the engine does that.
 */
final class DnsJavaResolver implements DnsResolver {
    private final DnsConfig config;
    private final DnsLimits limits;
    private final SystemNames names = new SystemNames();
    private final DnsLoop loop;
    private final AtomicInteger underWay = new AtomicInteger();

    DnsJavaResolver(DnsConfig config, DnsLimits limits) {
        this.config = config;
        this.limits = limits;
        this.loop = new DnsLoop(config, limits);
    }

    @Override
    public CompletionStage<DnsAnswer> resolve(String name, RecordType type) {
        Name asked;
        try {
            asked = Name.fromString(name, Name.root);
        } catch (TextParseException | IllegalArgumentException wrong) {
            return answer(new DnsAnswer.Failed("'" + name + "' is no name that DNS could have: " + wrong.getMessage()));
        }
        if (underWay.incrementAndGet() > limits.lookups()) {
            underWay.decrementAndGet();
            return answer(new DnsAnswer.Failed("Too many DNS questions are under way (" + limits.lookups() + ")"));
        }
        CompletableFuture<DnsAnswer> result = new CompletableFuture<>();
        result.whenComplete((answer, defect) -> underWay.decrementAndGet());
        if (!config.servers().isEmpty()) {
            loop.ask(asked, number(type), config.servers(), result);
        } else if (isAddress(type)) {
            names.look(asked, type, result, () -> askSystemServers(asked, type, result));
        } else {
            askSystemServers(asked, type, result);
        }
        return result.minimalCompletionStage();
    }

    private void askSystemServers(Name name, RecordType type, CompletableFuture<DnsAnswer> result) {
        names.servers(result, servers -> {
            if (!servers.isEmpty()) {
                loop.ask(name, number(type), servers, result);
            } else if (isAddress(type)) {
                names.askSystem(name, type, result);
            } else {
                result.complete(new DnsAnswer.Unsupported());
            }
        });
    }

    private static boolean isAddress(RecordType type) {
        return type == RecordType.A || type == RecordType.AAAA;
    }

    static int number(RecordType type) {
        return switch (type) {
            case A -> Type.A;
            case AAAA -> Type.AAAA;
            case SRV -> Type.SRV;
            case NAPTR -> Type.NAPTR;
        };
    }

    private static CompletionStage<DnsAnswer> answer(DnsAnswer known) {
        return CompletableFuture.<DnsAnswer>completedFuture(known).minimalCompletionStage();
    }

    /** Ends both kinds of threads; questions under way fail. */
    @Override
    public void close() {
        names.close();
        loop.close();
    }
}
