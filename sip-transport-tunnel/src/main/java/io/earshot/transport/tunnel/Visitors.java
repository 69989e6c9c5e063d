package io.earshot.transport.tunnel;

import io.earshot.api.time.Ticker;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The connections to a gateway, and which of them may stay: one on which nobody proves to be a user within a few seconds goes, however
 * busy it is, and one whose session goes takes its others along. On Netty's thread.
 */
final class Visitors {
    static final long PATIENCE = 10 * Ticker.SECOND;

    private final Fronts fronts;
    private final int most;
    private final int mostStrangers;
    private final Map<Channel, Visitor> all = new LinkedHashMap<>();

    private static final class Visitor {
        private final InetAddress from;
        private final long since;
        private Optional<Way> way = Optional.empty();

        Visitor(InetAddress from, long since) {
            this.from = from;
            this.since = since;
        }

        boolean isStranger() {
            return way.isEmpty() || way.get().link().isStranger();
        }

        boolean isUnwanted(long now) {
            return way.isPresent() && way.get().link().isOver() || isStranger() && now - since > PATIENCE;
        }
    }

    /**
     * Makes one.
     *
     * @param fronts whose connections carry many visitors, and always stay
     * @param most connections
     * @param mostStrangers from one address
     */
    Visitors(Fronts fronts, int most, int mostStrangers) {
        this.fronts = fronts;
        this.most = most;
        this.mostStrangers = mostStrangers;
    }

    /** Takes a new connection. Returns whether it may stay for now; where there are too many, the oldest stranger goes for it. */
    boolean admit(Channel channel, InetSocketAddress remote, long now) {
        InetAddress from = remote.getAddress();
        if (fronts.contains(from)) {
            return true;
        }
        if (all.values().stream().filter(one -> one.from.equals(from) && one.isStranger()).count() >= mostStrangers) {
            return false;
        }
        if (all.size() >= most) {
            Optional<Channel> oldest = all.entrySet().stream().filter(one -> one.getValue().isStranger()).map(Map.Entry::getKey)
                .findFirst();
            if (oldest.isEmpty()) {
                return false;
            }
            all.remove(oldest.get());
            oldest.get().close();
        }
        all.put(channel, new Visitor(from, now));
        channel.closeFuture().addListener(gone -> all.remove(channel));
        return true;
    }

    /** Tells whether this connection may be of that way: it is, or was of none before, or comes from a front. */
    boolean uses(Channel channel, Way way) {
        Visitor visitor = all.get(channel);
        if (visitor == null) {
            return true;
        }
        boolean first = visitor.way.isEmpty();
        visitor.way = Optional.of(visitor.way.orElse(way));
        return first || visitor.way.get() == way;
    }

    /** Looks at the time; call it a few times a second. */
    void onTime(long now) {
        for (Map.Entry<Channel, Visitor> one : new ArrayList<>(all.entrySet())) {
            if (one.getValue().isUnwanted(now)) {
                all.remove(one.getKey());
                one.getKey().close();
            }
        }
    }

    int size() {
        return all.size();
    }
}
