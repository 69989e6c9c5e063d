package io.earshot.softphone;

import java.awt.BorderLayout;
import java.awt.Font;
import java.util.List;
import java.util.Optional;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.text.BadLocationException;

/** The log: can be marked and copied, and grows to a limit. */
final class LogPane {
    private static final int MOST_CHARACTERS = 2_000_000;
    private static final int LESS = 500_000;

    private final JPanel panel;
    private final JTextArea text = new JTextArea(24, 100);

    LogPane(Kit kit) {
        panel = kit.root("log-window", new BorderLayout(6, 6));
        kit.box("log-text", "Log", text).setFont(new Font(Font.MONOSPACED, Font.PLAIN, 12));
        JPanel buttons = kit.panel("log-buttons", new java.awt.FlowLayout(java.awt.FlowLayout.TRAILING, 6, 0));
        buttons.add(kit.button("log-copy", "Copy", Optional.empty(), pressed -> {
            text.selectAll();
            text.copy();
        }));
        buttons.add(kit.button("log-clear", "Clear", Optional.empty(), pressed -> text.setText("")));
        panel.add(new JScrollPane(text), BorderLayout.CENTER);
        panel.add(buttons, BorderLayout.SOUTH);
    }

    JPanel panel() {
        return panel;
    }

    void add(List<String> lines) {
        boolean atEnd = text.getCaretPosition() >= text.getDocument().getLength();
        lines.forEach(line -> text.append(line + "\n"));
        int length = text.getDocument().getLength();
        if (length > MOST_CHARACTERS) {
            try {
                text.getDocument().remove(0, length - MOST_CHARACTERS + LESS);
            } catch (BadLocationException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        if (atEnd) {
            text.setCaretPosition(text.getDocument().getLength());
        }
    }
}
