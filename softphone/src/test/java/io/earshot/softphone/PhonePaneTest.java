package io.earshot.softphone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.sdk.window.LineView;
import io.earshot.softphone.model.Desk;
import io.earshot.softphone.model.Part;
import io.earshot.softphone.model.Plan;
import io.earshot.softphone.model.Snapshot;
import io.earshot.softphone.model.Texts;
import java.awt.Color;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.swing.AbstractButton;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JSlider;
import javax.swing.KeyStroke;
import javax.swing.text.JTextComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The content of the window, built as it is on a display but without one. */
class PhonePaneTest {
    private static final Set<Part> ELSEWHERE = EnumSet.of(Part.POPUP);

    private final List<String> doors = new ArrayList<>();
    private FakeHost host;
    private PhonePane pane;

    private PhonePane pane(String... parameters) {
        host = new FakeHost(parameters);
        Plan plan = Plan.of(host);
        Desk desk = new Desk(host, Runnable::run, now -> {
            if (pane != null) {
                pane.show(now, FakeHost.ANSWERED.plusSeconds(65));
            }
        });
        pane = new PhonePane(new Kit(Texts.in(host.language()), plan.colours()), plan, desk, host, new ControlsPane.Doors() {
            @Override
            public void transfer() {
                doors.add("transfer");
            }

            @Override
            public void chat() {
                doors.add("chat");
            }

            @Override
            public void devices() {
                doors.add("devices");
            }

            @Override
            public void log() {
                doors.add("log");
            }

            @Override
            public void quit() {
                doors.add("quit");
            }
        });
        return pane;
    }

    private void calls(LineView... calls) {
        host.calls.clear();
        host.calls.addAll(List.of(calls));
        pane.show(Snapshot.of(host), FakeHost.ANSWERED.plusSeconds(65));
    }

    private <C extends Component> C the(Class<C> type, String id) {
        return type.cast(Kit.find(pane.panel(), id).orElseThrow(() -> new AssertionError("there is no " + id)));
    }

    private boolean has(String id) {
        return Kit.find(pane.panel(), id).isPresent();
    }

    private String text(String id) {
        return the(JLabel.class, id).getText().strip();
    }

    private void press(String id) {
        the(AbstractButton.class, id).doClick(0);
    }

    private void key(String stroke) {
        Object action = pane.panel().getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW).get(KeyStroke.getKeyStroke(stroke));
        assertTrue(action != null, stroke + " does nothing");
        pane.panel().getActionMap().get(action).actionPerformed(new ActionEvent(pane.panel(), 0, stroke));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "compact=true", "hasaudio=false", "hasconference=false", "hasconnect=false", "hashold=false",
        "hasmute=false", "hasredial=false", "canopenlogview=false", "hasvolume=0", "textmessaging=0", "hascall=0", "hascall=1",
        "hideusernamepwdinput=true", "displaysipusername=true", "displaydisplayname=true", "multilinegui=true"})
    void theWindowHasTheComponentsOfItsPlanAndNoOthers(String parameter) {
        pane(parameter.isEmpty() ? new String[0] : new String[] {parameter});
        Plan plan = Plan.of(host);
        for (Part part : EnumSet.complementOf(EnumSet.copyOf(ELSEWHERE))) {
            assertEquals(plan.has(part), has(part.id()), part + " with " + parameter);
        }
    }

    @Test
    void coloursAreThoseOfTheParameters() {
        pane("color_background=#010203", "boxbgcolor=#040506", "color_label_foreground=#070809", "color_edit_background=#0a0b0c",
                "color_edit_foreground=#0d0e0f", "color_buton_background=#101112", "color_buton_foreground=#131415",
                "color_buton_dial_background=#161718", "color_buton_dial_foreground=#191a1b", "color_other_background=#1c1d1e");
        assertEquals(new Color(0x010203), pane.panel().getBackground());
        assertEquals(new Color(0x040506), the(JComponent.class, "calls").getBackground());
        assertEquals(new Color(0x070809), the(JLabel.class, "server-label").getForeground());
        assertEquals(new Color(0x0a0b0c), the(JTextComponent.class, "server").getBackground());
        assertEquals(new Color(0x0d0e0f), the(JTextComponent.class, "number").getForeground());
        assertEquals(new Color(0x101112), the(AbstractButton.class, "hold").getBackground());
        assertEquals(new Color(0x131415), the(AbstractButton.class, "connect").getForeground());
        assertEquals(new Color(0x161718), the(AbstractButton.class, "key-5").getBackground());
        assertEquals(new Color(0x191a1b), the(AbstractButton.class, "key-5").getForeground());
        assertEquals(new Color(0x1c1d1e), the(JComponent.class, "status").getBackground());
        assertTrue(the(JComponent.class, "status").isOpaque());
    }

    @Test
    void whatIsOnAColourCanBeReadWithoutNamingAnother() {
        pane("color_background=black", "boxbgcolor=white");
        assertEquals(Color.WHITE, the(JLabel.class, "server-label").getForeground());
        assertEquals(Color.BLACK, the(JLabel.class, "call-who-0").getForeground());
        Kit kit = new Kit(Texts.in("en"), Plan.of(new FakeHost("colors=black")).colours());
        JComponent log = (JComponent) Kit.find(new LogPane(kit).panel(), "log-text").orElseThrow();
        assertEquals(Color.WHITE, log.getForeground());
        assertEquals(Color.BLACK, new DevicesPane(kit, new Desk(host, Runnable::run, now -> { })).panel().getBackground());
    }

    @Test
    void volumesAreSetAsThePlanSays() {
        pane("hasvolume=3", "volumeicons=1");
        assertEquals(JSlider.HORIZONTAL, the(JSlider.class, "volume-in").getOrientation());
        assertEquals("Speaker", text("volume-out-label"));
        the(JSlider.class, "volume-out").setValue(80);
        assertEquals(List.of("API_SetVolume 1 80"), host.ran);
        pane("hasvolume=2", "volumeicons=2");
        assertEquals(JSlider.VERTICAL, the(JSlider.class, "volume-ring").getOrientation());
        assertTrue(has("volume-ring-icon") && !has("volume-ring-label"));
        pane();
        assertFalse(the(JComponent.class, "volume").isVisible(), "those for calls come with them");
        calls(FakeHost.talking(1, "bob", "", 4));
        assertTrue(the(JComponent.class, "volume").isVisible());
        assertEquals(List.of(), host.ran, "reading them sets none");
    }

    @Test
    void aCallIsMadeLedAndEnded() {
        pane("username=alice");
        assertFalse(the(AbstractButton.class, "call").isEnabled());
        Stream.of("key-1", "key-2", "key-star").forEach(this::press);
        assertEquals("12*", the(JTextComponent.class, "number").getText());
        assertTrue(the(AbstractButton.class, "call").isEnabled());
        press("call");
        assertEquals("", the(JTextComponent.class, "number").getText());
        assertEquals("12*", the(JComboBox.class, "numbers").getItemAt(0), "it can be chosen again");
        calls(FakeHost.talking(1, "bob", "Bob Miller", 4.31));
        assertEquals("↗ Bob Miller (bob)", text("call-who-0"));
        assertEquals("01:05", text("call-time-0"));
        assertEquals("1: Speaking", text("call-state-0"));
        assertEquals("MOS 4.3 · 2.0 % · 7 ms", text("call-quality-0"));
        assertEquals(Kit.GREEN, the(JLabel.class, "call-quality-0").getForeground());
        press("key-7");
        press("hold");
        press("mute");
        assertFalse(the(AbstractButton.class, "hold").isSelected(), "it shows what is, not what is wanted");
        calls(FakeHost.heldAndMuted(host.calls.get(0)));
        assertTrue(the(AbstractButton.class, "hold").isSelected() && the(AbstractButton.class, "mute").isSelected());
        assertEquals("1: Hold · encrypted", text("call-state-0"));
        press("transfer");
        press("hangup");
        calls();
        assertEquals("No calls", text("call-state-0"));
        press("redial");
        assertEquals(List.of("API_Call -1 12*", "API_Dtmf -1 7", "API_Hold 1 true", "API_Mute 1 true", "API_Hangup 1", "API_Call -1"),
                host.ran);
        assertEquals(List.of("transfer"), doors);
    }

    @Test
    void aCallThatComesInIsAnsweredOrRejectedByTheSameButtons() {
        pane();
        calls(FakeHost.ringing(1, "bob"));
        assertEquals("Answer", the(AbstractButton.class, "call").getText());
        assertEquals("Reject", the(AbstractButton.class, "hangup").getText());
        press("call");
        press("hangup");
        assertEquals(List.of("API_Accept 1", "API_Reject 1"), host.ran);
    }

    @Test
    void twoCallsAreJoined() {
        pane();
        calls(FakeHost.talking(1, "bob", "", 4), FakeHost.talking(2, "carol", "", 4), FakeHost.talking(3, "dora", "", 2));
        assertEquals("▸ ↗ bob", text("call-who-0"));
        assertEquals("3: Speaking", text("call-state-2"));
        assertEquals(Kit.RED, the(JLabel.class, "call-quality-2").getForeground());
        press("conference");
        assertEquals(List.of("API_Conf"), host.ran);
        calls(FakeHost.talking(1, "bob", "", 4));
        assertFalse(has("call-who-2"));
    }

    @Test
    void theAccountRegistersWithWhatIsWritten() {
        pane("serveraddress=sip.example.com", "username=alice", "password=secret", "displaydisplayname=true");
        assertEquals("sip.example.com", the(JTextComponent.class, "server").getText());
        assertEquals("", the(JTextComponent.class, "password").getText(), "a password is never shown");
        the(JTextComponent.class, "display-name").setText("Alice");
        press("connect");
        host.registered = true;
        host.state = "Registered.";
        pane.show(Snapshot.of(host), Instant.EPOCH);
        assertEquals("Registered.", text("status-text"));
        assertEquals(Kit.GREEN, the(JLabel.class, "status-dot").getForeground());
        assertEquals("Disconnect", the(AbstractButton.class, "connect").getText());
        press("connect");
        assertEquals(List.of("API_Register sip.example.com alice   Alice", "API_Unregister 0"), host.ran);
        pane("displaysipusername=true", "username=200", "sipusername=alice");
        assertEquals("200", the(JTextComponent.class, "extension").getText());
        press("connect");
        assertEquals(List.of("API_Register  200  alice"), host.ran);
    }

    @Test
    void eachLineHasAButtonThatShowsItsCall() {
        pane("multilinegui=true", "maxlines=3");
        assertTrue(has("line-3") && !has("line-4"));
        calls(FakeHost.talking(1, "bob", "", 4), FakeHost.ringing(2, "carol"));
        assertEquals("1 ●", the(AbstractButton.class, "line-1").getText());
        assertEquals(Kit.RED, the(AbstractButton.class, "line-2").getForeground());
        assertTrue(the(AbstractButton.class, "line-1").isSelected());
        press("line-2");
        key("alt 3");
        assertEquals(List.of("API_SetLine 2", "API_SetLine 3"), host.ran);
    }

    @Test
    void keysDoWhatButtonsDo() {
        pane();
        the(JTextComponent.class, "number").setText("bob");
        key("F2");
        calls(FakeHost.talking(1, "bob", "", 4));
        Stream.of("ctrl P", "ctrl M", "typed 5", "typed #", "ctrl J", "ctrl T", "ctrl D", "ctrl COMMA", "ctrl L", "ctrl Q",
                "ESCAPE").forEach(this::key);
        assertEquals(List.of("API_Call -1 bob", "API_Hold 1 true", "API_Mute 1 true", "API_Dtmf -1 5", "API_Dtmf -1 #", "API_Conf",
                "API_Hangup 1"), host.ran);
        assertEquals(List.of("transfer", "chat", "devices", "log", "quit"), doors);
        calls();
        the(JTextComponent.class, "number").setText("12");
        key("ESCAPE");
        assertEquals("", the(JTextComponent.class, "number").getText());
        key("ctrl R");
        assertEquals("API_Call -1", host.ran.get(host.ran.size() - 1));
        pane("hashold=false");
        assertEquals(null, pane.panel().getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW).get(KeyStroke.getKeyStroke("ctrl P")));
    }

    @Test
    void noKeyMeansSomethingElseToTheFieldOfTheNumber() {
        pane();
        List<KeyStroke> taken = Stream.of(pane.panel().getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW).keys())
                .filter(stroke -> stroke.getKeyEventType() != KeyEvent.KEY_TYPED) // those are for elsewhere
                .filter(stroke -> the(JTextComponent.class, "number").getInputMap().get(stroke) != null).toList();
        assertEquals(List.of(), taken);
    }

    @Test
    void compactHasTwoButtonsAndTheState() {
        pane("compact=true", "callto=bob");
        calls(FakeHost.talking(1, "bob", "", 4));
        press("hangup");
        assertEquals(List.of("API_Hangup 1"), host.ran);
        Dimension small = pane.panel().getPreferredSize();
        pane("callto=bob");
        assertTrue(small.height * 2 < pane.panel().getPreferredSize().height);
        assertEquals("bob", the(JTextComponent.class, "number").getText(), "the large one has whom to call in its field");
    }

    @Test
    void everythingThatCanBeUsedHasANameForThoseWhoDoNotSee() {
        pane("multilinegui=true", "displaysipusername=true", "displaydisplayname=true", "hasvolume=3");
        List<String> nameless = new ArrayList<>();
        check(pane.panel(), nameless);
        assertEquals(List.of(), nameless);
    }

    private static void check(Component from, List<String> nameless) {
        boolean usable = from instanceof AbstractButton || from instanceof JTextComponent || from instanceof JSlider
                || from instanceof JComboBox;
        String name = from.getAccessibleContext() == null ? null : from.getAccessibleContext().getAccessibleName();
        if (usable && from.getName() != null && (name == null || name.isBlank())) {
            nameless.add(from.getName());
        }
        if (from instanceof Container box && !(from instanceof JComboBox)) {
            Stream.of(box.getComponents()).forEach(inner -> check(inner, nameless));
        }
    }

    @Test
    void wordsAreInTheLanguageOfTheUser() {
        pane("language=de");
        assertEquals("Anrufen", the(AbstractButton.class, "call").getText());
        assertEquals("Passwort", text("password-label"));
        assertEquals("Halten", the(AbstractButton.class, "hold").getAccessibleContext().getAccessibleName());
        calls(FakeHost.talking(1, "bob", "", 4));
        assertEquals("1: Gespräch", text("call-state-0"));
    }

    @Test
    void theSizeItWantsChangesWithWhatIsShown() {
        pane();
        List<String> resized = new ArrayList<>();
        pane.onResize(() -> resized.add("resized"));
        calls(FakeHost.talking(1, "a", "", 4));
        resized.clear();
        calls(FakeHost.talking(1, "a", "", 4));
        assertEquals(List.of(), resized);
        calls(FakeHost.talking(1, "a", "", 4), FakeHost.talking(2, "b", "", 4), FakeHost.talking(3, "c", "", 4));
        assertEquals(List.of("resized"), resized);
    }

    @Test
    void whatThePhoneSaysIsShown() {
        pane();
        pane.say("There is nobody to call: the target is empty.");
        assertEquals("There is nobody to call: the target is empty.", text("message"));
        pane.say("");
        assertEquals("", text("message"));
        assertEquals(java.util.Optional.of("no"), Notice.of(List.of("EVENT", "ERROR", "no")));
        assertEquals(java.util.Optional.of("Missed call from bob"), Notice.of(List.of("POPUP", "Missed call from bob")));
        assertEquals(java.util.Optional.empty(), Notice.of(List.of("EVENT", "EVENT", "x")));
        assertEquals(java.util.Optional.empty(), Notice.of(List.of("LOG", "ERROR", "x")));
    }
}
