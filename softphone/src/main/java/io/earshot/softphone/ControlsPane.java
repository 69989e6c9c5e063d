package io.earshot.softphone;

import io.earshot.softphone.model.Buttons;
import io.earshot.softphone.model.Desk;
import io.earshot.softphone.model.Part;
import io.earshot.softphone.model.Plan;
import io.earshot.softphone.model.Snapshot;
import java.awt.GridLayout;
import java.util.Optional;
import javax.swing.AbstractButton;
import javax.swing.JPanel;

/** The buttons of calls: hold, mute, transfer, conference; and of chat, sound and the log. */
final class ControlsPane {
    private static final int ICON = 18;

    private final JPanel panel;
    private final Optional<AbstractButton> hold;
    private final Optional<AbstractButton> mute;
    private final Optional<AbstractButton> transfer;
    private final Optional<AbstractButton> conference;
    private final Desk desk;
    private final DialPane dial;
    private Snapshot now = Snapshot.NONE;

    /** What opens other windows. */
    interface Doors {
        void transfer();

        void chat();

        void devices();

        void log();

        void quit();
    }

    ControlsPane(Kit kit, Plan plan, Desk desk, DialPane dial, Doors doors) {
        this.desk = desk;
        this.dial = dial;
        this.panel = kit.panel("controls", new GridLayout(1, 0, 4, 0));
        this.hold = add(plan, Part.HOLD, kit.toggle(Part.HOLD.id(), "Hold", Glyph.HOLD.icon(ICON), pressed -> hold()));
        this.mute = add(plan, Part.MUTE, kit.toggle(Part.MUTE.id(), "Mute", Glyph.MUTE.icon(ICON), pressed -> mute()));
        this.transfer = add(plan, Part.TRANSFER, kit.button(Part.TRANSFER.id(), "Transfer", Optional.of(Glyph.TRANSFER.icon(ICON)),
                pressed -> doors.transfer()));
        this.conference = add(plan, Part.CONFERENCE, kit.button(Part.CONFERENCE.id(), "Conference",
                Optional.of(Glyph.CONFERENCE.icon(ICON)), pressed -> conference()));
        add(plan, Part.CHAT, kit.button(Part.CHAT.id(), "Chat", Optional.of(Glyph.CHAT.icon(ICON)), pressed -> doors.chat()));
        add(plan, Part.AUDIO, kit.button(Part.AUDIO.id(), "Sound devices", Optional.of(Glyph.AUDIO.icon(ICON)),
                pressed -> doors.devices()));
        add(plan, Part.LOG, kit.button(Part.LOG.id(), "Log", Optional.of(Glyph.LOG.icon(ICON)), pressed -> doors.log()));
    }

    private Optional<AbstractButton> add(Plan plan, Part part, AbstractButton button) {
        if (!plan.has(part)) {
            return Optional.empty();
        }
        panel.add(Kit.sized(button, 38, 32));
        return Optional.of(button);
    }

    // What is pressed shows what is, not what is wanted: show() follows.
    void hold() {
        show(now);
        desk.hold(now);
    }

    void mute() {
        show(now);
        desk.mute(now);
    }

    void conference() {
        desk.conference(dial.take());
    }

    JPanel panel() {
        return panel;
    }

    void show(Snapshot next) {
        now = next;
        Buttons can = Buttons.of(now, !dial.text().isBlank());
        hold.ifPresent(button -> set(button, can.hold(), can.held()));
        mute.ifPresent(button -> set(button, can.mute(), can.muted()));
        transfer.ifPresent(button -> button.setEnabled(can.transfer()));
        conference.ifPresent(button -> button.setEnabled(can.conference()));
    }

    private static void set(AbstractButton button, boolean enabled, boolean pressed) {
        button.setEnabled(enabled);
        button.setSelected(pressed);
    }
}
