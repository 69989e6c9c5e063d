package io.earshot.softphone.model;

import io.earshot.sdk.window.LineView;
import io.earshot.sdk.window.WindowHost;
import java.util.List;
import java.util.Optional;

/**
 * The phone at one moment. Immutable.
 *
 * @param status its state, in English
 * @param registered whether our account is registered
 * @param calls the calls there are, by line
 * @param line the current line
 */
public record Snapshot(String status, boolean registered, List<LineView> calls, int line) {
    /** Nothing known yet. */
    public static final Snapshot NONE = new Snapshot("Starting...", false, List.of(), 1);

    public Snapshot {
        calls = List.copyOf(calls);
    }

    /** Asks the phone. */
    public static Snapshot of(WindowHost host) {
        return new Snapshot(host.status(), host.isRegistered(), host.lines(), host.line());
    }

    /** Returns the call that buttons mean: that of the current line, else the only one. */
    public Optional<LineView> current() {
        Optional<LineView> exact = calls.stream().filter(call -> call.line() == line).findFirst();
        return exact.isPresent() || calls.size() != 1 ? exact : Optional.of(calls.get(0));
    }

    /** Returns the call that rings here, the current one first. */
    public Optional<LineView> ringing() {
        Optional<LineView> chosen = current().filter(LineView::isRingingHere);
        return chosen.isPresent() ? chosen : calls.stream().filter(LineView::isRingingHere).findFirst();
    }

    /** Returns the call of a line. */
    public Optional<LineView> call(int number) {
        return calls.stream().filter(call -> call.line() == number).findFirst();
    }

    /** Tells whether a call is connected. */
    public boolean isTalking() {
        return calls.stream().anyMatch(LineView::isConnected);
    }
}
