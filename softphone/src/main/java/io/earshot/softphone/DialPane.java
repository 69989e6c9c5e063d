package io.earshot.softphone;

import io.earshot.softphone.model.Buttons;
import io.earshot.softphone.model.Desk;
import io.earshot.softphone.model.History;
import io.earshot.softphone.model.Part;
import io.earshot.softphone.model.Plan;
import io.earshot.softphone.model.Snapshot;
import java.awt.BorderLayout;
import java.awt.GridLayout;
import java.util.Optional;
import javax.swing.DefaultComboBoxModel;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JPanel;
import javax.swing.JTextField;
import javax.swing.event.DocumentEvent;
import javax.swing.event.DocumentListener;

/** The field for the number, with those called before, and the buttons to call and hang up. */
final class DialPane {
    private static final int TALL = 38;
    private static final int ICON = 20;

    private final Kit kit;
    private final Desk desk;
    private final JPanel panel;
    private final Optional<JComboBox<String>> number;
    private final Optional<JButton> call;
    private final Optional<JButton> hangUp;
    private final Optional<JButton> redial;
    private History history = new History();
    private Snapshot now = Snapshot.NONE;
    private Runnable changed = () -> { };

    DialPane(Kit kit, Plan plan, Desk desk) {
        this.kit = kit;
        this.desk = desk;
        this.panel = kit.panel("dial", new BorderLayout(6, 6));
        this.number = plan.has(Part.NUMBER) ? Optional.of(box()) : Optional.empty();
        this.call = plan.has(Part.CALL) ? Optional.of(kit.button(Part.CALL.id(), "Call", Optional.of(Glyph.CALL.icon(ICON)),
                pressed -> call())) : Optional.empty();
        this.hangUp = plan.has(Part.HANGUP) ? Optional.of(kit.button(Part.HANGUP.id(), "Hang up", Optional.of(Glyph.HANG_UP.icon(ICON)),
                pressed -> desk.hangUp(now))) : Optional.empty();
        this.redial = plan.has(Part.REDIAL) ? Optional.of(kit.button(Part.REDIAL.id(), "Redial", Optional.of(Glyph.REDIAL.icon(18)),
                pressed -> desk.redial())) : Optional.empty();
        JPanel top = kit.panel("number-row", new BorderLayout(6, 0));
        number.ifPresent(box -> top.add(box, BorderLayout.CENTER));
        redial.ifPresent(button -> top.add(button, BorderLayout.EAST));
        JPanel buttons = kit.panel("call-row", new GridLayout(1, 0, 6, 0));
        call.ifPresent(button -> {
            Kit.accent(button, Kit.GREEN);
            buttons.add(Kit.tall(button, TALL));
        });
        hangUp.ifPresent(button -> {
            Kit.accent(button, Kit.RED);
            buttons.add(Kit.tall(button, TALL));
        });
        panel.add(top, BorderLayout.NORTH);
        panel.add(buttons, BorderLayout.CENTER);
        if (number.isPresent()) {
            desk.history(this::history);
        }
    }

    private JComboBox<String> box() {
        JComboBox<String> box = new JComboBox<>();
        box.setEditable(true);
        box.setName("numbers");
        box.setMaximumRowCount(10);
        JTextField field = kit.field(Part.NUMBER.id(), "Number or address", (JTextField) box.getEditor().getEditorComponent());
        box.getAccessibleContext().setAccessibleName(kit.word("Number or address"));
        box.putClientProperty("JTextField.placeholderText", kit.word("Number or address"));
        field.setFont(field.getFont().deriveFont(field.getFont().getSize2D() + 3));
        field.addActionListener(entered -> call());
        field.getDocument().addDocumentListener(new DocumentListener() {
            @Override
            public void insertUpdate(DocumentEvent event) {
                changed.run();
            }

            @Override
            public void removeUpdate(DocumentEvent event) {
                changed.run();
            }

            @Override
            public void changedUpdate(DocumentEvent event) {
                changed.run();
            }
        });
        return box;
    }

    private void history(History known) {
        history = known;
        fill(text());
    }

    private void fill(String text) {
        number.ifPresent(box -> {
            box.setModel(new DefaultComboBoxModel<>(history.numbers().toArray(String[]::new)));
            box.setSelectedItem(null);
            field().setText(text);
        });
    }

    private JTextField field() {
        return (JTextField) number.orElseThrow().getEditor().getEditorComponent();
    }

    // ---- for others

    /** Calls the number, or answers what rings here. */
    void call() {
        if (now.ringing().isPresent()) {
            desk.answer(now);
        } else if (!text().isBlank()) {
            String wanted = text();
            history.add(wanted);
            desk.keep(history);
            desk.call(wanted);
            fill("");
        }
    }

    /** Takes the number out of its field, for something else than a call. */
    String take() {
        String wanted = text();
        fill("");
        return wanted;
    }

    String text() {
        return number.isPresent() ? field().getText() : "";
    }

    void text(String text) {
        number.ifPresent(box -> field().setText(text));
    }

    /** Says what happens when the number changes. */
    void onChange(Runnable then) {
        changed = then;
    }

    void focus() {
        number.ifPresent(box -> box.getEditor().getEditorComponent().requestFocusInWindow());
    }

    JPanel panel() {
        return panel;
    }

    void show(Snapshot next) {
        now = next;
        Buttons can = Buttons.of(now, !text().isBlank());
        call.ifPresent(button -> {
            button.setEnabled(can.call());
            kit.rename(button, can.answers() ? "Answer" : "Call");
            button.setText(kit.word(can.answers() ? "Answer" : "Call"));
        });
        hangUp.ifPresent(button -> {
            button.setEnabled(can.hangUp());
            kit.rename(button, can.rejects() ? "Reject" : "Hang up");
            button.setText(kit.word(can.rejects() ? "Reject" : "Hang up"));
        });
        redial.ifPresent(button -> button.setEnabled(now.calls().isEmpty()));
    }
}
