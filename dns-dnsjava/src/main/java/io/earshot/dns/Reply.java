package io.earshot.dns;

import io.earshot.api.dns.spi.DnsAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Reads what a server sent. Its bytes are hostile until shown otherwise: the outcome is a {@link Verdict}, nothing is thrown. */
final class Reply {
    /** One question as it went to a server. */
    record Asked(int id, Name name, int type) { }

    /** What a message is worth. */
    sealed interface Verdict {
        /** Not the answer to this question: go on waiting (RFC 5452 §9.1). */
        record Ignore() implements Verdict { }

        /** The answer did not fit into a datagram: ask over TCP. */
        record Truncated() implements Verdict { }

        /** This server cannot answer; another may. */
        record Trouble(String what, boolean aboutEdns) implements Verdict { }

        /** The name is another name's alias, of which this message tells nothing. */
        record Alias(Name target, Set<Name> passed, long ttl) implements Verdict { }

        record Done(DnsAnswer answer, long ttl) implements Verdict { }
    }

    private final Asked asked;
    private final Message message;
    private final DnsLimits limits;

    private Reply(Asked asked, Message message, DnsLimits limits) {
        this.asked = asked;
        this.message = message;
        this.limits = limits;
    }

    static Verdict read(byte[] bytes, Asked asked, DnsLimits limits) {
        if (bytes.length < Header.LENGTH || ((bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF) != asked.id() || bytes[2] >= 0) {
            return new Verdict.Ignore(); // too short, for somebody else, or itself a question
        }
        try {
            return new Reply(asked, new Message(bytes), limits).verdict();
        } catch (IOException | RuntimeException broken) {
            return new Verdict.Trouble("sent a broken answer", false);
        }
    }

    private Verdict verdict() {
        int rcode = message.getRcode();
        org.xbill.DNS.Record question = message.getQuestion();
        if (question == null ? rcode == Rcode.NOERROR
                : question.getType() != asked.type() || question.getDClass() != DClass.IN || !question.getName().equals(asked.name())) {
            return new Verdict.Ignore();
        }
        if (message.getHeader().getFlag(Flags.TC)) {
            return new Verdict.Truncated();
        }
        if (rcode == Rcode.NXDOMAIN) {
            return new Verdict.Done(new DnsAnswer.NoSuchName(negativeTtl().orElse(0L)), 0);
        }
        if (rcode != Rcode.NOERROR) {
            return new Verdict.Trouble("answered " + Rcode.string(rcode), rcode == Rcode.FORMERR || rcode == Rcode.NOTIMP
                    || rcode == Rcode.BADVERS);
        }
        return answer();
    }

    /** Follows the aliases as far as this message has them (RFC 1034 §3.6.2). */
    private Verdict answer() {
        List<org.xbill.DNS.Record> section = message.getSection(Section.ANSWER);
        Set<Name> passed = new HashSet<>();
        Name at = asked.name();
        long ttl = Integer.MAX_VALUE;
        while (passed.add(at) && passed.size() <= limits.aliases() + 1) {
            Name owner = at;
            List<org.xbill.DNS.Record> records = section.stream().filter(one -> one.getType() == asked.type()
                    && one.getDClass() == DClass.IN && one.getName().equals(owner)).limit(limits.records()).toList();
            if (!records.isEmpty()) {
                return found(records, ttl);
            }
            Optional<CNAMERecord> alias = section.stream().filter(one -> one instanceof CNAMERecord && one.getName().equals(owner))
                    .map(CNAMERecord.class::cast).findFirst();
            if (alias.isEmpty()) {
                return none(at, passed, ttl);
            }
            ttl = Math.min(ttl, alias.get().getTTL());
            at = alias.get().getTarget();
        }
        return new Verdict.Done(new DnsAnswer.Failed("the aliases (CNAME) of '" + asked.name().toString(true) + "' lead nowhere"), ttl);
    }

    private Verdict found(List<org.xbill.DNS.Record> records, long aliasTtl) {
        long ttl = aliasTtl;
        List<DnsAnswer.DnsRecord> converted = new ArrayList<>(records.size());
        for (org.xbill.DNS.Record one : records) {
            ttl = Math.min(ttl, one.getTTL());
            convert(one).ifPresent(converted::add);
        }
        return new Verdict.Done(new DnsAnswer.Found(converted, ttl), ttl);
    }

    private Verdict none(Name at, Set<Name> passed, long ttl) {
        Optional<Long> negative = negativeTtl();
        if (!at.equals(asked.name()) && negative.isEmpty()) {
            Set<Name> before = new HashSet<>(passed);
            before.remove(at);
            return new Verdict.Alias(at, before, ttl);
        }
        boolean referral = negative.isEmpty() && !message.getHeader().getFlag(Flags.RA) && !message.getHeader().getFlag(Flags.AA)
                && message.getSection(Section.AUTHORITY).stream().anyMatch(one -> one.getType() == Type.NS);
        if (referral) {
            return new Verdict.Trouble("does not look up names of others", false);
        }
        long kept = Math.min(ttl, negative.orElse(0L));
        return new Verdict.Done(new DnsAnswer.Found(List.of(), kept), kept);
    }

    /** RFC 2308 §5: the lesser of the SOA record's own TTL and its MINIMUM; without one the answer is not to be kept. */
    private Optional<Long> negativeTtl() {
        return message.getSection(Section.AUTHORITY).stream().filter(SOARecord.class::isInstance).map(SOARecord.class::cast)
                .map(soa -> Math.min(soa.getTTL(), soa.getMinimum())).findFirst();
    }

    private static Optional<DnsAnswer.DnsRecord> convert(org.xbill.DNS.Record one) {
        if (one instanceof ARecord a) {
            return Optional.of(new DnsAnswer.Address(nameless(a.getAddress())));
        }
        if (one instanceof AAAARecord aaaa) {
            return Optional.of(new DnsAnswer.Address(nameless(aaaa.getAddress())));
        }
        if (one instanceof SRVRecord srv) {
            return Optional.of(new DnsAnswer.Srv(srv.getPriority(), srv.getWeight(), srv.getPort(), srv.getTarget().toString(true)));
        }
        if (one instanceof NAPTRRecord naptr) {
            return Optional.of(new DnsAnswer.Naptr(naptr.getOrder(), naptr.getPreference(), naptr.getFlags(), naptr.getService(),
                    naptr.getRegexp(), naptr.getReplacement().toString(true)));
        }
        return Optional.empty();
    }

    /** Addresses carry the name they were found under, which would then turn up in messages to users. */
    static InetAddress nameless(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException impossible) {
            return address;
        }
    }
}
