package io.earshot.sip.ua;

import io.earshot.sip.resolve.Target;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * RFC 8305: of a server with IPv4 and IPv6 addresses, the first that can be connected to is taken, so that a family that leads nowhere
 * costs a quarter of a second and not a time-out. For transports over connections only: with datagrams nothing tells that one has got
 * through. The family of the first address goes first; the other follows after the attempt delay of {@link EngineConfig#dualStack}, then
 * the next of each.
 */
final class Race {
    /** Who wants to know; one of the two is called, once, from the engine's pump. */
    interface Finish {
        /**
         * One is connected.
         *
         * @param others that have not failed, in order
         */
        void won(Target winner, List<Target> others, long now);

        /** None could be; the reason has a part for each. */
        void lost(String reason, long now);
    }

    private final Context context;
    private final Finish finish;
    private final List<Target> lanes;
    private final List<Target> started = new ArrayList<>();
    private final List<Target> failed = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private Agenda.Entry timer = Agenda.Entry.NONE;
    private Agenda.Entry limit = Agenda.Entry.NONE;
    private boolean over;

    Race(Context context, List<Target> rivals, Finish finish) {
        this.context = context;
        this.finish = finish;
        this.lanes = interleaved(rivals);
    }

    /** Returns the targets from one on that are worth a race: addresses of one server, of both families; else none. */
    static List<Target> rivals(Context context, List<Target> targets, int from) {
        Target first = targets.get(from);
        List<Target> run = new ArrayList<>();
        int changes = 0;
        if (context.isReliable(first.protocol())) {
            for (Target next : targets.subList(from, targets.size())) {
                boolean same = next.protocol().equals(first.protocol()) && next.host().equals(first.host())
                    && next.address().getPort() == first.address().getPort();
                changes += !run.isEmpty() && isV4(next) != isV4(run.get(run.size() - 1)) ? 1 : 0;
                if (!same || changes > 1) {
                    break; // the next server of SRV records begins with the first family again
                }
                run.add(next);
            }
        }
        run.removeIf(target -> context.hop(target).isEmpty());
        return run.stream().map(Race::isV4).distinct().count() > 1 ? run : List.of();
    }

    private static boolean isV4(Target target) {
        return target.address().getAddress() instanceof Inet4Address;
    }

    private static List<Target> interleaved(List<Target> rivals) {
        List<Target> one = rivals.stream().filter(target -> isV4(target) == isV4(rivals.get(0))).toList();
        List<Target> other = rivals.stream().filter(target -> !one.contains(target)).toList();
        List<Target> mixed = new ArrayList<>();
        for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
            one.stream().skip(i).limit(1).forEach(mixed::add);
            other.stream().skip(i).limit(1).forEach(mixed::add);
        }
        return mixed;
    }

    void start(long now) {
        context.races.add(this);
        limit = context.agenda.at(now + context.lifetime(), then -> end(() -> finish.lost(because("no connection in time"), then)));
        startNext(now);
    }

    /** Calls it off. */
    void stop() {
        end(() -> { });
    }

    private void startNext(long now) {
        context.agenda.cancel(timer);
        Target next = lanes.get(started.size());
        started.add(next);
        if (started.size() < lanes.size()) {
            timer = context.agenda.at(now + context.config.dualStack().attemptDelay().toNanos(), this::startNext);
        }
        context.output(new EngineOutput.Connect(next.protocol(), next.address(), next.host()));
    }

    void onConnected(String protocol, InetSocketAddress peer, long now) {
        lane(protocol, peer).ifPresent(winner -> {
            List<Target> others = lanes.stream().filter(lane -> !lane.equals(winner) && !failed.contains(lane)).toList();
            started.remove(winner);
            end(() -> finish.won(winner, others, now));
        });
    }

    void onFailed(String protocol, InetSocketAddress peer, String reason, long now) {
        lane(protocol, peer).filter(lane -> !failed.contains(lane)).ifPresent(lane -> {
            failed.add(lane);
            reasons.add(reason);
            context.outages.failed(lane, now);
            if (failed.size() == lanes.size()) {
                end(() -> finish.lost(because(""), now));
            } else if (started.size() < lanes.size()) {
                startNext(now);
            }
        });
    }

    private Optional<Target> lane(String protocol, InetSocketAddress peer) {
        return started.stream().filter(lane -> lane.protocol().equals(protocol) && lane.address().equals(peer)).findFirst();
    }

    private String because(String more) {
        List<String> all = new ArrayList<>(reasons);
        if (!more.isEmpty()) {
            all.add(more);
        }
        return String.join("; ", all);
    }

    private void end(Runnable then) {
        if (over) {
            return;
        }
        over = true;
        context.races.remove(this);
        context.agenda.cancel(timer);
        context.agenda.cancel(limit);
        for (Target loser : started) {
            if (!failed.contains(loser)) {
                context.output(new EngineOutput.Abandon(loser.protocol(), loser.address(), loser.host()));
            }
        }
        then.run();
    }
}
