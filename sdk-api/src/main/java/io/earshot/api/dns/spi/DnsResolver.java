package io.earshot.api.dns.spi;

import java.util.concurrent.CompletionStage;

/** Looks names up, for RFC 3263. Callable from any thread; never blocks the caller. */
public interface DnsResolver extends AutoCloseable {
    /**
     * Asks one question. The stage never fails: what went wrong is a {@link DnsAnswer.Failed}. It may complete on any thread.
     *
     * @param name an ASCII domain name without a trailing dot; never an address literal
     */
    CompletionStage<DnsAnswer> resolve(String name, RecordType type);

    /** Frees sockets and threads. Doing so twice is harmless. */
    @Override
    default void close() {
    }

    /** The record types that SIP asks for. */
    enum RecordType { A, AAAA, SRV, NAPTR }
}
