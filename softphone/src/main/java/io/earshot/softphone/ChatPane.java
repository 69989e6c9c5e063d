package io.earshot.softphone;

import io.earshot.softphone.model.ChatLog;
import io.earshot.softphone.model.ChatLog.From;
import io.earshot.softphone.model.ChatLog.Said;
import io.earshot.softphone.model.Desk;
import java.awt.BorderLayout;
import java.util.Optional;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.JTextField;

/** A chat: with whom, what was said, what to say. */
final class ChatPane {
    private final Kit kit;
    private final Desk desk;
    private final ChatLog log;
    private final JPanel panel;
    private final JComboBox<String> peer = new JComboBox<>();
    private final JTextArea said = new JTextArea(14, 34);
    private final JTextField line;
    private final JLabel composing;

    ChatPane(Kit kit, Desk desk, ChatLog log) {
        this.kit = kit;
        this.desk = desk;
        this.log = log;
        this.panel = kit.root("chat-window", new BorderLayout(6, 6));
        peer.setEditable(true);
        peer.setName("chat-peers");
        peer.getAccessibleContext().setAccessibleName(kit.word("Chat with"));
        JTextField name = kit.field("chat-peer", "Chat with", (JTextField) peer.getEditor().getEditorComponent());
        name.putClientProperty("JTextField.placeholderText", kit.word("Number or address"));
        name.addActionListener(entered -> refresh());
        peer.addActionListener(chosen -> refresh());
        kit.box("chat-said", "Chat", said);
        said.setLineWrap(true);
        said.setWrapStyleWord(true);
        line = kit.field("chat-line", "Message", new JTextField());
        line.putClientProperty("JTextField.placeholderText", kit.word("Message"));
        line.addActionListener(entered -> send());
        composing = kit.plain("chat-composing", " ");
        JPanel bottom = kit.panel("chat-bottom", new BorderLayout(6, 4));
        bottom.add(composing, BorderLayout.NORTH);
        bottom.add(line, BorderLayout.CENTER);
        bottom.add(kit.button("chat-send", "Send", Optional.empty(), pressed -> send()), BorderLayout.EAST);
        panel.add(peer, BorderLayout.NORTH);
        panel.add(new JScrollPane(said), BorderLayout.CENTER);
        panel.add(bottom, BorderLayout.SOUTH);
    }

    private void send() {
        String to = peer();
        if (!to.isBlank() && !line.getText().isBlank()) {
            desk.chat(to, line.getText());
            log.add(user(to), From.US, line.getText());
            line.setText("");
            refresh();
        }
    }

    /** Chats are kept by the user part, as notifications name peers. */
    private static String user(String address) {
        return address.strip().replaceFirst("(?i)^sips?:", "").replaceFirst("@.*", "");
    }

    private String peer() {
        return ((JTextField) peer.getEditor().getEditorComponent()).getText();
    }

    JPanel panel() {
        return panel;
    }

    JTextField line() {
        return line;
    }

    /** Chats with somebody from now on; empty leaves it as it is. */
    void with(String somebody) {
        if (!somebody.isBlank()) {
            ((JTextField) peer.getEditor().getEditorComponent()).setText(somebody);
        } else if (peer().isBlank() && !log.peers().isEmpty()) {
            ((JTextField) peer.getEditor().getEditorComponent()).setText(log.peers().get(log.peers().size() - 1));
        }
        refresh();
    }

    /** Somebody has said something, or it was told what became of something said: who chats with nobody yet chats with him. */
    void heard(String who) {
        with(peer().isBlank() ? who : "");
    }

    /** Tells that a peer writes, or no longer does. */
    void composing(String who, boolean active) {
        composing.setText(active && who.equals(user(peer())) ? who + " …" : " ");
    }

    /** Shows what was said. */
    void refresh() {
        String with = peer();
        for (String known : log.peers()) {
            boolean listed = false;
            for (int i = 0; i < peer.getItemCount(); i++) {
                listed |= known.equals(peer.getItemAt(i));
            }
            if (!listed) {
                peer.addItem(known);
                ((JTextField) peer.getEditor().getEditorComponent()).setText(with);
            }
        }
        StringBuilder text = new StringBuilder();
        for (Said one : log.with(user(with))) {
            text.append(switch (one.from()) {
                case US -> kit.word("Me") + ": ";
                case PEER -> user(with) + ": ";
                case REPORT -> "   – ";
            }).append(one.text()).append('\n');
        }
        if (!said.getText().contentEquals(text)) {
            said.setText(text.toString());
            said.setCaretPosition(said.getDocument().getLength());
        }
    }
}
