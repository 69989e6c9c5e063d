package io.earshot.sdk.classic;

import io.earshot.api.PhoneEvent;
import io.earshot.api.RegistrationState;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What the classic functions say of the network: online or not, and whether a program that restarts the stack at such times should (B-189,
 * B-190). Nothing has to be restarted here: the accounts register anew by themselves. Safe for use by any thread.
 */
public final class ClassicOnline {
    private static final int NO = 0;
    private static final int NOT_REGISTERED = 1;
    private static final int CHANGED = 2;

    private final Consumer<Notification> sink;
    private final AtomicBoolean online = new AtomicBoolean(true);
    private final AtomicInteger reset = new AtomicInteger(NO);
    private final AtomicBoolean waiting = new AtomicBoolean();

    ClassicOnline(Consumer<Notification> sink) {
        this.sink = sink;
    }

    /** Tells whether this machine has an address that others can reach. */
    public boolean isOnline() {
        return online.get();
    }

    /** Returns 0 when all is well, 1 when the registration is gone, 2 when the network changed and it has not come back since. */
    public int shouldReset() {
        return reset.get();
    }

    void changed(PhoneEvent.NetworkChanged event, boolean idle) {
        if (online.getAndSet(event.online()) && !event.online()) {
            sink.accept(Notification.status("No network"));
        }
        reset.set(CHANGED);
        waiting.set(true);
        idle(idle);
    }

    /** Never during a call (B-190). */
    void idle(boolean idle) {
        if (idle && waiting.getAndSet(false)) {
            sink.accept(Notification.shouldReset("network changed"));
        }
    }

    void registration(RegistrationState state) {
        if (state instanceof RegistrationState.Registered) {
            reset.set(NO);
        } else if (state instanceof RegistrationState.Failed) {
            reset.compareAndSet(NO, NOT_REGISTERED);
        }
    }
}
