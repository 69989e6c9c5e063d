package io.earshot.softphone;

import io.earshot.sdk.window.LineView;
import io.earshot.softphone.model.CallText;
import java.awt.BorderLayout;
import java.awt.Font;
import java.awt.GridLayout;
import java.util.Optional;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;

/** What comes up when a call comes in: who it is, to answer and to reject. */
final class PopupPane {
    private final JPanel panel;
    private final JButton answer;

    PopupPane(Kit kit, LineView call, Runnable accept, Runnable reject) {
        panel = kit.root("incoming", new BorderLayout(10, 10));
        JLabel title = kit.plain("incoming-title", kit.word("Incoming call"));
        JLabel who = kit.plain("incoming-who", CallText.who(call));
        who.setFont(who.getFont().deriveFont(Font.BOLD, who.getFont().getSize2D() + 5));
        JPanel text = kit.panel("incoming-text", new GridLayout(2, 1));
        text.add(title);
        text.add(who);
        answer = kit.button("incoming-answer", "Answer", Optional.of(Glyph.CALL.icon(18)), pressed -> accept.run());
        answer.setText(kit.word("Answer"));
        Kit.accent(answer, Kit.GREEN);
        JButton refuse = kit.button("incoming-reject", "Reject", Optional.of(Glyph.HANG_UP.icon(18)), pressed -> reject.run());
        refuse.setText(kit.word("Reject"));
        Kit.accent(refuse, Kit.RED);
        JPanel buttons = kit.panel("incoming-buttons", new GridLayout(1, 2, 8, 0));
        buttons.add(Kit.tall(answer, 36));
        buttons.add(refuse);
        panel.add(text, BorderLayout.CENTER);
        panel.add(buttons, BorderLayout.SOUTH);
        Kit.key(panel, "ESCAPE", reject);
        panel.getAccessibleContext().setAccessibleName(kit.word("Incoming call") + ": " + CallText.who(call));
    }

    JPanel panel() {
        return panel;
    }

    JButton answer() {
        return answer;
    }
}
