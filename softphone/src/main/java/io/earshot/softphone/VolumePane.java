package io.earshot.softphone;

import io.earshot.softphone.model.Colours.Place;
import io.earshot.softphone.model.Desk;
import io.earshot.softphone.model.Part;
import io.earshot.softphone.model.Plan;
import io.earshot.softphone.model.Plan.Marks;
import io.earshot.softphone.model.Plan.Volume;
import io.earshot.softphone.model.Snapshot;
import java.awt.BorderLayout;
import java.awt.GridLayout;
import java.util.ArrayList;
import java.util.List;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JSlider;

/** The volumes of microphone, speaker and ringer. */
final class VolumePane {
    private static final List<String> WORDS = List.of("Microphone", "Speaker", "Ringer");
    private static final List<String> IDS = List.of("volume-in", "volume-out", "volume-ring");
    private static final List<Glyph> GLYPHS = List.of(Glyph.MICROPHONE, Glyph.SPEAKER, Glyph.RING);

    private final JPanel panel;
    private final Plan plan;
    private final Desk desk;
    private final List<JSlider> sliders = new ArrayList<>();
    private boolean reading;

    VolumePane(Kit kit, Plan plan, Desk desk) {
        this.plan = plan;
        this.desk = desk;
        boolean vertical = plan.volume() == Volume.VERTICAL;
        this.panel = kit.other(Part.VOLUME.id(), vertical ? new GridLayout(1, 0, 2, 0) : new GridLayout(0, 1, 0, 0));
        for (int i = 0; i < WORDS.size(); i++) {
            panel.add(control(kit, i, vertical));
        }
        panel.setVisible(plan.volume() != Volume.DURING_CALLS);
        read();
    }

    private JPanel control(Kit kit, int device, boolean vertical) {
        JSlider slider = new JSlider(vertical ? JSlider.VERTICAL : JSlider.HORIZONTAL, 0, 100, 50);
        slider.setName(IDS.get(device));
        slider.setOpaque(false);
        slider.setToolTipText(kit.word(WORDS.get(device)));
        slider.getAccessibleContext().setAccessibleName(kit.word("Volume") + ": " + kit.word(WORDS.get(device)));
        slider.addChangeListener(moved -> {
            if (!reading && !slider.getValueIsAdjusting()) {
                desk.volume(device, slider.getValue());
            }
        });
        Kit.sized(slider, vertical ? 24 : 120, vertical ? 90 : 22);
        sliders.add(slider);
        JPanel row = kit.panel(IDS.get(device) + "-row", new BorderLayout(6, 0));
        row.add(slider, BorderLayout.CENTER);
        if (plan.marks() == Marks.TEXT) {
            JLabel label = kit.label(WORDS.get(device), slider);
            slider.getAccessibleContext().setAccessibleName(kit.word("Volume") + ": " + kit.word(WORDS.get(device)));
            row.add(Kit.sized(label, 84, 20), BorderLayout.WEST);
        } else if (plan.marks() == Marks.ICONS) {
            JLabel icon = new JLabel(GLYPHS.get(device).icon(16), JLabel.CENTER);
            icon.setName(IDS.get(device) + "-icon");
            kit.colour(Place.LABEL).ifPresent(icon::setForeground);
            row.add(icon, vertical ? BorderLayout.SOUTH : BorderLayout.WEST);
        }
        return row;
    }

    private void read() {
        desk.volumes(levels -> {
            reading = true;
            for (int i = 0; i < sliders.size(); i++) {
                sliders.get(i).setValue(levels.get(i));
            }
            reading = false;
        });
    }

    JPanel panel() {
        return panel;
    }

    /** Those for calls are there during calls. */
    void show(Snapshot now) {
        boolean wanted = plan.volume() != Volume.DURING_CALLS || !now.calls().isEmpty();
        if (panel.isVisible() != wanted) {
            panel.setVisible(wanted);
            read();
        }
    }
}
