package io.earshot.softphone;

import io.earshot.sdk.window.WindowHost;
import io.earshot.softphone.model.Desk;
import io.earshot.softphone.model.Part;
import io.earshot.softphone.model.Plan;
import io.earshot.softphone.model.Snapshot;
import java.awt.BorderLayout;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.time.Instant;
import java.util.Optional;
import javax.swing.JComponent;
import javax.swing.JPanel;

/** The whole content of the window of the phone, with its keys. */
final class PhonePane {

    private final JPanel panel;
    private final StatusPane status;
    private final DialPane dial;
    private final Optional<AccountPane> account;
    private final Optional<LinesPane> lines;
    private final Optional<CallsPane> calls;
    private final Optional<PadPane> pad;
    private final Optional<VolumePane> volume;
    private final ControlsPane controls;
    private final Desk desk;
    private Snapshot now = Snapshot.NONE;
    private int height;
    private Runnable resized = () -> { };

    PhonePane(Kit kit, Plan plan, Desk desk, WindowHost host, ControlsPane.Doors doors) {
        this.desk = desk;
        this.panel = kit.root("phone", new GridBagLayout());
        status = new StatusPane(kit, host);
        dial = new DialPane(kit, plan, desk);
        account = plan.compact() ? Optional.empty() : Optional.of(new AccountPane(kit, plan, desk, host));
        lines = plan.has(Part.LINES) ? Optional.of(new LinesPane(kit, plan.lines(), desk)) : Optional.empty();
        calls = plan.has(Part.CALLS) ? Optional.of(new CallsPane(kit, desk, host)) : Optional.empty();
        pad = plan.has(Part.PAD) ? Optional.of(new PadPane(kit, desk, dial)) : Optional.empty();
        volume = plan.has(Part.VOLUME) ? Optional.of(new VolumePane(kit, plan, desk)) : Optional.empty();
        controls = new ControlsPane(kit, plan, desk, dial, doors);
        boolean beside = plan.volume() == Plan.Volume.VERTICAL;
        add(status.panel(), 0);
        account.ifPresent(part -> add(part.panel(), 0));
        lines.ifPresent(part -> add(part.panel(), 0));
        calls.ifPresent(part -> add(part.panel(), 0));
        add(dial.panel(), 0);
        JPanel middle = kit.panel("middle", new BorderLayout(6, 0));
        pad.ifPresent(part -> middle.add(part.panel(), BorderLayout.CENTER));
        volume.filter(part -> beside).ifPresent(part -> middle.add(part.panel(), BorderLayout.EAST));
        add(middle, 1);
        if (!plan.compact()) {
            add(controls.panel(), 0);
        }
        volume.filter(part -> !beside).ifPresent(part -> add(part.panel(), 0));
        add(status.message(), 0);
        dial.onChange(this::again);
        dial.text(plan.compact() ? "" : host.parameter("callto"));
        keys(doors, plan);
        show(Snapshot.NONE, Instant.EPOCH);
    }

    private void add(JComponent part, double weight) {
        GridBagConstraints at = new GridBagConstraints();
        at.gridx = 0;
        at.weightx = 1;
        at.weighty = weight;
        at.fill = weight > 0 ? GridBagConstraints.BOTH : GridBagConstraints.HORIZONTAL;
        at.insets = new Insets(4, 4, 4, 4);
        panel.add(part, at);
    }

    private void keys(ControlsPane.Doors doors, Plan plan) {
        key(plan, Part.HANGUP, "ESCAPE", this::hangUp);
        key(plan, Part.HOLD, "ctrl P", controls::hold); // Ctrl+H means backspace to text fields
        key(plan, Part.MUTE, "ctrl M", controls::mute);
        key(plan, Part.TRANSFER, "ctrl T", doors::transfer);
        key(plan, Part.CONFERENCE, "ctrl J", controls::conference);
        key(plan, Part.REDIAL, "ctrl R", () -> {
            if (now.calls().isEmpty()) {
                desk.redial();
            }
        });
        key(plan, Part.CHAT, "ctrl D", doors::chat);
        key(plan, Part.AUDIO, "ctrl COMMA", doors::devices);
        key(plan, Part.LOG, "ctrl L", doors::log);
        key(plan, Part.NUMBER, "ctrl N", dial::focus);
        key(plan, Part.CALL, "F2", dial::call);
        Kit.key(panel, "ctrl Q", doors::quit);
        for (int line = 1; line <= plan.lines(); line++) {
            int number = line;
            Kit.key(panel, "alt " + line, () -> desk.line(number));
        }
        pad.ifPresent(keys -> "0123456789*#".chars().forEach(key -> Kit.key(panel, "typed " + (char) key, () -> keys.press((char) key))));
    }

    private void key(Plan plan, Part part, String stroke, Runnable action) {
        if (plan.has(part)) {
            Kit.key(panel, stroke, action);
        }
    }

    private void hangUp() {
        if (now.calls().isEmpty()) {
            dial.text("");
        } else {
            desk.hangUp(now);
        }
    }

    private void again() {
        dial.show(now);
        controls.show(now);
    }

    // ---- for the window

    JPanel panel() {
        return panel;
    }

    /** Says what happens when the size that it wants changes. */
    void onResize(Runnable then) {
        resized = then;
    }

    /** Takes the number out of its field. */
    String number() {
        return dial.take();
    }

    Snapshot now() {
        return now;
    }

    void focus() {
        dial.focus();
    }

    void say(String text) {
        status.say(text);
    }

    void show(Snapshot next, Instant time) {
        now = next;
        status.show(now);
        account.ifPresent(part -> part.show(now));
        lines.ifPresent(part -> part.show(now));
        calls.ifPresent(part -> part.show(now, time));
        dial.show(now);
        pad.ifPresent(part -> part.show(now));
        controls.show(now);
        volume.ifPresent(part -> part.show(now));
        int wanted = panel.getPreferredSize().height;
        if (wanted != height) {
            height = wanted;
            resized.run();
        }
    }
}
