package io.earshot.softphone;

import io.earshot.softphone.model.Buttons;
import io.earshot.softphone.model.Colours.Place;
import io.earshot.softphone.model.Desk;
import io.earshot.softphone.model.Part;
import io.earshot.softphone.model.Snapshot;
import java.awt.GridLayout;
import java.util.Map;
import javax.swing.JButton;
import javax.swing.JPanel;

/** The dial pad: writes into the number, and in calls sends keys. */
final class PadPane {
    private static final String KEYS = "123456789*0#";
    private static final Map<Character, String> LETTERS = Map.of('2', "ABC", '3', "DEF", '4', "GHI", '5', "JKL", '6', "MNO", '7', "PQRS",
            '8', "TUV", '9', "WXYZ", '0', "+");

    private final Desk desk;
    private final DialPane dial;
    private final JPanel panel;
    private Snapshot now = Snapshot.NONE;

    PadPane(Kit kit, Desk desk, DialPane dial) {
        this.desk = desk;
        this.dial = dial;
        this.panel = kit.panel(Part.PAD.id(), new GridLayout(4, 3, 6, 6));
        KEYS.chars().forEach(key -> panel.add(button(kit, (char) key)));
    }

    private JButton button(Kit kit, char key) {
        String name = switch (key) {
            case '*' -> "star";
            case '#' -> "hash";
            default -> String.valueOf(key);
        };
        JButton button = new JButton("<html><center><span style='font-size:120%'><b>" + key + "</b></span>" + (LETTERS.containsKey(key)
                ? "&nbsp;<span style='font-size:70%'>" + LETTERS.get(key) + "</span>" : "") + "</center></html>");
        button.setName("key-" + name);
        button.getAccessibleContext().setAccessibleName(String.valueOf(key));
        button.setFocusable(false);
        button.putClientProperty("JButton.buttonType", "roundRect");
        kit.colour(Place.DIAL_BACKGROUND).ifPresent(button::setBackground);
        kit.colour(Place.DIAL_FOREGROUND).ifPresent(button::setForeground);
        button.addActionListener(pressed -> press(key));
        return Kit.sized(button, 88, 36);
    }

    /** A key is pressed, here or on the keyboard. */
    void press(char key) {
        if (Buttons.of(now, false).keys()) {
            desk.key(key);
        } else {
            dial.text(dial.text() + key);
        }
    }

    JPanel panel() {
        return panel;
    }

    void show(Snapshot next) {
        now = next;
    }
}
