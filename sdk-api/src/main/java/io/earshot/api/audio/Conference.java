package io.earshot.api.audio;

import java.util.List;
import java.util.function.Consumer;

/**
 * A conference in an {@link AudioBridge}: each member hears the sum of the others and never itself, whatever the members' rates. Members
 * come and go while it runs; a member whose port closes, as that of a call does when the call ends, leaves by itself. A port may be in
 * several conferences. Safe for use by any thread; changes take effect at the next frame, without a click.
 *
 * <pre>{@code
 * Conference room = phone.bridge().conference("weekly");
 * room.add(phone.bridge().device());
 * room.add(anna.audio().port());
 * Conference.Member guest = room.add(bert.audio().port());
 * guest.mute(true);
 * }</pre>
 */
public interface Conference extends AutoCloseable {
    /** Returns its name, for people to read. */
    String name();

    /**
     * Adds a port that is heard and hears, as far as it is source and sink. One that is in already stays as it is.
     *
     * @throws IllegalArgumentException when the port is closed or of another phone, or the conference is closed
     */
    default Member add(AudioPort port) {
        return add(port, Role.SPEAKER);
    }

    /** Adds a port in a role; one that is in already gets the role. */
    Member add(AudioPort port, Role role);

    /** Takes a port out; its call goes on. Taking out what is not in is harmless. */
    void remove(AudioPort port);

    /** Returns the members now, in the order in which they came. */
    List<Member> members();

    /** Adds a listener, called on the application's executor, one event at a time. */
    void onEvent(Consumer<? super ConferenceEvent> listener);

    /** Ends the conference; the calls go on without hearing each other. Twice is harmless. */
    @Override
    void close();

    /** Who hears a member. */
    enum Role {
        /** Everybody. */
        SPEAKER,
        /** Nobody: it listens in. */
        LISTENER,
        /** Only those that {@link Member#whisperTo} names. */
        WHISPERER
    }

    /** A port in a conference. */
    interface Member extends AutoCloseable {
        /** Returns the port. */
        AudioPort port();

        /** Returns who hears it. */
        Role role();

        /** Sets who hears it; {@link Role#WHISPERER} with nobody named is heard by nobody. */
        void role(Role role);

        /** Makes it heard by these members alone, and by nobody else; ports that are no members are left out. */
        void whisperTo(AudioPort... only);

        /**
         * Sets how loud the others hear it.
         *
         * @param gainDb -60 to +20 dB
         */
        void inputGain(double gainDb);

        /**
         * Sets how loud it hears the others.
         *
         * @param gainDb -60 to +20 dB
         */
        void outputGain(double gainDb);

        /** Keeps the others from hearing it, or lets them again. */
        void mute(boolean muted);

        /** Keeps it from hearing the others, or lets it again. */
        void deafen(boolean deaf);

        /** Both at once: the member waits outside, and what else is connected to its port, as music, is all that it hears. */
        default void hold(boolean held) {
            mute(held);
            deafen(held);
        }

        /** Tells whether the others are kept from hearing it. */
        boolean isMuted();

        /** Tells whether it is kept from hearing the others. */
        boolean isDeaf();

        /** Tells whether it speaks now; muted members too. */
        boolean isSpeaking();

        /** Takes it out. */
        @Override
        void close();
    }
}
