package io.earshot.api.dns.spi;

import static io.earshot.api.check.Check.requireNonNull;

import java.net.InetAddress;
import java.util.List;

/** What a question brought. */
public sealed interface DnsAnswer {
    /**
     * The name exists; there may still be no record of the type.
     *
     * @param ttlSeconds how long the answer may be kept
     */
    record Found(List<DnsRecord> records, long ttlSeconds) implements DnsAnswer {
        public Found {
            records = List.copyOf(records);
        }
    }

    /**
     * There is no such name (NXDOMAIN).
     *
     * @param ttlSeconds how long that may be believed (RFC 2308 §5)
     */
    record NoSuchName(long ttlSeconds) implements DnsAnswer {
        private static final long UNTOLD_TTL_SECONDS = 10;

        /** Makes one of a resolver that does not know how long it holds: 10 s. */
        public NoSuchName() {
            this(UNTOLD_TTL_SECONDS);
        }
    }

    /** The resolver cannot look this record type up at all, so the procedure goes on as if there were none. */
    record Unsupported() implements DnsAnswer { }

    /**
     * No answer: server failure, timeout, no network.
     *
     * @param reason a sentence a human can act on
     */
    record Failed(String reason) implements DnsAnswer {
        public Failed {
            requireNonNull(reason, "reason");
        }
    }

    /** One record. */
    sealed interface DnsRecord { }

    /** A or AAAA. */
    record Address(InetAddress address) implements DnsRecord { }

    /** SRV, RFC 2782. */
    record Srv(int priority, int weight, int port, String target) implements DnsRecord { }

    /** NAPTR, RFC 3403, fields as they are on the wire. */
    record Naptr(int order, int preference, String flags, String service, String regexp, String replacement) implements DnsRecord { }
}
