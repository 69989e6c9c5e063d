package io.earshot.api;

import io.earshot.api.check.Check;
import java.time.Duration;
import java.util.List;

/**
 * What an account does when its server fails (RFC 3263 §4.3). Immutable; the {@code with} methods return changed copies.
 *
 * @param backups further servers, {@code host} or {@code host:port}, tried in order when the account's own has failed
 * @param patience how long a silent server is waited for when there is another, 100 ms to 32 s; 5 s unless set
 * @param returnAfter after what time with a backup the first server is tried again, 1 s or more; 10 minutes unless set
 * @param dns whether the servers that DNS names for one address are tried one after another; otherwise the first only
 * @param probe whether the first registration waits but a second for each server, for a quick start
 * @param transports whether a server that fails over UDP is tried over TCP and then over TLS, before backups
 */
public record FailOverConfig(List<String> backups, Duration patience, Duration returnAfter, boolean dns, boolean probe,
        boolean transports) {
    /** The servers of DNS, and no backups. */
    public static final FailOverConfig DEFAULT =
            new FailOverConfig(List.of(), Duration.ofSeconds(5), Duration.ofMinutes(10), true, false, false);

    public FailOverConfig {
        backups = Check.lines(backups, "backups");
        Check.range(patience, Duration.ofMillis(100), Duration.ofSeconds(32), "patience");
        Check.range(returnAfter, Duration.ofSeconds(1), Duration.ofDays(365), "returnAfter");
    }

    /** Returns a copy with these backups, best first. */
    public FailOverConfig withBackups(String... servers) {
        return new FailOverConfig(Check.list(servers, "servers"), patience, returnAfter, dns, probe, transports);
    }

    /** Returns a copy that waits so long for a silent server. */
    public FailOverConfig withPatience(Duration time) {
        return new FailOverConfig(backups, time, returnAfter, dns, probe, transports);
    }

    /** Returns a copy that tries the first server again after this time. */
    public FailOverConfig withReturnAfter(Duration time) {
        return new FailOverConfig(backups, patience, time, dns, probe, transports);
    }

    /** Returns a copy that tries each server that DNS names, or the first only. */
    public FailOverConfig withDns(boolean each) {
        return new FailOverConfig(backups, patience, returnAfter, each, probe, transports);
    }

    /** Returns a copy whose first registration is quick or not. */
    public FailOverConfig withProbe(boolean quick) {
        return new FailOverConfig(backups, patience, returnAfter, dns, quick, transports);
    }

    /**
     * Returns a copy that tries a server over TCP, at the same port, and then over TLS, at the port after that, when it fails over UDP, as
     * where a firewall lets no UDP through. What worked is tried first at the next start, if the phone has a data folder; UDP is tried
     * again after {@link #returnAfter}. An account whose address, registrar or proxy names a transport stays with that.
     */
    public FailOverConfig withTransports(boolean others) {
        return new FailOverConfig(backups, patience, returnAfter, dns, probe, others);
    }
}
