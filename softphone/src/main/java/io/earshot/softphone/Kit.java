package io.earshot.softphone;

import io.earshot.softphone.model.Colours;
import io.earshot.softphone.model.Colours.Place;
import io.earshot.softphone.model.Texts;
import java.awt.Color;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.event.ActionEvent;
import java.awt.event.ActionListener;
import java.util.Optional;
import java.util.stream.Stream;
import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.Icon;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextArea;
import javax.swing.JToggleButton;
import javax.swing.AbstractButton;
import javax.swing.KeyStroke;
import javax.swing.text.JTextComponent;

/** Makes components: named, with words in the user's language, names for those who do not see, and the colours of the parameters. */
final class Kit {
    static final Color GREEN = new Color(0x2E9E5B);
    static final Color RED = new Color(0xD64545);
    static final Color AMBER = new Color(0xE09B2D);
    private static final int GAP = 8;

    private final Texts texts;
    private final Colours colours;

    Kit(Texts texts, Colours colours) {
        this.texts = texts;
        this.colours = colours;
    }

    String word(String english) {
        return texts.of(english);
    }

    Texts texts() {
        return texts;
    }

    Optional<Color> colour(Place place) {
        return colours.of(place).map(Color::new);
    }

    /** Returns a colour as it can be read on a background: brighter on a dark one. */
    static Color readable(Color colour, Color on) {
        return Colours.contrast(on.getRGB() & 0xFFFFFF) == 0 ? colour : colour.brighter();
    }

    // ---- buttons

    /** A button with an icon, or with a word where there is none. */
    JButton button(String id, String english, Optional<Icon> icon, ActionListener pressed) {
        JButton button = new JButton();
        dress(button, id, english, icon);
        button.addActionListener(pressed);
        return button;
    }

    /** A button that stays pressed; what it means is shown by who owns it, not by pressing. */
    JToggleButton toggle(String id, String english, Icon icon, ActionListener pressed) {
        JToggleButton button = new JToggleButton();
        dress(button, id, english, Optional.of(icon));
        button.addActionListener(pressed);
        return button;
    }

    private void dress(AbstractButton button, String id, String english, Optional<Icon> icon) {
        button.setName(id);
        icon.ifPresentOrElse(button::setIcon, () -> button.setText(word(english)));
        rename(button, english);
        button.putClientProperty("JButton.buttonType", "roundRect");
        button.setFocusPainted(true);
        colour(Place.BUTTON_BACKGROUND).ifPresent(button::setBackground);
        colour(Place.BUTTON_FOREGROUND).ifPresent(button::setForeground);
    }

    /** Gives a component its words: what is read out and what comes up under the mouse. */
    void rename(JComponent component, String english) {
        component.setToolTipText(word(english));
        component.getAccessibleContext().setAccessibleName(word(english));
    }

    /** Makes a button the one that stands out. */
    static void accent(JButton button, Color colour) {
        button.setBackground(colour);
        button.setForeground(Color.WHITE);
        button.setFont(button.getFont().deriveFont(Font.BOLD));
    }

    // ---- others

    JLabel label(String english, JComponent of) {
        JLabel label = plain(of.getName() + "-label", word(english));
        label.setLabelFor(of);
        of.getAccessibleContext().setAccessibleName(word(english));
        return label;
    }

    JLabel plain(String id, String text) {
        JLabel label = new JLabel(text);
        label.setName(id);
        colour(Place.LABEL).or(() -> colour(Place.BACKGROUND).map(Kit::contrast)).ifPresent(label::setForeground);
        return label;
    }

    /** The content of a window. */
    JPanel root(String id, java.awt.LayoutManager layout) {
        JPanel panel = padded(new JPanel(layout));
        panel.setName(id);
        colour(Place.BACKGROUND).ifPresent(panel::setBackground);
        return panel;
    }

    /** A text that is a box: read, not written. */
    JTextArea box(String id, String english, JTextArea text) {
        text.setName(id);
        text.setEditable(false);
        text.getAccessibleContext().setAccessibleName(word(english));
        colour(Place.BOX).ifPresent(back -> {
            text.setBackground(back);
            text.setForeground(contrast(back));
        });
        return text;
    }

    private static Color contrast(Color with) {
        return new Color(Colours.contrast(with.getRGB()));
    }

    <T extends JTextComponent> T field(String id, String english, T field) {
        field.setName(id);
        field.getAccessibleContext().setAccessibleName(word(english));
        colour(Place.EDIT_BACKGROUND).ifPresent(field::setBackground);
        colour(Place.EDIT_FOREGROUND).ifPresent(field::setForeground);
        return field;
    }

    JPanel panel(String id, java.awt.LayoutManager layout) {
        JPanel panel = new JPanel(layout);
        panel.setName(id);
        panel.setOpaque(false);
        return panel;
    }

    /** A panel with the colour of state, volume and lines. */
    JPanel other(String id, java.awt.LayoutManager layout) {
        JPanel panel = panel(id, layout);
        colour(Place.OTHER).ifPresent(back -> {
            panel.setOpaque(true);
            panel.setBackground(back);
        });
        return panel;
    }

    private static <C extends JComponent> C padded(C component) {
        component.setBorder(BorderFactory.createEmptyBorder(GAP, GAP, GAP, GAP));
        return component;
    }

    static <C extends Component> C sized(C component, int width, int height) {
        component.setPreferredSize(new Dimension(width, height));
        return component;
    }

    /** Gives a component a height, and the width that it wants. */
    static <C extends Component> C tall(C component, int height) {
        return sized(component, component.getPreferredSize().width, height);
    }

    /** Lets a key do something wherever the focus is in the window of a component. */
    static void key(JComponent component, String stroke, Runnable action) {
        component.getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW).put(KeyStroke.getKeyStroke(stroke), stroke);
        component.getActionMap().put(stroke, new AbstractAction() {
            private static final long serialVersionUID = 1L;

            @Override
            public void actionPerformed(ActionEvent pressed) {
                action.run();
            }
        });
    }

    /** Returns the component of a name below another, if there is one. */
    static Optional<Component> find(Component from, String id) {
        if (id.equals(from.getName())) {
            return Optional.of(from);
        }
        return from instanceof Container box
                ? Stream.of(box.getComponents()).map(inner -> find(inner, id)).flatMap(Optional::stream).findFirst() : Optional.empty();
    }
}
