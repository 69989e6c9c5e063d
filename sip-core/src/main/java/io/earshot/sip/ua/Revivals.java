package io.earshot.sip.ua;

import java.util.ArrayList;
import java.util.List;

/** Who wants to know that an account is registered anew, so that what the server may have forgotten is asked for again. */
final class Revivals {
    /** Takes the news. */
    interface Listener {
        void revived(Account account, long now);
    }

    private final List<Listener> listeners = new ArrayList<>();

    void add(Listener listener) {
        listeners.add(listener);
    }

    void tell(Account account, long now) {
        listeners.forEach(listener -> listener.revived(account, now));
    }
}
