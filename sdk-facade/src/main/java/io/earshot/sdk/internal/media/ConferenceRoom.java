package io.earshot.sdk.internal.media;

import static io.earshot.api.check.Check.requireNonNull;

import io.earshot.api.audio.AudioPort;
import io.earshot.api.audio.Conference;
import io.earshot.api.audio.ConferenceEvent;
import io.earshot.api.check.Check;
import io.earshot.sdk.internal.loop.Published;
import io.earshot.sdk.internal.loop.SerialExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A conference as programs see it: hands every change to the media loop, where a {@link MixGroup} does the work. */
final class ConferenceRoom implements Conference {
    private final MediaRoom room;
    private final String name;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<Consumer<? super ConferenceEvent>> listeners = new CopyOnWriteArrayList<>();
    private final SerialExecutor order;
    /** By port; the loop is told of each, in the same order. */
    private final Map<PortHandle, Guest> guests = new ConcurrentHashMap<>();
    private final List<Guest> arrival = new CopyOnWriteArrayList<>();

    // Confined to the media loop.
    private final MixGroup group;

    private ConferenceRoom(MediaRoom room, String name) {
        this.room = room;
        this.name = Check.line(name, "name");
        this.order = new SerialExecutor(room.callbacks());
        this.group = room.loop().submit(() -> room.engine().bridge().group(new Watch())).join();
    }

    static ConferenceRoom open(MediaRoom room, String name) {
        return new ConferenceRoom(room, name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Member add(AudioPort port, Role role) {
        requireNonNull(role, "role");
        if (closed.get()) {
            throw new IllegalArgumentException("the conference " + name + " is closed: make another");
        }
        PortHandle handle = room.admit(port);
        Guest guest = guests.get(handle);
        if (guest == null) {
            Guest made = new Guest(handle, role);
            guest = guests.putIfAbsent(handle, made);
            if (guest == null) {
                arrival.add(made);
                room.loop().execute(() -> seat(made));
                tell(new ConferenceEvent.Joined(made));
                return made;
            }
        }
        guest.role(role);
        return guest;
    }

    private void seat(Guest guest) {
        Optional<MixGroup.Seat> seat = room.engine().bridge().seat(group, guest.port.port());
        guest.seat = seat;
        if (seat.isEmpty()) {
            left(guest);
        } else {
            guest.apply();
            room.devices().look();
        }
    }

    @Override
    public void remove(AudioPort port) {
        if (requireNonNull(port, "port") instanceof PortHandle handle) {
            Optional.ofNullable(guests.get(handle)).ifPresent(Guest::close);
        }
    }

    @Override
    public List<Member> members() {
        return List.copyOf(arrival);
    }

    @Override
    public void onEvent(Consumer<? super ConferenceEvent> listener) {
        listeners.add(requireNonNull(listener, "listener"));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            List.copyOf(arrival).forEach(this::left);
            room.loop().execute(() -> room.engine().bridge().remove(group));
            room.forget(this);
        }
    }

    private void left(Guest guest) {
        if (guests.remove(guest.port, guest)) {
            arrival.remove(guest);
            tell(new ConferenceEvent.Left(guest));
            room.devices().look();
        }
    }

    private void tell(ConferenceEvent event) {
        if (!listeners.isEmpty()) {
            order.execute(() -> listeners.forEach(listener -> listener.accept(event)));
        }
    }

    @Override
    public String toString() {
        return "conference " + name;
    }

    /** What the loop tells. */
    private final class Watch implements MixGroup.Listener {
        @Override
        public void left(MixGroup.Seat seat) {
            find(seat).ifPresent(ConferenceRoom.this::left);
        }

        @Override
        public void speakers(List<MixGroup.Seat> speaking, Optional<MixGroup.Seat> loudest) {
            List<Member> now = new ArrayList<>();
            for (Guest guest : arrival) {
                boolean speaks = guest.seat.filter(speaking::contains).isPresent();
                guest.speaking.set(speaks);
                if (speaks) {
                    now.add(guest);
                }
            }
            tell(new ConferenceEvent.Speakers(now, loudest.flatMap(this::find).map(Member.class::cast)));
        }

        private Optional<Guest> find(MixGroup.Seat seat) {
            return arrival.stream().filter(guest -> guest.seat.filter(one -> one == seat).isPresent()).findFirst();
        }
    }

    /** A member. Its settings are kept by whoever sets them, and carried to the loop as a whole. */
    private final class Guest implements Member {
        private final PortHandle port;
        private final AtomicBoolean speaking = new AtomicBoolean();
        private final AtomicBoolean muted = new AtomicBoolean();
        private final AtomicBoolean deaf = new AtomicBoolean();
        private final Published<Role> role;
        /** Confined to the media loop. */
        private Optional<MixGroup.Seat> seat = Optional.empty();
        private double spoken = 1;
        private double heard = 1;
        private List<Guest> confidants = List.of();

        Guest(PortHandle port, Role role) {
            this.port = port;
            this.role = new Published<>(role);
        }

        /** On the loop. */
        void apply() {
            seat.ifPresent(place -> {
                List<MixGroup.Seat> chosen = confidants.stream().flatMap(guest -> guest.seat.stream()).toList();
                place.audience(switch (role.get()) {
                    case SPEAKER -> MixGroup.Audience.ALL;
                    case LISTENER -> MixGroup.Audience.NOBODY;
                    case WHISPERER -> MixGroup.Audience.CHOSEN;
                }, chosen);
                place.gains(spoken, heard);
                place.mute(muted.get());
                place.deafen(deaf.get());
            });
        }

        private void change(Runnable what) {
            room.loop().execute(() -> {
                what.run();
                apply();
            });
        }

        @Override
        public AudioPort port() {
            return port;
        }

        @Override
        public Role role() {
            return role.get();
        }

        @Override
        public void role(Role wanted) {
            role.set(requireNonNull(wanted, "role"));
            change(() -> { });
        }

        @Override
        public void whisperTo(AudioPort... only) {
            List<Guest> named = new ArrayList<>();
            for (AudioPort one : Check.list(only, "only")) {
                if (one instanceof PortHandle handle && guests.containsKey(handle)) {
                    named.add(guests.get(handle));
                }
            }
            role.set(Role.WHISPERER);
            change(() -> confidants = named);
        }

        @Override
        public void inputGain(double gainDb) {
            double factor = Volume.factor(MediaRoom.gain(gainDb));
            change(() -> spoken = factor);
        }

        @Override
        public void outputGain(double gainDb) {
            double factor = Volume.factor(MediaRoom.gain(gainDb));
            change(() -> heard = factor);
        }

        @Override
        public void mute(boolean on) {
            muted.set(on);
            change(() -> { });
        }

        @Override
        public void deafen(boolean on) {
            deaf.set(on);
            change(() -> { });
        }

        @Override
        public boolean isMuted() {
            return muted.get();
        }

        @Override
        public boolean isDeaf() {
            return deaf.get();
        }

        @Override
        public boolean isSpeaking() {
            return speaking.get();
        }

        @Override
        public void close() {
            if (guests.get(port) == this) {
                left(this);
                room.loop().execute(() -> seat.ifPresent(group::dismiss));
            }
        }

        @Override
        public String toString() {
            return port + " in " + name;
        }
    }
}
