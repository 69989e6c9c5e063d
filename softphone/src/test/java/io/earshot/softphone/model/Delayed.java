package io.earshot.softphone.model;

import io.earshot.sdk.window.LineView;
import io.earshot.sdk.window.WindowHost;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A host whose work waits until a test runs it. */
record Delayed(WindowHost host, Deque<Runnable> later) implements WindowHost {
    @Override
    public Object run(String function, Object... arguments) {
        return host.run(function, arguments);
    }

    @Override
    public void execute(Runnable task) {
        later.add(task);
    }

    @Override
    public String parameter(String name) {
        return host.parameter(name);
    }

    @Override
    public Optional<String> given(String name) {
        return host.given(name);
    }

    @Override
    public String status() {
        return host.status();
    }

    @Override
    public boolean isRegistered() {
        return host.isRegistered();
    }

    @Override
    public List<LineView> lines() {
        return host.lines();
    }

    @Override
    public int line() {
        return host.line();
    }

    @Override
    public String language() {
        return host.language();
    }

    @Override
    public String word(String english) {
        return host.word(english);
    }

    @Override
    public void closed() {
        host.closed();
    }
}
