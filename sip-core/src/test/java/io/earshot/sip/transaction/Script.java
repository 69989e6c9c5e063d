package io.earshot.sip.transaction;

import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMessage;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Drives one machine in virtual time and writes a transcript: time in T1 (500 ms), then {@code >} to the wire, {@code <} to the user,
 * {@code +CANCEL} a wish, {@code !} failure, {@code .} the end.
 */
final class Script<M extends Machine> {
    static final Timers TIMERS = Timers.DEFAULT;
    private static final long T1 = TIMERS.t1();

    final M machine;
    private final StringJoiner transcript = new StringJoiner(" ");
    private long now;
    private long deadline;
    private boolean ended;

    Script(LongFunction<M> start) {
        machine = start.apply(0);
        drain();
    }

    /** Gives an input at a time in T1, fractions allowed. */
    Script<M> at(double time, Consumer<M> input) {
        runTo(time);
        input.accept(machine);
        drain();
        return this;
    }

    Script<M> at(double time, TimedInput<M> input) {
        runTo(time);
        input.accept(machine, now);
        drain();
        return this;
    }

    /** Lets time pass, waking the machine at its deadlines. */
    Script<M> runTo(double time) {
        long end = Math.round(time * T1);
        while (deadline <= end) {
            wake(deadline);
        }
        now = end;
        return this;
    }

    /** Lets time pass with nobody waking the machine until the end. */
    Script<M> stallTo(double time) {
        wake(Math.round(time * T1));
        return this;
    }

    private void wake(long time) {
        now = time;
        machine.onTime(now);
        drain();
        if (deadline <= now) {
            throw new AssertionError("time stands still at " + now + " after " + transcript);
        }
    }

    private void drain() {
        for (Step next = machine.poll(); ; next = machine.poll()) {
            if (next instanceof Step.Wait wait) {
                deadline = wait.deadline();
                break;
            }
            String what = next instanceof Step.Transmit out ? ">" + name(out.message())
                : next instanceof Step.Deliver in ? "<" + in.response().status()
                : next instanceof Step.Fail fail ? "!" + fail.cause() : "+CANCEL";
            add(what);
        }
        if (machine.isTerminated() && !ended) {
            ended = true;
            add(".");
        }
    }

    private void add(String what) {
        long tenths = now * 10 / T1;
        transcript.add((tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10) + what);
    }

    static String name(SipMessage message) {
        return message instanceof Request request ? request.method().name() : Integer.toString(((Response) message).status());
    }

    @Override
    public String toString() {
        return transcript.toString();
    }

    interface TimedInput<M> {
        void accept(M machine, long now);
    }
}
