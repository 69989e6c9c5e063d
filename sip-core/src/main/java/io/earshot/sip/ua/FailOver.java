package io.earshot.sip.ua;

import io.earshot.api.time.Ticker;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import java.util.List;
import java.util.Optional;

/**
 * What an account does when its server fails; immutable. Among the servers that DNS names for one address, requests go to the next when
 * one is silent or answers 503 (RFC 3263 §4.3); when none is left, the backups are tried in order.
 *
 * @param backups further servers, each with an address of its own; tried when everything of the one before has failed
 * @param patience how long a silent server is waited for when there is another, in ns; default 5 s
 * @param returnAfter after what time away the first server is tried again, in ns; default 10 min
 * @param dns whether the servers that DNS names are tried one after another; otherwise the first only
 * @param probe whether the first registration gives each server but a second, for a quick start
 * @param stands the address of the server that a backup stands in for, and the backup; set by the engine
 * @param first which server is tried first, because it worked the last time: 0 for the account's own, 1 for the first backup and so on
 */
public record FailOver(List<SipUri> backups, long patience, long returnAfter, boolean dns, boolean probe, Optional<StandIn> stands,
        int first) {
    /** DNS only, no backups. */
    public static final FailOver DEFAULT =
        new FailOver(List.of(), 5 * Ticker.SECOND, 600 * Ticker.SECOND, true, false, Optional.empty(), 0);

    /** Who stands in for whom, where the account's domain is the server's own IP address. */
    public record StandIn(SipUri server, SipUri backup) { }

    public FailOver {
        backups = List.copyOf(backups);
        if (patience < 100 * Ticker.MILLISECOND || patience > 32 * Ticker.SECOND) {
            throw new IllegalArgumentException("patience must be 0.1 to 32 s");
        }
        if (first < 0 || first > backups.size()) {
            throw new IllegalArgumentException("first must be 0 to the number of backups, not " + first);
        }
        if (returnAfter < Ticker.SECOND) {
            throw new IllegalArgumentException("returnAfter must be 1 s or more");
        }
    }

    /** Returns a copy with these backups. */
    public FailOver withBackups(List<SipUri> servers) {
        return new FailOver(servers, patience, returnAfter, dns, probe, stands, 0);
    }

    /** Returns a copy that begins with this server: 0 for the account's own, 1 for the first backup and so on. */
    public FailOver withFirst(int server) {
        return new FailOver(backups, patience, returnAfter, dns, probe, stands, server);
    }

    /** Returns a copy that waits so long for a silent server, in ns. */
    public FailOver withPatience(long time) {
        return new FailOver(backups, time, returnAfter, dns, probe, stands, first);
    }

    /** Returns a copy that goes back to the first server after this time, in ns. */
    public FailOver withReturnAfter(long time) {
        return new FailOver(backups, patience, time, dns, probe, stands, first);
    }

    /** Returns a copy that tries the servers of DNS one after another, or the first only. */
    public FailOver withDns(boolean each) {
        return new FailOver(backups, patience, returnAfter, each, probe, stands, first);
    }

    /** Returns a copy whose first registration is quick or not. */
    public FailOver withProbe(boolean quick) {
        return new FailOver(backups, patience, returnAfter, dns, quick, stands, first);
    }

    FailOver standIn(SipUri server, SipUri backup) {
        return new FailOver(backups, patience, returnAfter, dns, probe, Optional.of(new StandIn(server, backup)), first);
    }

    /** Returns the address at the backup of somebody at the server that it stands in for. */
    Uri translate(Uri target) {
        if (stands.isPresent() && target instanceof SipUri sip) {
            SipUri server = stands.get().server();
            SipUri backup = stands.get().backup();
            if (sip.host().equalsIgnoreCase(server.host()) && sip.port() == server.port()) {
                return sip.withHost(backup.host()).withPort(backup.port());
            }
        }
        return target;
    }
}
