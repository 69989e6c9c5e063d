package io.earshot.sdk.internal.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.audio.AudioDevices.Role;
import io.earshot.api.audio.AudioSetup;
import io.earshot.api.audio.AudioSetup.Closing;
import io.earshot.api.audio.AudioSetup.Limit;
import io.earshot.api.audio.DeviceChoice;
import io.earshot.api.audio.spi.AudioBackend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which lines are open as devices, choices and connections change. */
class LineKeeperTest {
    private static final boolean[] CALL = {true, true, false};
    private static final boolean[] RINGING = {false, false, true};
    private static final boolean[] IDLE = {false, false, false};

    private final Desk backend = new Desk();
    private LineKeeper keeper = keeper(AudioSetup.DEFAULT.withLines(Closing.IDLE, Limit.NONE));

    private static LineKeeper keeper(AudioSetup setup) {
        LineKeeper made = new LineKeeper(setup);
        made.choose(Role.MICROPHONE, setup.microphone());
        made.choose(Role.SPEAKER, setup.speaker());
        made.choose(Role.RINGER, setup.ringer());
        return made;
    }

    private String open(Role role) {
        return String.join("+", keeper.lines(role).devices().stream().map(AudioBackend.AudioDevice::name).toList());
    }

    @Test
    void nothingIsOpenUntilItIsUsedAndAfterItWas() {
        backend.plug("Built-in", "Headset");
        keeper.keep(backend, IDLE);
        assertEquals(List.of(), backend.opened);
        keeper.keep(backend, CALL);
        assertEquals("Built-in", open(Role.MICROPHONE));
        assertEquals("Built-in", open(Role.SPEAKER));
        assertEquals("", open(Role.RINGER));
        keeper.keep(backend, IDLE);
        assertEquals(List.of(), backend.opened);
    }

    @Test
    void linesThatAreNeverClosedStayOpen() {
        keeper = keeper(AudioSetup.DEFAULT.withLines(Closing.NEVER, Limit.NONE));
        backend.plug("Built-in");
        keeper.keep(backend, CALL);
        keeper.keep(backend, IDLE);
        assertEquals(2, backend.opened.size());
        keeper.close();
        assertEquals(List.of(), backend.opened);
    }

    @Test
    void theDefaultIsFollowed() {
        backend.plug("Built-in");
        keeper.keep(backend, CALL);
        OpenLines before = keeper.lines(Role.SPEAKER);
        keeper.keep(backend, CALL);
        assertSame(before, keeper.lines(Role.SPEAKER), "what is open is not opened again");
        backend.plug("Headset", "Built-in");
        keeper.keep(backend, CALL);
        assertEquals("Headset", open(Role.SPEAKER));
        assertEquals("Headset", open(Role.MICROPHONE));
        assertEquals(2, backend.opened.size());
    }

    @Test
    void aNamedDeviceIsTakenWhenItIsThereAndTheDefaultWhileItIsNot() {
        keeper.choose(Role.SPEAKER, DeviceChoice.named("head"));
        backend.plug("Built-in");
        keeper.keep(backend, CALL);
        assertEquals("Built-in", open(Role.SPEAKER));
        backend.plug("Built-in", "Headset");
        keeper.keep(backend, CALL);
        assertEquals("Headset", open(Role.SPEAKER));
        assertEquals("Built-in", open(Role.MICROPHONE));
        backend.plug("Built-in");
        keeper.keep(backend, CALL);
        assertEquals("Built-in", open(Role.SPEAKER));
    }

    @Test
    void aChoiceForTheNextCallWaitsForIt() {
        backend.plug("Built-in", "Headset");
        keeper.keep(backend, CALL);
        keeper.chooseNext(Role.SPEAKER, DeviceChoice.named("Headset"));
        keeper.keep(backend, CALL);
        assertEquals("Built-in", open(Role.SPEAKER));
        keeper.keep(backend, IDLE);
        keeper.keep(backend, CALL);
        assertEquals("Headset", open(Role.SPEAKER));
    }

    @Test
    void allDevicesRing() {
        backend.plug("Built-in", "Headset", "Television");
        keeper.choose(Role.RINGER, DeviceChoice.ALL);
        backend.busy.add("Headset");
        keeper.keep(backend, RINGING);
        assertEquals(List.of("Built-in out", "Television out"), backend.opened);
        keeper.lines(Role.RINGER).write(new short[320], 320);
        assertEquals(640, backend.played);
        assertEquals("", open(Role.MICROPHONE));
    }

    @Test
    void theRingGoesToTheSpeakersLineWhereThereMayBeButOne() {
        keeper = keeper(AudioSetup.DEFAULT.withLines(Closing.IDLE, Limit.ONE_EACH));
        backend.plug("Built-in");
        keeper.keep(backend, RINGING);
        assertTrue(keeper.ringsOnSpeaker());
        assertEquals("", open(Role.RINGER));
        assertEquals("Built-in", open(Role.SPEAKER));
    }

    @Test
    void theRingGoesToTheSpeakersLineWhenASecondOneIsRefused() {
        keeper = keeper(AudioSetup.DEFAULT);
        backend.plug("Built-in");
        keeper.keep(backend, CALL);
        backend.busy.add("Built-in");
        assertFalse(keeper.ringsOnSpeaker());
        keeper.keep(backend, new boolean[] {true, true, true});
        assertTrue(keeper.ringsOnSpeaker());
        assertEquals("Built-in", open(Role.SPEAKER));
        assertEquals("", open(Role.RINGER));
    }

    @Test
    void aLostOrRefusedDeviceIsTriedAgain() {
        backend.plug("Built-in");
        backend.busy.add("Built-in");
        keeper.keep(backend, CALL);
        assertEquals("", open(Role.MICROPHONE));
        backend.busy.clear();
        keeper.keep(backend, CALL);
        OpenLines first = keeper.lines(Role.MICROPHONE);
        short[] frame = new short[320];
        assertTrue(first.read(frame, 320));
        backend.dead = true;
        assertFalse(first.read(frame, 320));
        assertTrue(first.isLost());
        backend.dead = false;
        keeper.keep(backend, CALL);
        assertTrue(keeper.lines(Role.MICROPHONE).read(frame, 320));
        assertEquals(List.of("Built-in out", "Built-in in"), backend.opened);
    }

    @Test
    void noDeviceAndNoneWantedAreNormal() {
        keeper.keep(backend, CALL);
        assertFalse(keeper.lines(Role.MICROPHONE).read(new short[320], 320));
        keeper.lines(Role.SPEAKER).write(new short[320], 320);
        backend.plug("Built-in");
        keeper.choose(Role.MICROPHONE, DeviceChoice.NONE);
        keeper.keep(backend, CALL);
        assertEquals(List.of("Built-in out"), backend.opened);
    }

    @Test
    void choicesAreReadAndWritten() {
        for (String text : List.of("Default", "All", "None", "USB Headset")) {
            assertEquals(text, DeviceChoice.parse(text).toString());
        }
        assertEquals(DeviceChoice.DEFAULT, DeviceChoice.parse(" "));
        assertEquals(DeviceChoice.ALL, DeviceChoice.parse("ALL"));
    }

    /** Devices that the test plugs in, and what is open of them. */
    private static final class Desk implements AudioBackend {
        final List<String> opened = new ArrayList<>();
        final List<String> busy = new ArrayList<>();
        private List<AudioDevice> plugged = List.of();
        private boolean dead;
        private int played;

        void plug(String... names) {
            plugged = Arrays.stream(names).map(name -> new AudioDevice(name, name, true, true)).toList();
        }

        private String claim(AudioDevice device, String direction) throws IOException {
            if (busy.contains(device.name())) {
                throw new IOException(device.name() + " is in use");
            }
            String line = device.name() + direction;
            opened.add(line);
            return line;
        }

        @Override
        public List<AudioDevice> devices() {
            return plugged;
        }

        @Override
        public CaptureLine openCapture(AudioDevice device, PcmFormat format) throws IOException {
            String line = claim(device, " in");
            return new CaptureLine() {
                @Override
                public int read(short[] pcm, int offset, int samples) {
                    return dead ? -1 : samples;
                }

                @Override
                public void close() {
                    opened.remove(line);
                }
            };
        }

        @Override
        public PlaybackLine openPlayback(AudioDevice device, PcmFormat format) throws IOException {
            String line = claim(device, " out");
            return new PlaybackLine() {
                @Override
                public int write(short[] pcm, int offset, int samples) {
                    played += samples;
                    return samples;
                }

                @Override
                public void close() {
                    opened.remove(line);
                }
            };
        }

        @Override
        public void close() {
            opened.clear();
        }
    }
}
