package io.earshot.sdk.internal.media;

import io.earshot.api.audio.AudioDevices.Role;
import io.earshot.api.audio.AudioSetup;
import io.earshot.api.audio.AudioSetup.Closing;
import io.earshot.api.audio.AudioSetup.Limit;
import io.earshot.api.audio.DeviceChoice;
import io.earshot.api.audio.spi.AudioBackend;
import io.earshot.api.audio.spi.AudioBackend.AudioDevice;
import io.earshot.api.audio.spi.AudioBackend.PcmFormat;
import io.earshot.api.audio.spi.AudioBackend.PlaybackLine;
import io.earshot.sdk.internal.loop.Published;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens what was chosen, as far as it is plugged in, and closes what is no longer wanted or there. One worker at a time calls; what is open
 * is published.
 */
final class LineKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(LineKeeper.class);
    private static final PcmFormat FORMAT = new PcmFormat(DevicePort.RATE, 1);

    private final boolean closeIdle;
    private final Limit limit;
    private final Map<Role, DeviceChoice> chosen = new EnumMap<>(Role.class);
    private final Map<Role, DeviceChoice> next = new EnumMap<>(Role.class);
    private final Map<Role, Published<OpenLines>> open = new EnumMap<>(Role.class);
    /** What was said last of each role, so that it is said once. */
    private final Map<Role, String> told = new EnumMap<>(Role.class);
    private final Published<Boolean> ringsOnSpeaker = new Published<>(false);

    LineKeeper(AudioSetup setup) {
        boolean mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
        closeIdle = setup.closing() == Closing.IDLE || setup.closing() == Closing.AUTO && !mac;
        limit = setup.limit();
        for (Role role : Role.values()) {
            open.put(role, new Published<>(OpenLines.NONE));
        }
        ringsOnSpeaker.set(oneSpeaker());
    }

    private boolean oneSpeaker() {
        return limit == Limit.ONE_SPEAKER || limit == Limit.ONE_EACH;
    }

    static Predicate<AudioDevice> can(Role role) {
        return role == Role.MICROPHONE ? AudioDevice::capture : AudioDevice::playback;
    }

    void choose(Role role, DeviceChoice choice) {
        chosen.put(role, choice);
        next.remove(role);
    }

    /** Chooses for when the device is opened again. */
    void chooseNext(Role role, DeviceChoice choice) {
        next.put(role, choice);
    }

    OpenLines lines(Role role) {
        return open.get(role).get();
    }

    /** Tells whether the ring is to go into the speaker's line. */
    boolean ringsOnSpeaker() {
        return ringsOnSpeaker.get();
    }

    /** Makes what is open what it should be. */
    void keep(AudioBackend backend, boolean[] used) {
        List<AudioDevice> plugged;
        try {
            plugged = backend.devices();
        } catch (RuntimeException broken) {
            LOG.warn("The sound system cannot list its devices", broken);
            return;
        }
        if (plugged.isEmpty() && !told.containsKey(Role.MICROPHONE)) {
            for (Role role : Role.values()) {
                told.put(role, missing(role));
            }
            LOG.info("No sound device is plugged in: calls go on without");
        }
        boolean ringThere = used[Role.RINGER.ordinal()];
        keep(backend, plugged, Role.MICROPHONE, used[Role.MICROPHONE.ordinal()]);
        keep(backend, plugged, Role.SPEAKER, used[Role.SPEAKER.ordinal()] || ringThere && ringsOnSpeaker.get());
        keep(backend, plugged, Role.RINGER, ringThere && !ringsOnSpeaker.get());
    }

    private void keep(AudioBackend backend, List<AudioDevice> plugged, Role role, boolean used) {
        OpenLines now = lines(role);
        if (now.isEmpty() && next.containsKey(role)) {
            choose(role, next.get(role));
        }
        List<AudioDevice> wanted = used || !closeIdle && !now.isEmpty() ? wanted(plugged, role) : List.of();
        if (now.isLost() || !now.devices().equals(wanted)) {
            if (!now.isEmpty()) {
                open.get(role).set(OpenLines.NONE);
                now.close();
                if (used && (now.isLost() || wanted.isEmpty())) {
                    say(role, "The " + name(role) + " " + now.devices().get(0).name() + " is gone");
                }
            }
            if (!wanted.isEmpty()) {
                open(backend, role, wanted);
            }
        }
        if (used && wanted.isEmpty() && chosen.get(role).kind() != DeviceChoice.Kind.NONE) {
            say(role, missing(role));
        }
    }

    private static String missing(Role role) {
        return "No " + name(role) + " is plugged in: calls go on without it";
    }

    private List<AudioDevice> wanted(List<AudioDevice> plugged, Role role) {
        DeviceChoice choice = chosen.get(role);
        List<AudioDevice> able = plugged.stream().filter(can(role)).toList();
        if (choice.kind() == DeviceChoice.Kind.NONE || able.isEmpty()) {
            return List.of();
        }
        if (choice.kind() == DeviceChoice.Kind.ALL && role == Role.RINGER) {
            return able;
        }
        Optional<AudioDevice> named = choice.kind() != DeviceChoice.Kind.NAMED ? Optional.empty() : named(able, choice.name());
        return List.of(named.orElse(able.get(0)));
    }

    private static Optional<AudioDevice> named(List<AudioDevice> able, String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return able.stream().filter(one -> one.name().equalsIgnoreCase(name) || one.id().equals(name)).findFirst()
                .or(() -> able.stream().filter(one -> one.name().toLowerCase(Locale.ROOT).startsWith(wanted)).findFirst());
    }

    private void open(AudioBackend backend, Role role, List<AudioDevice> wanted) {
        try {
            open.get(role).set(role == Role.MICROPHONE ? OpenLines.of(backend.openCapture(wanted.get(0), FORMAT), wanted.get(0))
                    : playback(backend, wanted, role));
            told.remove(role);
        } catch (IOException | RuntimeException refused) {
            say(role, "The " + name(role) + " cannot be opened, and is tried again: " + refused.getMessage());
            if (role == Role.RINGER && limit == Limit.AUTO) {
                ringsOnSpeaker.set(true);
            }
        }
    }

    /** With several devices, one that cannot be opened is left out. */
    private OpenLines playback(AudioBackend backend, List<AudioDevice> wanted, Role role) throws IOException {
        List<PlaybackLine> lines = new ArrayList<>();
        IOException first = null;
        for (AudioDevice device : wanted) {
            try {
                lines.add(backend.openPlayback(device, FORMAT));
            } catch (IOException refused) {
                first = first == null ? refused : first;
            }
        }
        if (lines.isEmpty() && first != null) {
            throw first;
        }
        if (first != null) {
            say(role, "One " + name(role) + " of several cannot be opened: " + first.getMessage());
        }
        return OpenLines.of(lines, wanted);
    }

    private void say(Role role, String text) {
        if (!text.equals(told.put(role, text))) {
            LOG.warn(text);
        }
    }

    private static String name(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    void close() {
        open.values().forEach(lines -> {
            OpenLines now = lines.get();
            lines.set(OpenLines.NONE);
            now.close();
        });
    }
}
