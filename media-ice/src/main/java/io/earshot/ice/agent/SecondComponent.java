package io.earshot.ice.agent;

import java.util.List;
import java.util.Optional;

/** What becomes of RTCP on a port of its own: it is given up where it is not needed, or where nothing works for it and sound has a path. */
final class SecondComponent {
    private static final int REPORTS = 2;

    private final IceContext context;
    private final Gathering gathering;
    private final Selections selections;
    private boolean lost;

    SecondComponent(IceContext context, Gathering gathering, Selections selections) {
        this.context = context;
        this.gathering = gathering;
        this.selections = selections;
    }

    /** A search begins, from these sockets. */
    void begin(List<LocalAddress> sockets) {
        context.components = sockets.stream().mapToInt(LocalAddress::component).max().orElse(1);
        lost = false;
    }

    /** Tells whether nothing worked for it. */
    boolean isLost() {
        return lost;
    }

    /** Keeps nothing for it any more. */
    void giveUp(Checks checks, long now) {
        if (context.components == REPORTS) {
            context.components = 1;
            gathering.giveUp(REPORTS);
            checks.list.giveUp(REPORTS);
            selections.giveUp(REPORTS);
            context.relays.giveUp(REPORTS, now);
        }
    }

    /** A peer that has told all and nothing of it has one component only (RFC 8445 §6.1.2.2). */
    void dropIfUnknown(boolean complete, Checks checks, PeerNames names, long now) {
        if (complete && checks.list.knows(1) && !checks.list.knows(REPORTS) && !names.hold(REPORTS)) {
            giveUp(checks, now);
        }
    }

    /** Gives it up where sound has its path and RTCP none: the call is not worth less for it. */
    void judge(IceState state, Checks checks, boolean gathers, long now) {
        if (context.components != REPORTS || !checks.concluded(1)) {
            return;
        }
        Optional<String> why = Optional.empty();
        long consent = context.config.timing().consentLost().toNanos();
        // When both have run out at about the same time, it is the call's path that is gone.
        if (selections.ranOut(REPORTS, now) && !selections.ranOut(1, now + consent * 2 / 3)) {
            why = Optional.of("the peer has not answered for " + context.config.timing().consentLost().toSeconds() + " s");
        } else if (state == IceState.COMPLETED && !checks.concluded(REPORTS)) {
            why = Optional.of("the relay of its path is gone");
        } else if (checks.hopeless(REPORTS, gathers, now)) {
            why = Optional.of("no pair of candidates works");
        }
        why.ifPresent(reason -> {
            lost = true;
            giveUp(checks, now);
            context.tell(new IceOutput.ReportsLost(reason));
        });
    }
}
