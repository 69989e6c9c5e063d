package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sdk.window.LineView;
import io.earshot.sdk.window.PhoneWindows;
import io.earshot.sdk.window.WindowHost;
import io.earshot.sdk.window.WindowProvider;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How functions open windows that a module draws: here one that writes down what it is asked for. */
class ClassicWindowsTest {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private Optional<String> obstacle = Optional.empty();
    private WindowHost host;
    private ClassicPhone phone;

    private ClassicPhone phone(String... parameters) {
        phone = new ClassicPhone(ClassicParameters.parse(List.of(parameters)).parameters(), one -> told.add(one.line()));
        phone.windows().from(new WindowProvider() {
            @Override
            public Optional<String> obstacle() {
                return obstacle;
            }

            @Override
            public PhoneWindows windows(WindowHost of) {
                host = of;
                return new Written();
            }
        });
        return phone;
    }

    /** Windows that are written down. */
    private final class Written implements PhoneWindows {
        @Override
        public void show(Kind kind, String peer) {
            asked.add(kind + " " + peer);
        }

        @Override
        public void on(List<String> fields) {
            asked.add("on " + String.join(",", fields));
        }

        @Override
        public void close() {
            asked.add("close");
        }
    }

    private Object run(String function, Object... arguments) {
        return ClassicFunctions.run(phone, function, arguments);
    }

    @AfterEach
    void close() {
        if (phone != null) {
            phone.close();
        }
    }

    @Test
    @Proves({"API_StartGUI", "API_ShowLog", "API_AudioDevice", "API_Chat", "API_TransferDialog"})
    void eachFunctionOpensItsWindow() throws Exception {
        phone("localip=127.0.0.1", "register=0");
        assertEquals(true, run("API_ShowLog"));
        assertEquals(true, run("API_AudioDevice"));
        assertEquals(true, run("API_Chat", "bob"));
        assertEquals(true, run("API_TransferDialog"));
        assertFalse(phone.isStarted(), "only the window of the phone starts it");
        assertEquals(List.of("LOG ", "DEVICES ", "CHAT bob", "TRANSFER "), asked.stream().toList());
        assertEquals(true, run("API_StartGUI"));
        assertTrue(phone.isStarted());
        assertTrue(asked.contains("PHONE "));
    }

    @Test
    void windowsSeeEveryNotificationWhateverTheProgramWants() throws Exception {
        phone("localip=127.0.0.1", "register=0", "events=0");
        run("API_ShowLog");
        run("API_AddLog", "seen");
        for (String line = ""; !line.equals("on LOG,EVENT,seen"); ) {
            line = asked.poll(10, TimeUnit.SECONDS);
            assertTrue(line != null, "not told");
        }
        assertEquals(List.of(), told);
    }

    @Test
    void hasguiCanopenlogviewHasaudioAndSizesForbidWindows() {
        phone("hasgui=false");
        assertEquals(false, run("API_StartGUI"));
        phone.set(List.of("hasgui=true", "canopenlogview=false", "hasaudio=false", "width=1", "height=1"));
        assertEquals(false, run("API_ShowLog"));
        assertEquals(false, run("API_AudioDevice"));
        assertEquals(false, run("API_StartGUI"));
        assertEquals(List.of("There is no softphone window: the parameter hasgui is false.",
                "There is no log window: the parameter canopenlogview is false.",
                "There is no audio device window: the parameter hasaudio is false.",
                "There is no softphone window: the parameter applet_size_width is 1, which hides it."),
                told.stream().filter(line -> line.contains("ERROR")).map(line -> line.replaceAll("^.*ERROR,|,NEOL$", "")).toList());
        assertTrue(asked.isEmpty());
        assertEquals(true, run("API_Chat", "bob"), "what is not forbidden opens");
    }

    @Test
    void aMachineWithoutADisplayIsToldAndAskedAgainLater() {
        obstacle = Optional.of("this machine has no display");
        phone();
        assertEquals(false, run("API_Chat", "bob"));
        assertTrue(told.stream().anyMatch(line -> line.contains("There is no chat window: this machine has no display.")), told::toString);
        obstacle = Optional.empty();
        assertEquals(true, run("API_Chat", "bob"));
    }

    @Test
    void theHostShowsParametersStateLanguageAndCalls() throws Exception {
        try (WebphoneRig rig = new WebphoneRig("language=de", "displayname=Alice")) {
            phone = rig.alice.phone();
            phone.windows().from(new WindowProvider() {
                @Override
                public Optional<String> obstacle() {
                    return Optional.empty();
                }

                @Override
                public PhoneWindows windows(WindowHost of) {
                    host = of;
                    return new Written();
                }
            });
            rig.started();
            run("API_ShowLog");
            assertEquals("Alice", host.parameter("displayname"));
            assertEquals(Optional.empty(), host.given("callto"));
            assertThrows(IllegalArgumentException.class, () -> host.parameter("nosuch"));
            assertEquals("de", host.language());
            assertEquals("Gespräch", host.word("Speaking"));
            assertTrue(host.isRegistered());
            assertEquals("Registered.", host.status());
            rig.peer("bob");
            assertEquals(true, host.run("API_Call", -1, "bob"));
            rig.ringing().answer();
            rig.until("STATUS,1,Speaking");
            LineView line = host.lines().get(0);
            assertEquals(1, host.line());
            assertEquals("bob", line.peer());
            assertEquals("Speaking", line.state());
            assertTrue(line.isConnected() && !line.incoming() && !line.isHeldHere());
            run("API_Hold", 1, true);
            rig.until("STATUS,1,Hold");
            assertTrue(host.lines().get(0).isHeldHere());
        }
    }

    @Test
    void closingTheWindowEndsWhatItIsTheProgramOf() {
        phone("iscommandline=false", "register=0", "localip=127.0.0.1");
        assertTrue(phone.windows().isWanted());
        phone.windows().onClosed(() -> asked.add("ended"));
        assertEquals(true, run("API_ShowLog"));
        host.closed();
        assertTrue(asked.contains("ended"));
        phone.close();
        assertTrue(asked.contains("close"));
        assertFalse(phone("register=0").windows().isWanted());
    }
}
