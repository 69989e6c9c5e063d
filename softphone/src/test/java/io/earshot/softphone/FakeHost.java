package io.earshot.softphone;

import io.earshot.api.CallQuality;
import io.earshot.sdk.classic.Hosts;
import io.earshot.sdk.window.LineView;
import io.earshot.sdk.window.WindowHost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A phone with real parameters whose calls a test makes up, and which writes down what functions are run. For one thread. */
public final class FakeHost implements WindowHost {
    /** When calls here were answered. */
    public static final Instant ANSWERED = Instant.parse("2026-11-21T12:00:00Z");

    /** What was run, as {@code API_Call -1 bob}. */
    public final List<String> ran = new ArrayList<>();
    /** What functions answer. */
    public final Map<String, Object> answers = new HashMap<>(Map.of("API_GetVolume", 50, "API_GetAudioDeviceList", "",
            "API_GetAudioDevice", "Default", "API_LoadFile", "ERROR"));
    /** The calls there are. */
    public final List<LineView> calls = new ArrayList<>();
    /** Whether we are registered. */
    public boolean registered;
    /** The state of the phone. */
    public String state = "Ready";
    /** The current line. */
    public int current = 1;
    private final WindowHost real;

    public FakeHost(String... parameters) {
        real = Hosts.of(Hosts.phone(told -> { }, parameters));
    }

    /** A call that is connected, with this quality. */
    public static LineView talking(int line, String peer, String name, double mos) {
        CallQuality none = CallQuality.NONE;
        CallQuality quality = new CallQuality(100, 100, 2, 1.96, Duration.ofMillis(7), Duration.ZERO, Duration.ZERO, Duration.ZERO, mos,
                none.heard(), none.far());
        return new LineView(line, "Speaking", false, peer, name, Optional.of(ANSWERED), false, 0, 0, "PCMU/8000", quality);
    }

    /** A call that rings here. */
    public static LineView ringing(int line, String peer) {
        return new LineView(line, "Ringing", true, peer, "", Optional.empty(), false, 0, 0, "", CallQuality.NONE);
    }

    /** The same call held by us, and muted. */
    public static LineView heldAndMuted(LineView call) {
        return new LineView(call.line(), "Hold", call.incoming(), call.peer(), call.name(), call.since(), true, 2, 2, call.codec(),
                call.quality());
    }

    @Override
    public Object run(String function, Object... arguments) {
        if (!function.startsWith("API_Get") && !function.startsWith("API_Load")) {
            ran.add((function + " " + String.join(" ", Arrays.stream(arguments).map(String::valueOf).toList())).strip());
        }
        return answers.getOrDefault(function, true);
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public String parameter(String name) {
        return real.parameter(name);
    }

    @Override
    public Optional<String> given(String name) {
        return real.given(name);
    }

    @Override
    public String status() {
        return state;
    }

    @Override
    public boolean isRegistered() {
        return registered;
    }

    @Override
    public List<LineView> lines() {
        return List.copyOf(calls);
    }

    @Override
    public int line() {
        return current;
    }

    @Override
    public String language() {
        return real.language();
    }

    @Override
    public String word(String english) {
        return real.word(english);
    }

    @Override
    public void closed() {
        ran.add("closed");
    }
}
