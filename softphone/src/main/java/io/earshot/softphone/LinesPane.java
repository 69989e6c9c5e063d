package io.earshot.softphone;

import io.earshot.sdk.window.LineView;
import io.earshot.softphone.model.CallText;
import io.earshot.softphone.model.Colours.Place;
import io.earshot.softphone.model.Desk;
import io.earshot.softphone.model.Part;
import io.earshot.softphone.model.Snapshot;
import java.awt.Color;
import java.awt.GridLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.swing.ButtonGroup;
import javax.swing.JPanel;
import javax.swing.JToggleButton;

/** A button for each line: the current one is pressed, those with calls are coloured. */
final class LinesPane {

    private final Kit kit;
    private final JPanel panel;
    private final List<JToggleButton> buttons = new ArrayList<>();

    LinesPane(Kit kit, int count, Desk desk) {
        this.kit = kit;
        this.panel = kit.other(Part.LINES.id(), new GridLayout(1, 0, 4, 0));
        ButtonGroup one = new ButtonGroup();
        for (int line = 1; line <= count; line++) {
            int number = line;
            JToggleButton button = new JToggleButton(String.valueOf(line));
            button.setName("line-" + line);
            button.putClientProperty("JButton.buttonType", "roundRect");
            kit.colour(Place.BUTTON_BACKGROUND).ifPresent(button::setBackground);
            kit.colour(Place.BUTTON_FOREGROUND).ifPresent(button::setForeground);
            button.addActionListener(pressed -> desk.line(number));
            one.add(button);
            buttons.add(button);
            panel.add(Kit.sized(button, 40, 28));
        }
        show(Snapshot.NONE);
    }

    JPanel panel() {
        return panel;
    }

    void show(Snapshot now) {
        for (int i = 0; i < buttons.size(); i++) {
            JToggleButton button = buttons.get(i);
            Optional<LineView> call = now.call(i + 1);
            button.setSelected(now.line() == i + 1);
            button.setText((i + 1) + (call.isPresent() ? " ●" : ""));
            Color plain = kit.colour(Place.BUTTON_FOREGROUND).orElse(null);
            button.setForeground(call.map(one -> one.isRingingHere() ? Kit.RED : one.isHeldHere() ? Kit.AMBER : Kit.GREEN)
                    .map(colour -> Kit.readable(colour, button.getBackground())).orElse(plain));
            String name = kit.word("Line") + " " + (i + 1) + call.map(one -> ", " + CallText.who(one)).orElse("");
            button.setToolTipText(name);
            button.getAccessibleContext().setAccessibleName(name);
        }
    }
}
