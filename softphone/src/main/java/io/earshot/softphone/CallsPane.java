package io.earshot.softphone;

import io.earshot.sdk.window.LineView;
import io.earshot.sdk.window.WindowHost;
import io.earshot.softphone.model.CallText;
import io.earshot.softphone.model.Colours;
import io.earshot.softphone.model.Colours.Place;
import io.earshot.softphone.model.Desk;
import io.earshot.softphone.model.Part;
import io.earshot.softphone.model.Snapshot;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Cursor;
import java.awt.Font;
import java.awt.GridLayout;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.swing.BorderFactory;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.UIManager;

/** The calls there are: with whom, how they stand, for how long, how they sound. A click makes one the current. */
final class CallsPane {
    private static final int LEAST = 2;

    private final Kit kit;
    private final WindowHost host;
    private final Desk desk;
    private final JPanel panel;
    private final List<Row> rows = new ArrayList<>();

    /** One call. */
    private record Row(JPanel panel, JLabel who, JLabel time, JLabel state, JLabel quality) { }

    CallsPane(Kit kit, Desk desk, WindowHost host) {
        this.kit = kit;
        this.desk = desk;
        this.host = host;
        this.panel = kit.panel(Part.CALLS.id(), new GridLayout(0, 1, 0, 0));
        panel.setOpaque(true);
        Color box = kit.colour(Place.BOX).orElseGet(() -> UIManager.getColor("TextField.background"));
        panel.setBackground(box);
        panel.setBorder(BorderFactory.createLineBorder(UIManager.getColor("Component.borderColor") == null ? Color.GRAY
                : UIManager.getColor("Component.borderColor")));
        panel.getAccessibleContext().setAccessibleName(kit.word("Calls"));
        show(Snapshot.NONE, Instant.EPOCH);
    }

    private Row row(int index) {
        Row row = new Row(new JPanel(new BorderLayout(8, 0)), text("call-who-" + index, true), text("call-time-" + index, true),
                text("call-state-" + index, false), text("call-quality-" + index, false));
        row.panel.setOpaque(false);
        row.panel.setName("call-" + index);
        row.panel.setBorder(BorderFactory.createEmptyBorder(4, 8, 4, 8));
        JPanel left = kit.panel("call-left-" + index, new GridLayout(2, 1));
        left.add(row.who);
        left.add(row.state);
        JPanel right = kit.panel("call-right-" + index, new GridLayout(2, 1));
        row.time.setHorizontalAlignment(JLabel.RIGHT);
        row.quality.setHorizontalAlignment(JLabel.RIGHT);
        right.add(row.time);
        right.add(row.quality);
        row.panel.add(left, BorderLayout.CENTER);
        row.panel.add(right, BorderLayout.EAST);
        return row;
    }

    private JLabel text(String id, boolean first) {
        JLabel label = kit.plain(id, " ");
        float size = label.getFont().getSize2D();
        label.setFont(first ? label.getFont().deriveFont(Font.BOLD) : label.getFont().deriveFont(size - 1));
        if (kit.colour(Place.LABEL).isEmpty()) {
            label.setForeground(new Color(Colours.contrast(panel.getBackground().getRGB())));
        }
        return label;
    }

    JPanel panel() {
        return panel;
    }

    /** Shows the calls, with their length until now. */
    void show(Snapshot next, Instant time) {
        while (rows.size() < Math.max(LEAST, next.calls().size())) {
            add();
        }
        while (rows.size() > Math.max(LEAST, next.calls().size())) {
            panel.remove(rows.remove(rows.size() - 1).panel);
            panel.revalidate();
        }
        for (int i = 0; i < rows.size(); i++) {
            if (i < next.calls().size()) {
                LineView call = next.calls().get(i);
                boolean current = next.current().filter(call::equals).isPresent();
                fill(rows.get(i), call, current && next.calls().size() > 1, time);
            } else {
                clear(rows.get(i), i == 0 && next.calls().isEmpty());
            }
        }
        panel.repaint();
    }

    private void add() {
        Row row = row(rows.size());
        int index = rows.size();
        row.panel.addMouseListener(new MouseAdapter() {
            @Override
            public void mouseClicked(MouseEvent click) {
                Object line = rows.get(index).panel.getClientProperty("line");
                if (line instanceof Integer number) {
                    desk.line(number);
                }
            }
        });
        rows.add(row);
        panel.add(row.panel);
        panel.revalidate();
    }

    private void fill(Row row, LineView call, boolean marked, Instant time) {
        row.panel.putClientProperty("line", call.line());
        row.panel.setCursor(Cursor.getPredefinedCursor(Cursor.HAND_CURSOR));
        row.who.setText((marked ? "▸ " : "") + (call.incoming() ? "↙ " : "↗ ") + CallText.who(call));
        row.time.setText(CallText.time(call, time) + " ");
        String lock = call.encrypted() >= 2 ? " · " + kit.word("encrypted") : "";
        row.state.setText(call.line() + ": " + host.word(call.state()) + lock + " ");
        row.quality.setText(CallText.quality(call) + " ");
        row.panel.setToolTipText(call.codec().isEmpty() ? null : call.codec());
        Color normal = row.state.getForeground();
        row.quality.setForeground(switch (CallText.grade(call)) {
            case GOOD -> Kit.readable(Kit.GREEN, panel.getBackground());
            case FAIR -> Kit.readable(Kit.AMBER, panel.getBackground());
            case POOR -> Kit.readable(Kit.RED, panel.getBackground());
            case UNKNOWN -> normal;
        });
        row.panel.getAccessibleContext().setAccessibleName(CallText.who(call) + ", " + host.word(call.state()) + ", "
                + CallText.time(call, time));
    }

    private void clear(Row row, boolean first) {
        row.panel.putClientProperty("line", null);
        row.panel.setCursor(Cursor.getDefaultCursor());
        row.who.setText(" ");
        row.time.setText(" ");
        row.state.setText(first ? kit.word("No calls") : " ");
        row.quality.setText(" ");
        row.panel.getAccessibleContext().setAccessibleName(first ? kit.word("No calls") : "");
    }
}
