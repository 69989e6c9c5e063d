package io.earshot.api;

import java.util.List;

/** What happens to a phone. */
public sealed interface PhoneEvent {
    /** A registration came, went or failed. */
    record RegistrationChanged(Account account, RegistrationState state) implements PhoneEvent { }

    /** Something happened to a call; the first event of a call is {@link CallEvent.Started}. */
    record InCall(Call call, CallEvent event) implements PhoneEvent { }

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
