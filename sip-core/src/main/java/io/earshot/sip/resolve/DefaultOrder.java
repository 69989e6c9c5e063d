package io.earshot.sip.resolve;

import static java.util.Objects.requireNonNull;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The order of RFC 6724 §6: addresses that there is no way to come last, then those whose scope or kind our own address towards them does
 * not match; of the rest IPv6 precedes IPv4, and what is near precedes what is far. Not applied is rule 9, the longest common prefix,
 * which would undo the balance of load that several addresses of a kind are given for.
 */
public final class DefaultOrder implements AddressOrder {
    private static final int LINK = 2;
    private static final int SITE = 5;
    private static final int GLOBAL = 14;

    /** Our address towards a peer, over a transport; empty where there is no way. */
    private final BiFunction<String, InetSocketAddress, Optional<InetSocketAddress>> sources;

    /** The kind of an address, by the policy table of RFC 6724 §2.1. */
    private enum Kind {
        LOOPBACK(50), NATIVE(40), IPV4(35), SIX_TO_FOUR(30), TEREDO(5), UNIQUE_LOCAL(3), COMPATIBLE(1), SITE_LOCAL(1), SIX_BONE(1);

        final int precedence;

        Kind(int precedence) {
            this.precedence = precedence;
        }

        static Kind of(InetAddress address) {
            if (address instanceof Inet4Address) {
                return IPV4;
            }
            byte[] bytes = address.getAddress();
            int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
            int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
            if (address.isLoopbackAddress()) {
                return LOOPBACK;
            } else if (first == 0x2002) {
                return SIX_TO_FOUR;
            } else if (first == 0x2001 && second == 0) {
                return TEREDO;
            } else if ((first & 0xfe00) == 0xfc00) {
                return UNIQUE_LOCAL;
            } else if ((first & 0xffc0) == 0xfec0) {
                return SITE_LOCAL;
            } else if (first == 0x3ffe) {
                return SIX_BONE;
            }
            return isCompatible(bytes) ? COMPATIBLE : NATIVE;
        }

        private static boolean isCompatible(byte[] bytes) {
            for (int i = 0; i < 12; i++) {
                if (bytes[i] != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /** One address and what counts for it. */
    private record Candidate(InetAddress address, Optional<InetAddress> source) {
        boolean isReachable() {
            return source.isPresent();
        }

        boolean hasSourceOfItsScope() {
            return source.filter(own -> scope(own) == scope(address)).isPresent();
        }

        boolean hasSourceOfItsKind() {
            return source.filter(own -> Kind.of(own) == Kind.of(address)).isPresent();
        }
    }

    private static final Comparator<Candidate> RULES = Comparator.comparing(Candidate::isReachable, Comparator.reverseOrder()) // 1
        .thenComparing(Candidate::hasSourceOfItsScope, Comparator.reverseOrder()) // 2
        .thenComparing(Candidate::hasSourceOfItsKind, Comparator.reverseOrder()) // 5
        .thenComparing(candidate -> -Kind.of(candidate.address).precedence) // 6
        .thenComparing(candidate -> scope(candidate.address)); // 8; and 10, as the sort is stable

    /** Orders by the addresses that we have ourselves. */
    public DefaultOrder(BiFunction<String, InetSocketAddress, Optional<InetSocketAddress>> sources) {
        this.sources = requireNonNull(sources, "sources");
    }

    @Override
    public List<InetAddress> order(String protocol, int port, List<InetAddress> addresses) {
        return addresses.stream().map(address -> new Candidate(address, sources.apply(protocol, new InetSocketAddress(address, port))
            .map(InetSocketAddress::getAddress))).sorted(RULES).map(Candidate::address).toList();
    }

    /** RFC 6724 §3.1 and §3.2: private IPv4 addresses are global ones here. */
    private static int scope(InetAddress address) {
        if (address.isLinkLocalAddress() || address.isLoopbackAddress()) {
            return LINK;
        }
        return address.isSiteLocalAddress() && !(address instanceof Inet4Address) ? SITE : GLOBAL;
    }
}
