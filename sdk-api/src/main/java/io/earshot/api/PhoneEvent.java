package io.earshot.api;

import io.earshot.api.chat.MessageEvent;
import io.earshot.api.presence.PresenceEvent;
import java.util.List;

/** What happens to a phone. */
public sealed interface PhoneEvent {
    /** A registration came, went or failed. */
    record RegistrationChanged(Account account, RegistrationState state) implements PhoneEvent { }

    /** Something happened to a call; the first event of a call is {@link CallEvent.Started}. */
    record InCall(Call call, CallEvent event) implements PhoneEvent { }

    /** Something happened to what an account watches, or to who watches it. */
    record InPresence(Account account, PresenceEvent event) implements PhoneEvent { }
    /** Something happened to a message of an account. */
    record InChat(Account account, MessageEvent event) implements PhoneEvent { }

    /** A peer that {@link OptionsQueries#watch} asks answers, or no longer does. */
    record PeerReachable(Account account, String target, boolean reachable) implements PhoneEvent { }

    /**
     * A rule dealt with a call that came in, and no handler is called for it.
     *
     * @param call the call; it ends by itself
     * @param rule which rule, a sentence
     */
    record CallHandled(Call call, String rule) implements PhoneEvent { }

    /**
     * The network is another one: an address came or went, or the machine woke up. Accounts register anew by themselves.
     *
     * @param online whether there is an address that others can reach
     * @param addresses this machine's IP addresses, those of the loopback interface left out
     */
    record NetworkChanged(boolean online, List<String> addresses) implements PhoneEvent {
        public NetworkChanged {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * Something outside any call that an operator should read: hostile traffic, a failed plug-in. Each cause once in a while only.
     *
     * @param text a sentence
     */
    record Notice(String text) implements PhoneEvent { }
}
