package io.earshot.softphone;

import io.earshot.sdk.window.WindowHost;
import io.earshot.softphone.model.Desk;
import io.earshot.softphone.model.Part;
import io.earshot.softphone.model.Plan;
import io.earshot.softphone.model.Snapshot;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javax.swing.JButton;
import javax.swing.JPanel;
import javax.swing.JPasswordField;
import javax.swing.JTextField;

/** The fields of the account, and the button to register. */
final class AccountPane {
    private static final int COLUMNS = 14;
    private final Kit kit;
    private final Desk desk;
    private final JPanel panel;
    private final Map<Part, JTextField> fields = new EnumMap<>(Part.class);
    private final Optional<JButton> connect;
    private Snapshot now = Snapshot.NONE;

    AccountPane(Kit kit, Plan plan, Desk desk, WindowHost host) {
        this.kit = kit;
        this.desk = desk;
        this.panel = kit.panel("account", new GridBagLayout());
        boolean two = plan.has(Part.EXTENSION) && host.given("sipusername").isPresent();
        row(plan, Part.SERVER, "Server", host.parameter("serveraddress"));
        row(plan, Part.EXTENSION, "Extension", two ? host.parameter("username") : "");
        row(plan, Part.USER, "User name", host.parameter(two ? "sipusername" : "username"));
        row(plan, Part.PASSWORD, "Password", "");
        if (fields.containsKey(Part.PASSWORD) && host.given("password").isPresent()) {
            fields.get(Part.PASSWORD).putClientProperty("JTextField.placeholderText", "••••••••");
        }
        row(plan, Part.DISPLAY_NAME, "Display name", host.parameter("displayname"));
        connect = plan.has(Part.CONNECT) ? Optional.of(kit.button(Part.CONNECT.id(), "Connect", Optional.empty(), pressed -> pressed()))
                : Optional.empty();
        connect.ifPresent(button -> panel.add(button, at(1, fields.size())));
    }

    private void row(Plan plan, Part part, String english, String value) {
        if (!plan.has(part)) {
            return;
        }
        JTextField field = kit.field(part.id(), english, part == Part.PASSWORD ? new JPasswordField(COLUMNS) : new JTextField(COLUMNS));
        field.setText(value);
        field.addActionListener(entered -> login());
        panel.add(kit.label(english, field), at(0, fields.size()));
        panel.add(field, at(1, fields.size()));
        fields.put(part, field);
    }

    private static GridBagConstraints at(int column, int row) {
        GridBagConstraints at = new GridBagConstraints();
        at.gridx = column;
        at.gridy = row;
        at.weightx = column;
        at.fill = GridBagConstraints.HORIZONTAL;
        at.insets = new Insets(2, column == 0 ? 0 : 8, 2, 0);
        return at;
    }

    private String text(Part part) {
        JTextField field = fields.get(part);
        return field == null ? "" : field instanceof JPasswordField secret ? String.valueOf(secret.getPassword()) : field.getText();
    }

    private void pressed() {
        if (now.registered()) {
            desk.disconnect();
        } else {
            login();
        }
    }

    private void login() {
        desk.connect(new Desk.Login(text(Part.SERVER), text(Part.USER), text(Part.PASSWORD), text(Part.EXTENSION),
                text(Part.DISPLAY_NAME)));
    }

    JPanel panel() {
        return panel;
    }

    void show(Snapshot next) {
        now = next;
        connect.ifPresent(button -> {
            String word = now.registered() ? "Disconnect" : "Connect";
            button.setText(kit.word(word));
            kit.rename(button, word);
        });
    }
}
