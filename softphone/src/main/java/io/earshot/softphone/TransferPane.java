package io.earshot.softphone;

import java.awt.BorderLayout;
import java.awt.FlowLayout;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.JButton;
import javax.swing.JPanel;
import javax.swing.JTextField;

/** Whom to transfer to. With two calls and no number their peers are connected. */
final class TransferPane {
    private final JPanel panel;
    private final JTextField target;
    private final JButton transfer;

    TransferPane(Kit kit, boolean two, String number, Consumer<String> then, Runnable cancel) {
        panel = kit.root("transfer-window", new BorderLayout(6, 6));
        target = kit.field("transfer-target", "Transfer to", new JTextField(22));
        target.setText(number);
        target.putClientProperty("JTextField.placeholderText", kit.word(two ? "Empty: connect both calls" : "Number or address"));
        Runnable done = () -> {
            if (two || !target.getText().isBlank()) {
                then.accept(target.getText());
            }
        };
        target.addActionListener(entered -> done.run());
        transfer = kit.button("transfer-now", "Transfer", Optional.empty(), pressed -> done.run());
        JPanel buttons = kit.panel("transfer-buttons", new FlowLayout(FlowLayout.TRAILING, 6, 0));
        buttons.add(transfer);
        buttons.add(kit.button("transfer-cancel", "Cancel", Optional.empty(), pressed -> cancel.run()));
        panel.add(kit.label("Transfer to", target), BorderLayout.NORTH);
        panel.add(target, BorderLayout.CENTER);
        panel.add(buttons, BorderLayout.SOUTH);
        Kit.key(panel, "ESCAPE", cancel);
    }

    JPanel panel() {
        return panel;
    }

    JTextField target() {
        return target;
    }

    JButton transfer() {
        return transfer;
    }
}
