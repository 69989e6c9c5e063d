package io.earshot.sdk.internal.media;

import io.earshot.dsp.Mixer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A conference inside the {@link Bridge}: one sum for each rate that a member hears, from which each member's own voice is taken out again;
 * N additions and N subtractions for N members instead of the N² edges that would do the same. Confined to the media loop; allocates
 * when members or rates change only.
 */
final class MixGroup {
    /** Every fifth turn the listener is told who speaks, if that changed. */
    private static final int TURNS_BETWEEN_REPORTS = 5;
    /** 3 dB: who is to be shown instead of another must be so much louder. */
    private static final double CLEARLY_LOUDER = 2;

    private final int frameMillis;
    private final Listener listener;
    private final List<Seat> seats = new ArrayList<>();
    private final List<Bus> buses = new ArrayList<>();
    private final short[] scratch = new short[Bridge.MAX_FRAME];
    private Optional<Seat> loudest = Optional.empty();
    private int turn;

    /** Hears what becomes of the seats; on the media loop. */
    interface Listener {
        void left(Seat seat);

        void speakers(List<Seat> speaking, Optional<Seat> loudest);
    }

    /** Who hears a seat. */
    enum Audience { ALL, NOBODY, CHOSEN }

    /** The sum at one rate. */
    private static final class Bus {
        final int rate;
        final Mixer mixer = new Mixer(Bridge.MAX_FRAME);

        Bus(int rate) {
            this.rate = rate;
        }
    }

    /** A member's place. */
    static final class Seat {
        final BridgePort port;
        final SpeakerWatch watch = new SpeakerWatch();
        private final Bridge.Node node;
        private final Volume in = new Volume(0, 1);
        private final Volume out = new Volume(0, 1);
        private final short[] scaled = new short[Bridge.MAX_FRAME];
        /** What went into the bus that it hears: this is what is taken out again. */
        private short[] own;
        private boolean contributed;
        private Audience audience = Audience.ALL;
        private List<Seat> chosen = List.of();
        private double inFactor = 1;
        private double outFactor = 1;
        private boolean muted;
        private boolean deaf;
        private boolean leaving;
        private boolean told;

        Seat(Bridge.Node node) {
            this.node = node;
            this.port = node.port;
            this.own = scaled;
        }

        void audience(Audience all, List<Seat> only) {
            audience = all;
            chosen = List.copyOf(only);
        }

        void gains(double spoken, double heard) {
            inFactor = spoken;
            outFactor = heard;
            aim();
        }

        void mute(boolean on) {
            muted = on;
            aim();
        }

        void deafen(boolean on) {
            deaf = on;
            aim();
        }

        private void aim() {
            in.set(muted || leaving ? 0 : inFactor);
            out.set(deaf || leaving ? 0 : outFactor);
        }

        private boolean isHeard() {
            return audience == Audience.ALL && watch.isSpeaking() && !muted && !leaving;
        }
    }

    MixGroup(int frameMillis, Listener listener) {
        this.frameMillis = frameMillis;
        this.listener = listener;
    }

    List<Seat> seats() {
        return seats;
    }

    Seat add(Bridge.Node node) {
        Seat seat = new Seat(node);
        seats.add(seat);
        return seat;
    }

    /** Takes a seat out at the end of the next turn, when it has faded. */
    void dismiss(Seat seat) {
        seat.leaving = true;
        seat.aim();
    }

    /** A port is out of the bridge: so are its seats, at once. */
    void removed(Bridge.Node node) {
        for (int i = seats.size() - 1; i >= 0; i--) {
            if (seats.get(i).node == node) {
                drop(i);
            }
        }
    }

    private void drop(int index) {
        Seat gone = seats.remove(index);
        for (Seat seat : seats) {
            if (seat.chosen.contains(gone)) {
                seat.chosen = seat.chosen.stream().filter(one -> one != gone).toList();
            }
        }
        boolean shown = loudest.filter(seat -> seat == gone).isPresent();
        listener.left(gone);
        if (gone.told || shown) {
            loudest = shown ? Optional.empty() : loudest;
            tell();
        }
    }

    /** Tells whether a source is wanted at a rate. */
    boolean uses(Bridge.Node source, int rate) {
        return isMember(source) && buses.stream().anyMatch(bus -> bus.rate == rate);
    }

    private boolean isMember(Bridge.Node node) {
        for (int i = 0; i < seats.size(); i++) {
            if (seats.get(i).node == node) {
                return true;
            }
        }
        return false;
    }

    /** Sees to it that every rate that is heard has its sum, and every source gives it; before sources are pulled. */
    void prepare() {
        if (refreshBuses()) {
            seats.forEach(seat -> seat.node.dropUnusedViews());
        }
        for (int s = 0; s < seats.size(); s++) {
            for (int b = 0; b < buses.size(); b++) {
                seats.get(s).node.view(buses.get(b).rate);
            }
        }
    }

    /** Sums what was pulled in this turn. */
    void mix() {
        for (int b = 0; b < buses.size(); b++) {
            buses.get(b).mixer.begin(buses.get(b).rate / 1000 * frameMillis);
        }
        for (int s = 0; s < seats.size(); s++) {
            Seat seat = seats.get(s);
            seat.contributed = false;
            if (seat.port.isSource()) {
                seat.watch.hear(seat.node.frame, seat.node.samples(), seat.node.sound);
                contribute(seat);
            }
        }
        if (++turn % TURNS_BETWEEN_REPORTS == 0) {
            report();
        }
    }

    private void contribute(Seat seat) {
        for (int b = 0; b < buses.size(); b++) {
            Bus bus = buses.get(b);
            Bridge.View view = seat.node.view(bus.rate);
            if (seat.audience != Audience.ALL || !view.sound || seat.in.isSilent()) {
                continue;
            }
            boolean home = bus.rate == seat.node.sinkRate && seat.port.isSink();
            short[] samples = view.samples;
            if (!seat.in.isUnity()) {
                samples = home ? seat.scaled : scratch;
                seat.in.apply(view.samples, samples, bus.rate / 1000 * frameMillis);
            }
            bus.mixer.add(samples, 0);
            if (home) {
                seat.own = samples;
                seat.contributed = true;
            }
        }
    }

    /** There is one bus for each rate that a member hears. */
    private boolean refreshBuses() {
        boolean changed = false;
        for (int b = buses.size() - 1; b >= 0; b--) {
            if (!isHeardAt(buses.get(b).rate)) {
                buses.remove(b);
                changed = true;
            }
        }
        for (int s = 0; s < seats.size(); s++) {
            Seat seat = seats.get(s);
            if (seat.port.isSink() && bus(seat.node.sinkRate) == null) {
                buses.add(new Bus(seat.node.sinkRate));
                changed = true;
            }
        }
        return changed;
    }

    private boolean isHeardAt(int rate) {
        for (int s = 0; s < seats.size(); s++) {
            if (seats.get(s).port.isSink() && seats.get(s).node.sinkRate == rate) {
                return true;
            }
        }
        return false;
    }

    private Bus bus(int rate) {
        for (int b = 0; b < buses.size(); b++) {
            if (buses.get(b).rate == rate) {
                return buses.get(b);
            }
        }
        return null;
    }

    /** Adds what a port is to hear of this conference. */
    void addTo(Mixer mixer, Bridge.Node sink, int samples) {
        for (int s = 0; s < seats.size(); s++) {
            if (seats.get(s).node == sink) {
                addTo(mixer, seats.get(s), samples);
            }
        }
    }

    private void addTo(Mixer mixer, Seat seat, int samples) {
        Bus bus = bus(seat.node.sinkRate);
        if (bus == null || seat.out.isSilent()) {
            return;
        }
        if (bus.mixer.sources() - (seat.contributed ? 1 : 0) > 0) {
            if (seat.contributed) {
                bus.mixer.mixWithout(seat.own, 0, scratch, 0);
            } else {
                bus.mixer.mix(scratch, 0);
            }
            addScaled(mixer, seat, samples);
        }
        for (int s = 0; s < seats.size(); s++) {
            Seat whisperer = seats.get(s);
            if (whisperer.audience == Audience.CHOSEN && whisperer.chosen.contains(seat)) {
                Bridge.View view = whisperer.node.view(bus.rate);
                if (view.sound && !whisperer.in.isSilent()) {
                    whisperer.in.apply(view.samples, scratch, samples);
                    addScaled(mixer, seat, samples);
                }
            }
        }
    }

    private void addScaled(Mixer mixer, Seat seat, int samples) {
        if (!seat.out.isUnity()) {
            seat.out.apply(scratch, scratch, samples);
        }
        mixer.add(scratch, 0);
    }

    /** Ends the turn. */
    void settle() {
        for (int s = seats.size() - 1; s >= 0; s--) {
            Seat seat = seats.get(s);
            seat.in.settle();
            seat.out.settle();
            if (seat.leaving) {
                drop(s);
                seat.node.dropUnusedViews();
            }
        }
    }

    private void report() {
        boolean changed = false;
        for (int s = 0; s < seats.size(); s++) {
            Seat seat = seats.get(s);
            changed |= seat.told != seat.isHeard();
            seat.told = seat.isHeard();
        }
        Seat best = null;
        for (int s = 0; s < seats.size(); s++) {
            Seat seat = seats.get(s);
            best = seat.told && (best == null || seat.watch.level() > best.watch.level()) ? seat : best;
        }
        Seat shown = loudest.orElse(null);
        if (best != null && best != shown && (shown == null || !shown.told
                || best.watch.level() > CLEARLY_LOUDER * shown.watch.level())) {
            loudest = Optional.of(best);
            changed = true;
        }
        if (changed) {
            tell();
        }
    }

    private void tell() {
        listener.speakers(seats.stream().filter(seat -> seat.told).toList(), loudest);
    }
}
