package io.earshot.sdk.internal.net;

import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.dns.spi.DnsResolver;
import io.earshot.api.proxy.spi.ProxiedNames;
import io.earshot.api.time.Ticker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * DNS of a phone behind a proxy. Names that are not known here, as in networks that keep the world's DNS out, are left to the proxy: they
 * get the address of {@link ProxiedNames}. A DNS that does not answer is not waited for, and not asked again for a while.
 */
public final class ProxiedDns implements DnsResolver {
    private static final long PATIENCE_MS = 1_500;
    private static final long PAUSE = 30 * Ticker.SECOND;
    private static final long TTL_S = 60;

    private final DnsResolver own;
    private final Ticker ticker;
    private final AtomicLong deadUntil = new AtomicLong(Long.MIN_VALUE);

    /** Makes one over the resolver of this machine. */
    public ProxiedDns(DnsResolver own, Ticker ticker) {
        this.own = own;
        this.ticker = ticker;
    }

    @Override
    public CompletionStage<DnsAnswer> resolve(String name, RecordType type) {
        if (ticker.now() < deadUntil.get()) {
            return CompletableFuture.completedFuture(instead(name, type));
        }
        CompletableFuture<DnsAnswer> answer = new CompletableFuture<>();
        own.resolve(name, type).whenComplete((found, broken) ->
                answer.complete(broken == null ? found : new DnsAnswer.Failed(String.valueOf(broken.getMessage()))));
        return answer.completeOnTimeout(new DnsAnswer.Failed("DNS did not answer"), PATIENCE_MS, TimeUnit.MILLISECONDS)
                .thenApply(found -> judged(found, name, type));
    }

    private DnsAnswer judged(DnsAnswer found, String name, RecordType type) {
        if (found instanceof DnsAnswer.Failed) {
            deadUntil.set(ticker.now() + PAUSE);
            return instead(name, type);
        }
        return found instanceof DnsAnswer.NoSuchName ? instead(name, type) : found;
    }

    private static DnsAnswer instead(String name, RecordType type) {
        return new DnsAnswer.Found(type == RecordType.A ? List.of(new DnsAnswer.Address(ProxiedNames.standIn(name))) : List.of(), TTL_S);
    }

    @Override
    public void close() {
        own.close();
    }
}
