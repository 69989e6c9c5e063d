package io.earshot.softphone;

import io.earshot.sdk.window.WindowHost;
import io.earshot.softphone.model.Part;
import io.earshot.softphone.model.Snapshot;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Font;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.Timer;

/** The state of the phone, and for a while what it has to say. */
final class StatusPane {
    private static final int MESSAGE_MILLIS = 12_000;
    private static final int LONGEST = 300;

    private final JPanel panel;
    private final JLabel dot;
    private final JLabel state;
    private final JLabel message;
    private final WindowHost host;
    private final Timer fade;

    StatusPane(Kit kit, WindowHost host) {
        this.host = host;
        this.panel = kit.other(Part.STATUS.id(), new BorderLayout(6, 0));
        this.dot = kit.plain("status-dot", "●");
        this.state = kit.plain("status-text", " ");
        this.message = kit.plain("message", " ");
        state.setFont(state.getFont().deriveFont(Font.BOLD));
        message.setFont(message.getFont().deriveFont(message.getFont().getSize2D() - 1));
        panel.add(dot, BorderLayout.WEST);
        panel.add(state, BorderLayout.CENTER);
        this.fade = new Timer(MESSAGE_MILLIS, done -> say(""));
        fade.setRepeats(false);
        show(Snapshot.NONE);
    }

    JPanel panel() {
        return panel;
    }

    /** Returns the line for what it has to say. */
    JLabel message() {
        return message;
    }

    void show(Snapshot now) {
        String text = host.word(now.status());
        state.setText(text);
        dot.setForeground(now.registered() ? Kit.GREEN : now.status().contains("Fail") ? Kit.RED : Color.GRAY);
        panel.getAccessibleContext().setAccessibleName(text);
    }

    /** Says something for a while. */
    void say(String text) {
        String one = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        message.setText(one.isEmpty() ? " " : one);
        message.setToolTipText(one.isEmpty() ? null : one);
        message.getAccessibleContext().setAccessibleName(one);
        if (one.isEmpty()) {
            fade.stop();
        } else {
            fade.restart();
        }
    }
}
