package io.earshot.softphone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.softphone.model.ChatLog;
import io.earshot.softphone.model.ChatLog.From;
import io.earshot.softphone.model.Desk;
import io.earshot.softphone.model.Look;
import io.earshot.softphone.model.Plan;
import io.earshot.softphone.model.Texts;
import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.swing.AbstractButton;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.UIManager;
import javax.swing.text.JTextComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The other windows, the looks, the icons and the words. */
class OtherPanesTest {
    private static final Pattern WORD = Pattern.compile("(?:word|label|button|toggle|field|rename|row|frame)\\((?:[^\"()]|\\([^()]*\\))*?"
            + "(?:\"[a-z-]+\", )?\"([A-Z][A-Za-z: ]+)\"");

    private final FakeHost host = new FakeHost();
    private final Desk desk = new Desk(host, Runnable::run, now -> { });
    private final Kit kit = new Kit(Texts.in("en"), Plan.of(host).colours());

    private static <C extends Component> C the(JPanel in, Class<C> type, String id) {
        return type.cast(Kit.find(in, id).orElseThrow(() -> new AssertionError("there is no " + id)));
    }

    @Test
    void aChatShowsWhatWasSaidAndSends() {
        ChatLog log = new ChatLog();
        ChatPane pane = new ChatPane(kit, desk, log);
        log.add("bob", From.PEER, "Hello");
        pane.heard("bob");
        assertEquals("bob: Hello\n", the(pane.panel(), JTextComponent.class, "chat-said").getText());
        the(pane.panel(), JTextComponent.class, "chat-line").setText("Hi, bob");
        the(pane.panel(), AbstractButton.class, "chat-send").doClick(0);
        log.report("bob", 4, "", kit.texts());
        pane.refresh();
        assertEquals("bob: Hello\nMe: Hi, bob\n   – will be delivered later\n",
                the(pane.panel(), JTextComponent.class, "chat-said").getText());
        assertEquals("", the(pane.panel(), JTextComponent.class, "chat-line").getText());
        pane.composing("bob", true);
        assertEquals("bob …", the(pane.panel(), JLabel.class, "chat-composing").getText());
        pane.with("sip:carol@example.com");
        assertEquals("", the(pane.panel(), JTextComponent.class, "chat-said").getText());
        the(pane.panel(), JTextComponent.class, "chat-line").setText("x");
        the(pane.panel(), AbstractButton.class, "chat-send").doClick(0);
        assertEquals(List.of("API_SendChat -1 bob  Hi, bob", "API_SendChat -1 sip:carol@example.com  x"), host.ran);
        assertEquals(List.of("bob", "carol"), log.peers());
    }

    @Test
    void soundDevicesAreChosen() {
        host.answers.put("API_GetAudioDeviceList", "Headset\r\nBuilt-in\r\n");
        host.answers.put("API_GetAudioDevice", "Built-in");
        DevicesPane pane = new DevicesPane(kit, desk);
        pane.read();
        JComboBox<?> speaker = the(pane.panel(), JComboBox.class, "device-out");
        assertEquals("Built-in", speaker.getSelectedItem());
        assertEquals(List.of("Default", "Headset", "Built-in"), IntStream.range(0, speaker.getItemCount())
                .mapToObj(speaker::getItemAt).toList());
        assertEquals("All", the(pane.panel(), JComboBox.class, "device-ring").getItemAt(1));
        assertEquals(List.of(), host.ran, "reading chooses none");
        speaker.setSelectedItem("Headset");
        assertEquals(List.of("API_SetAudioDevice 1 Headset 2"), host.ran);
    }

    @Test
    void theLogIsShownCopiedAndCleared() {
        LogPane pane = new LogPane(kit);
        pane.add(List.of("STATUS,-1,Ready", "LOG,EVENT,x"));
        JTextComponent text = the(pane.panel(), JTextComponent.class, "log-text");
        assertEquals("STATUS,-1,Ready\nLOG,EVENT,x\n", text.getText());
        assertFalse(text.isEditable());
        for (int i = 0; i < 30; i++) {
            pane.add(List.of("x".repeat(99_999)));
        }
        assertTrue(text.getDocument().getLength() <= 2_000_000, "it does not grow for ever");
        the(pane.panel(), AbstractButton.class, "log-clear").doClick(0);
        assertEquals("", text.getText());
    }

    @Test
    void whomToTransferToIsAsked() {
        List<String> done = new ArrayList<>();
        TransferPane one = new TransferPane(kit, false, "", done::add, () -> done.add("cancelled"));
        the(one.panel(), AbstractButton.class, "transfer-now").doClick(0);
        assertEquals(List.of(), done, "nobody is no target");
        one.target().setText("carol");
        the(one.panel(), AbstractButton.class, "transfer-now").doClick(0);
        the(one.panel(), AbstractButton.class, "transfer-cancel").doClick(0);
        TransferPane two = new TransferPane(kit, true, "", target -> done.add("both" + target), () -> { });
        the(two.panel(), AbstractButton.class, "transfer-now").doClick(0);
        assertEquals(List.of("carol", "cancelled", "both"), done);
    }

    @Test
    void aPopupNamesTheCallerAndAnswersOrRejects() {
        List<String> done = new ArrayList<>();
        PopupPane pane = new PopupPane(kit, FakeHost.ringing(1, "bob"), () -> done.add("answer"), () -> done.add("reject"));
        assertEquals("bob", the(pane.panel(), JLabel.class, "incoming-who").getText());
        pane.answer().doClick(0);
        the(pane.panel(), AbstractButton.class, "incoming-reject").doClick(0);
        assertEquals(List.of("answer", "reject"), done);
    }

    @ParameterizedTest
    @EnumSource(Look.class)
    void aLookThatCannotBeHadIsThatOfTheSystem(Look look) throws Exception {
        javax.swing.LookAndFeel before = UIManager.getLookAndFeel();
        try {
            Looks.apply(look);
            String set = UIManager.getLookAndFeel().getClass().getName();
            boolean here = look == Look.LIGHT || look == Look.DARK || look == Look.MAC || look == Look.METAL;
            assertTrue(set.equals(look.className()) || !here && set.equals(UIManager.getSystemLookAndFeelClassName()), set);
        } finally {
            UIManager.setLookAndFeel(before);
        }
    }

    @ParameterizedTest
    @EnumSource(Glyph.class)
    void eachIconIsDrawnWithinItsSquareInTheColourOfItsButton(Glyph glyph) {
        BufferedImage image = new BufferedImage(48, 48, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = image.createGraphics();
        JLabel on = new JLabel();
        on.setForeground(java.awt.Color.RED);
        glyph.icon(24).paintIcon(on, g, 12, 12);
        g.dispose();
        long inside = pixels(image, true);
        assertTrue(inside > 30, "nothing is seen");
        assertEquals(0, pixels(image, false), "more than its square is painted");
        assertTrue(IntStream.range(0, 48 * 48).mapToObj(i -> image.getRGB(i % 48, i / 48)).anyMatch(pixel -> pixel == 0xFFFF0000));
    }

    private static long pixels(BufferedImage image, boolean inside) {
        return IntStream.range(0, 48 * 48).filter(i -> {
            int x = i % 48;
            int y = i / 48;
            boolean in = x >= 11 && x <= 36 && y >= 11 && y <= 36;
            return in == inside && image.getRGB(x, y) >>> 24 > 40;
        }).count();
    }

    private static Set<String> keys(String language) throws IOException {
        Set<String> keys = new TreeSet<>();
        java.util.Properties lines = new java.util.Properties();
        lines.load(Files.newBufferedReader(Path.of("src/main/resources/io/earshot/softphone/texts_" + language + ".properties")));
        keys.addAll(lines.stringPropertyNames());
        return keys;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ru", "hu", "ro", "de", "it", "es", "tr", "pt", "ja", "fr"})
    void everyWordOfTheWindowIsInEveryLanguage(String language) throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
                Matcher found = WORD.matcher(Files.readString(file));
                while (found.find()) {
                    used.add(found.group(1));
                }
            }
        }
        assertTrue(used.size() > 25, used::toString);
        used.removeAll(keys(language));
        assertEquals(Set.of(), used);
        assertEquals(keys("de"), keys(language));
        assertEquals("Hang up", Texts.in("en").of("Hang up"));
        assertFalse(Texts.in(language).of("Hang up").equals("Hang up"));
    }

    @Test
    void withoutADisplayWindowsAreRefusedInASentence() {
        assertEquals(java.util.Optional.of("this machine has no display"), new SoftphoneProvider().obstacle());
        List<String> told = new ArrayList<>();
        io.earshot.sdk.classic.ClassicPhone phone = io.earshot.sdk.classic.Hosts.phone(one -> told.add(one.line()));
        assertEquals(false, io.earshot.sdk.classic.ClassicFunctions.run(phone, "API_StartGUI"));
        assertTrue(told.stream().anyMatch(line -> line.contains("There is no softphone window: this machine has no display.")),
                told::toString);
        phone.close();
    }
}
