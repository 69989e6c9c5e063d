package io.earshot.dns;

import io.earshot.api.dns.spi.DnsAnswer;
import io.earshot.api.id.IdSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/**
 * One question until its answer: the servers in turn, a second round without EDNS, the same over TCP when truncated, aliases from the
 * start. A server that was slow may still answer while the next one is asked: the first usable answer counts. Confined to the loop.
 */
final class Lookup {
    /**
     * What every look-up of a loop shares.
     *
     * @param patience how long to wait for one server before the next is asked too, in ns; twice as long in later rounds
     * @param answered hears which server was of use
     */
    record Shared(Selector selector, DnsLimits limits, IdSource ids, long patience, Consumer<InetSocketAddress> answered) { }

    private final Shared shared;
    private final Name original;
    private final int type;
    private final List<InetSocketAddress> servers;
    private final long deadline;
    private final CompletableFuture<DnsAnswer> result;
    private final List<Exchange> open = new ArrayList<>();
    private final Set<Name> passed = new HashSet<>();
    private final Set<InetSocketAddress> useless = new HashSet<>();
    private final Set<InetSocketAddress> silent = new HashSet<>();
    private Name name;
    private long aliasTtl = Integer.MAX_VALUE;
    private int attempt;
    private long nextAttempt;
    private String trouble = "";
    private boolean over;

    Lookup(Shared shared, Name name, int type, List<InetSocketAddress> servers, long deadline, CompletableFuture<DnsAnswer> result) {
        this.shared = shared;
        this.original = name;
        this.name = name;
        this.type = type;
        this.servers = servers;
        this.deadline = deadline;
        this.result = result;
    }

    /** Asks for the first time; first of all who is preferred, if on the list. */
    void start(long now, Optional<InetSocketAddress> preferred) {
        preferred.filter(servers::remove).ifPresent(server -> servers.add(0, server));
        askNext(now);
    }

    boolean isOver() {
        return over;
    }

    /** Returns when to call {@link #onTime}. */
    long deadline() {
        return Math.min(deadline, nextAttempt);
    }

    void onTime(long now) {
        if (over) {
            return;
        }
        if (now >= deadline) {
            finish(new DnsAnswer.Failed(reason()));
        } else if (now >= nextAttempt) {
            askNext(now);
        }
    }

    void onReady(Exchange exchange, SelectionKey key, long now) {
        try {
            for (byte[] message : exchange.onReady(key)) {
                if (!over && open.contains(exchange)) {
                    take(exchange, Reply.read(message, exchange.asked, shared.limits()), now);
                }
            }
        } catch (IOException failed) {
            giveUpOn(exchange, exchange.isTcp() ? "failed over TCP: " + failed.getMessage() : "is not there: " + failed.getMessage(), now);
        }
    }

    private void take(Exchange from, Reply.Verdict verdict, long now) {
        if (verdict instanceof Reply.Verdict.Truncated) {
            if (from.isTcp()) {
                giveUpOn(from, "truncates even over TCP", now);
            } else {
                drop(from);
                send(from.server, true, true, now);
            }
        } else if (verdict instanceof Reply.Verdict.Trouble bad) {
            if (bad.aboutEdns() && from.edns && !from.isTcp()) {
                drop(from);
                send(from.server, false, false, now);
            } else {
                giveUpOn(from, bad.what(), now);
            }
        } else if (verdict instanceof Reply.Verdict.Alias alias) {
            shared.answered().accept(from.server);
            follow(alias, now);
        } else if (verdict instanceof Reply.Verdict.Done done) {
            shared.answered().accept(from.server);
            finish(limited(done.answer()));
        }
    }

    private DnsAnswer limited(DnsAnswer answer) {
        return answer instanceof DnsAnswer.Found found
                ? new DnsAnswer.Found(found.records(), Math.min(found.ttlSeconds(), aliasTtl)) : answer;
    }

    private void follow(Reply.Verdict.Alias alias, long now) {
        passed.addAll(alias.passed());
        if (passed.contains(alias.target()) || passed.size() > shared.limits().aliases()) {
            finish(new DnsAnswer.Failed("the aliases (CNAME) of '" + original.toString(true) + "' lead nowhere"));
            return;
        }
        aliasTtl = Math.min(aliasTtl, alias.ttl());
        name = alias.target();
        closeAll();
        attempt = 0;
        useless.clear();
        askNext(now);
    }

    /** Asks the next server that is of any use; when none is left, waits for those asked, and without such has failed. */
    private void askNext(long now) {
        while (attempt < servers.size() * shared.limits().rounds()) {
            int round = attempt / servers.size();
            InetSocketAddress server = servers.get(attempt++ % servers.size());
            if (!useless.contains(server) && send(server, round == 0, false, now)) {
                nextAttempt = now + shared.patience() * (round + 1);
                return;
            }
            if (over) {
                return;
            }
        }
        nextAttempt = deadline;
        if (open.isEmpty()) {
            finish(new DnsAnswer.Failed(reason()));
        }
    }

    private boolean send(InetSocketAddress server, boolean edns, boolean tcp, long now) {
        Reply.Asked asked = new Reply.Asked(shared.ids().nextInt() & 0xFFFF, name, type);
        try {
            byte[] query = query(asked, edns);
            open.add(tcp ? Exchange.tcp(this, server, asked, query, shared.selector())
                    : Exchange.udp(this, server, asked, query, shared.selector(), edns));
            silent.add(server);
            if (tcp) {
                nextAttempt = now + 2 * shared.patience();
            }
            return true;
        } catch (IOException | RuntimeException failed) {
            note(server, "cannot be sent to: " + failed.getMessage());
            if (tcp) {
                useless.add(server);
                askNext(now);
            }
            return false;
        }
    }

    private byte[] query(Reply.Asked asked, boolean edns) {
        Message message = new Message(asked.id());
        message.getHeader().setFlag(Flags.RD);
        message.addRecord(org.xbill.DNS.Record.newRecord(asked.name(), asked.type(), DClass.IN), Section.QUESTION);
        if (edns) {
            message.addRecord(new OPTRecord(shared.limits().payload(), 0, 0), Section.ADDITIONAL);
        }
        return message.toWire();
    }

    private void giveUpOn(Exchange exchange, String why, long now) {
        if (over || !open.contains(exchange)) {
            return;
        }
        drop(exchange);
        useless.add(exchange.server);
        note(exchange.server, why);
        askNext(now);
    }

    private void note(InetSocketAddress server, String why) {
        silent.remove(server);
        trouble = "the DNS server " + text(server) + " " + why;
    }

    private String reason() {
        String waited = silent.isEmpty() ? "" : "DNS did not answer in time (asked " + texts(silent) + ")";
        return trouble.isEmpty() ? waited : waited.isEmpty() ? trouble : waited + "; " + trouble;
    }

    private void drop(Exchange exchange) {
        exchange.close();
        open.remove(exchange);
    }

    void finish(DnsAnswer answer) {
        over = true;
        closeAll();
        result.complete(answer);
    }

    private void closeAll() {
        open.forEach(Exchange::close);
        open.clear();
    }

    private static String texts(Set<InetSocketAddress> addresses) {
        return String.join(", ", addresses.stream().map(Lookup::text).sorted().toList());
    }

    private static String text(InetSocketAddress server) {
        String ip = server.getAddress().getHostAddress();
        return server.getPort() == 53 ? ip : (ip.indexOf(':') < 0 ? ip : "[" + ip + "]") + ":" + server.getPort();
    }
}
