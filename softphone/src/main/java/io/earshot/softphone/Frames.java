package io.earshot.softphone;

import io.earshot.softphone.model.Plan;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.util.stream.Stream;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;

/** Makes frames. */
final class Frames {
    private static final int STEP = 32;

    private Frames() {
    }

    /**
     * Makes one that is hidden when it is closed; not shown yet.
     *
     * @param beside next to what it comes; null for anywhere
     * @param index how many there are: each comes a little further down
     */
    static JFrame of(String title, JPanel content, Component beside, int index) {
        JFrame frame = new JFrame(title);
        frame.setName(content.getName() + "-frame");
        frame.setDefaultCloseOperation(JFrame.HIDE_ON_CLOSE);
        frame.setContentPane(content);
        frame.setIconImages(Stream.of(16, 32, 64, 128).map(Frames::image).toList());
        frame.pack();
        frame.setMinimumSize(new Dimension(Math.min(200, frame.getWidth()), Math.min(60, frame.getHeight())));
        if (beside == null) {
            frame.setLocationByPlatform(true);
        } else {
            frame.setLocation(beside.getX() + beside.getWidth() + STEP * index, beside.getY() + STEP * (index - 1));
        }
        return frame;
    }

    private static Image image(int size) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setColor(Kit.GREEN);
        g.fillRoundRect(0, 0, size, size, size / 3, size / 3);
        JLabel white = new JLabel();
        white.setForeground(java.awt.Color.WHITE);
        int inner = size * 3 / 4;
        Glyph.CALL.icon(inner).paintIcon(white, g, (size - inner) / 2, (size - inner) / 2);
        g.dispose();
        return image;
    }

    /** Gives a frame the size of the parameters, or the one that its content wants. */
    static void fit(JFrame frame, Plan plan) {
        Dimension wanted = frame.getPreferredSize();
        frame.setSize(plan.width().orElse(Math.max(frame.getWidth(), wanted.width)), plan.height().orElse(wanted.height));
        frame.validate();
    }

    static void onClose(JFrame frame, Runnable then) {
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosing(WindowEvent event) {
                then.run();
            }
        });
    }
}
