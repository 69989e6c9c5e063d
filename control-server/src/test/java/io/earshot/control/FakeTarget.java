package io.earshot.control;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A phone that remembers what it was told. */
public final class FakeTarget implements CommandTarget {
    /** What was run, as {@code API_Call{line=-1, peer=1234}}. */
    public final List<String> ran = new CopyOnWriteArrayList<>();
    /** How often the session timed out. */
    public final AtomicInteger expirations = new AtomicInteger();

    /** Makes one that was told nothing. */
    public FakeTarget() {
    }

    @Override
    public String run(String function, Map<String, String> arguments) {
        if (ran.size() < 1_000) {
            ran.add(function + new TreeMap<>(arguments));
        }
        return switch (function) {
            case "API_TestEcho" -> arguments.getOrDefault("echo", "");
            case "API_TestEx" -> "OK: 42";
            case "API_GetContacts" -> "one\r\ntwo";
            case "API_Transfer" -> "ERROR: failed";
            case "API_SendSIP" -> throw new IllegalStateException("inside");
            case "API_Call" -> arguments.getOrDefault("peer", "").startsWith("no") ? "ERROR: failed" : "OK: initiated";
            default -> "OK: initiated";
        };
    }

    @Override
    public void expired() {
        expirations.incrementAndGet();
    }
}
