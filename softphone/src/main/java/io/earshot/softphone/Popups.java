package io.earshot.softphone;

import io.earshot.sdk.window.LineView;
import io.earshot.softphone.model.Desk;
import io.earshot.softphone.model.Snapshot;
import java.awt.Dimension;
import java.awt.GraphicsEnvironment;
import java.awt.Rectangle;
import java.util.HashMap;
import java.util.Map;
import javax.swing.JDialog;
import javax.swing.JFrame;

/** The windows that come up for incoming calls, one a call. Belongs to the thread that draws. */
final class Popups {
    private static final int EDGE = 24;

    private final Kit kit;
    private final Desk desk;
    private final Map<String, JDialog> open = new HashMap<>();
    private Snapshot now = Snapshot.NONE;

    Popups(Kit kit, Desk desk) {
        this.kit = kit;
        this.desk = desk;
    }

    private static String key(LineView call) {
        return call.line() + " " + call.peer();
    }

    void show(Snapshot next) {
        now = next;
        open.entrySet().removeIf(one -> {
            boolean over = now.calls().stream().noneMatch(call -> call.isRingingHere() && key(call).equals(one.getKey()));
            if (over) {
                one.getValue().dispose();
            }
            return over;
        });
        now.calls().stream().filter(LineView::isRingingHere).forEach(call -> open.computeIfAbsent(key(call), none -> make(call)));
    }

    private JDialog make(LineView call) {
        JDialog dialog = new JDialog((JFrame) null, kit.word("Incoming call"));
        PopupPane pane = new PopupPane(kit, call, () -> desk.answer(call.line()), () -> desk.reject(call.line()));
        dialog.setName("incoming-" + call.line());
        dialog.setContentPane(pane.panel());
        dialog.getRootPane().setDefaultButton(pane.answer());
        dialog.setDefaultCloseOperation(JDialog.DISPOSE_ON_CLOSE);
        dialog.setAlwaysOnTop(true);
        dialog.setAutoRequestFocus(false);
        dialog.pack();
        Dimension size = dialog.getSize();
        Rectangle screen = GraphicsEnvironment.getLocalGraphicsEnvironment().getMaximumWindowBounds();
        dialog.setLocation(screen.x + screen.width - size.width - EDGE,
                screen.y + screen.height - (size.height + EDGE) * (open.size() + 1));
        dialog.setVisible(true);
        return dialog;
    }

    void close() {
        open.values().forEach(JDialog::dispose);
        open.clear();
    }
}
