package io.earshot.softphone;

import io.earshot.softphone.model.Desk;
import java.awt.GridLayout;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.swing.JComboBox;
import javax.swing.JPanel;

/** The choice of microphone, speaker and ringer. */
final class DevicesPane {
    private static final List<String> WORDS = List.of("Microphone", "Speaker", "Ringer");
    private static final List<String> IDS = List.of("device-in", "device-out", "device-ring");
    private static final int RINGER = 2;

    private final Desk desk;
    private final JPanel panel;
    private final List<JComboBox<String>> boxes = new ArrayList<>();
    private boolean reading;

    DevicesPane(Kit kit, Desk desk) {
        this.desk = desk;
        this.panel = kit.root("devices", new GridLayout(0, 1, 4, 4));
        for (int i = 0; i < WORDS.size(); i++) {
            int device = i;
            JComboBox<String> box = new JComboBox<>();
            box.setName(IDS.get(i));
            box.addActionListener(chosen -> {
                if (!reading && box.getSelectedItem() instanceof String name) {
                    desk.device(device, name);
                }
            });
            boxes.add(box);
            panel.add(kit.label(WORDS.get(i), box));
            panel.add(Kit.sized(box, 320, 28));
        }
    }

    JPanel panel() {
        return panel;
    }

    /** Asks for the devices there are now. */
    void read() {
        desk.devices(found -> {
            reading = true;
            for (int i = 0; i < boxes.size(); i++) {
                Desk.Devices one = found.get(i);
                Set<String> names = new LinkedHashSet<>(List.of("Default"));
                if (i == RINGER) {
                    names.add("All");
                }
                names.addAll(one.names());
                names.add(one.chosen());
                boxes.get(i).removeAllItems();
                names.forEach(boxes.get(i)::addItem);
                boxes.get(i).setSelectedItem(one.chosen());
            }
            reading = false;
        });
    }
}
