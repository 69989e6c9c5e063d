package io.earshot.control.desk;

import io.earshot.control.CommandTarget;
import io.earshot.control.text.Command;
import io.earshot.control.text.Functions;
import io.earshot.control.text.Notifications;
import io.earshot.control.text.Signature.Type;
import io.earshot.control.text.SoundText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Runs commands and hands notifications round. Everything but the functions themselves happens on one thread, the loop's, by which all
 * methods must be called; functions run on workers.
 */
public final class Desk {
    /** What a datagram can hold of an answer. */
    public static final int DATAGRAM = 60_000;
    /** How many notifications wait for somebody who asks. */
    private static final int QUEUE = 10_000;
    private static final int LOG = 1_000;
    private static final int LARGEST = 4 << 20;
    private static final long LONGEST_WAIT = 60_000_000_000L;
    private static final int MOST_WAITERS = 64;

    private final CommandTarget target;
    private final Executor loop;
    private final Executor workers;
    private final Functions functions = new Functions();
    private final Notifications notifications = new Notifications();
    private final Delivery delivery;
    private final Session session;
    private final EventLog log = new EventLog(LOG);
    private final CallTable calls = new CallTable(notifications);
    private final PhoneState state = new PhoneState(notifications);
    private final Set<Subscriber> subscribers = new LinkedHashSet<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private IntConsumer notifyPort = port -> { };
    private long serial;

    /** Who hears of events. */
    public interface Subscriber {
        /** Tells whether the parameter polling decides on it. */
        boolean isClassic();

        /** Tells whether it is a connection, which shows that a client is there. */
        boolean isConnection();

        /** Takes an event; must not block. */
        void on(Event event);
    }

    private record Waiter(long deadline, Caller caller, Consumer<String> done) { }

    /**
     * Makes a desk.
     *
     * @param polling the parameter
     * @param sessionMinutes the parameter httpsessiontimeout
     * @param loop the thread of the desk
     * @param workers those that run functions
     */
    public Desk(CommandTarget target, int polling, int sessionMinutes, Executor loop, Executor workers) {
        this.target = target;
        this.loop = loop;
        this.workers = workers;
        this.delivery = new Delivery(polling, QUEUE);
        this.session = new Session(sessionMinutes);
    }

    /** Returns the session of programs whose going nobody sees. */
    public Session session() {
        return session;
    }

    /** Returns those who run what takes long. */
    public Executor workers() {
        return workers;
    }

    /** Returns the functions. */
    public Functions functions() {
        return functions;
    }

    /** Returns the kinds of notifications. */
    public Notifications notifications() {
        return notifications;
    }

    /** Returns the calls. */
    public CallTable calls() {
        return calls;
    }

    /** Returns what is known of the phone. */
    public PhoneState state() {
        return state;
    }

    /** Returns the number of the last event. */
    public long lastEvent() {
        return serial;
    }

    /** Returns the last events. */
    public EventLog log() {
        return log;
    }

    /** Sets what hears that the parameter wpapiconnectport changed. */
    public void onNotifyPort(IntConsumer changed) {
        notifyPort = changed;
    }

    /** Adds somebody who hears of events from now on. */
    public void subscribe(Subscriber subscriber) {
        subscribers.add(subscriber);
    }

    /** Forgets a subscriber. */
    public void unsubscribe(Subscriber subscriber) {
        subscribers.remove(subscriber);
    }

    /** Tells whether a client is connected that hears of events. */
    public boolean hasConnection() {
        return subscribers.stream().anyMatch(Subscriber::isConnection);
    }

    /** Takes a notification. */
    public void publish(List<String> fields) {
        Event event = new Event(++serial, fields);
        log.add(event);
        calls.on(event);
        state.on(event);
        delivery.add(event.line());
        for (Subscriber subscriber : List.copyOf(subscribers)) {
            if (!subscriber.isClassic() || delivery.toSockets()) {
                subscriber.on(event);
            }
        }
        if (!waiters.isEmpty() && delivery.hasSome()) {
            Waiter first = waiters.remove(0);
            first.done.accept(delivery.take(true, first.caller == Caller.UDP ? DATAGRAM : LARGEST));
        }
    }

    /**
     * Runs a command.
     *
     * @param done hears the result, on the loop
     */
    public void run(Command command, Caller caller, long now, Consumer<String> done) {
        session.keepAlive(now);
        if (caller == Caller.HTTP) {
            session.onRequest(now);
        }
        int most = caller == Caller.UDP ? DATAGRAM : LARGEST;
        switch (command.function()) {
            case "API_GetNotifications" -> done.accept(delivery.take(true, most));
            case "API_Poll" -> done.accept(delivery.take(false, most));
            case "API_GetNotificationsSync" -> await(caller, now, done, most);
            case "API_HTTPKeepAlive" -> done.accept("OK: session kept alive");
            default -> {
                if (caller.isSocket()) {
                    delivery.onSocketCommand();
                }
                if (command.signature().isEmpty()) {
                    done.accept("ERROR: unknown function " + shown(command.function()));
                } else {
                    decide(command, done);
                }
            }
        }
    }

    /** How notifications are delivered is decided here: the phone always hands them all over, and does not hear of the parameter. */
    private void decide(Command command, Consumer<String> done) {
        OwnParameters own = OwnParameters.of(command);
        if (own.defect().isPresent()) {
            done.accept("ERROR: " + own.defect().get());
            return;
        }
        own.polling().ifPresent(delivery::configure);
        if (own.rest().isEmpty()) {
            done.accept("OK: done");
        } else {
            work(own.rest().get(), result -> {
                if (!result.startsWith("ERROR")) {
                    own.sessionMinutes().ifPresent(session::configure);
                    own.notifyPort().ifPresent(notifyPort::accept);
                }
                done.accept(result);
            });
        }
    }

    private void await(Caller caller, long now, Consumer<String> done, int most) {
        String ready = delivery.take(true, most);
        if (!ready.isEmpty()) {
            done.accept(ready);
        } else if (waiters.size() >= MOST_WAITERS) {
            done.accept("ERROR: too many wait already");
        } else {
            waiters.add(new Waiter(now + LONGEST_WAIT, caller, done));
        }
    }

    /** Forgets somebody who waited for notifications and is gone. */
    public void forget(Consumer<String> done) {
        waiters.removeIf(waiter -> waiter.done == done);
    }

    private void work(Command command, Consumer<String> done) {
        Map<String, String> arguments = SoundText.arguments(command);
        try {
            workers.execute(() -> {
                String result = safely(command, arguments);
                onLoop(() -> done.accept(result));
            });
        } catch (RejectedExecutionException busy) {
            done.accept("ERROR: busy: too many commands at a time");
        }
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException closed) {
            // nobody is there any more who could want the result
        }
    }

    /** A function that breaks is a defect of ours; the client learns that it failed and nothing of the inside. */
    private String safely(Command command, Map<String, String> arguments) {
        try {
            String result = target.run(command.function(), arguments);
            boolean bytes = command.signature().filter(known -> known.returns() == Type.BYTES).isPresent();
            return bytes ? SoundText.substituted(result) : result;
        } catch (RuntimeException defect) {
            System.getLogger(Desk.class.getName()).log(System.Logger.Level.ERROR, "function " + command.function() + " broke", defect);
            return "ERROR: failed";
        }
    }

    /** Does what is due; to be called every few seconds. */
    public void onTime(long now) {
        for (Waiter waiter : List.copyOf(waiters)) {
            if (now >= waiter.deadline) {
                waiters.remove(waiter);
                waiter.done.accept("");
            }
        }
        if (hasConnection()) {
            session.keepAlive(now);
        }
        if (session.hasExpired(now) && !expire()) {
            session.onRequest(now); // a busy phone is not forgotten
        }
    }

    /** Ends what a client that fell silent leaves behind; tells whether there is somebody to do it. */
    public boolean expire() {
        publish(List.of("EVENT", "WARNING", "The session timed out: no request came for httpsessiontimeout minutes"));
        try {
            workers.execute(target::expired);
            return true;
        } catch (RejectedExecutionException busy) {
            return false;
        }
    }

    private static String shown(String name) {
        return name.length() > 64 ? name.substring(0, 64) + "…" : name;
    }
}
