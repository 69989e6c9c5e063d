package io.earshot.softphone;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;
import javax.swing.Icon;
import javax.swing.UIManager;

/** The icons, drawn in the colour of what they are on; in a square of 24 units. */
enum Glyph {
    CALL, HANG_UP, HOLD, MUTE, TRANSFER, CONFERENCE, REDIAL, CHAT, AUDIO, LOG, MICROPHONE, SPEAKER, RING, BACKSPACE;

    private static final double UNITS = 24;

    /** Returns the icon in a size. */
    Icon icon(int size) {
        return new Drawn(this, size);
    }

    private record Drawn(Glyph glyph, int size) implements Icon {
        @Override
        public void paintIcon(Component on, Graphics graphics, int x, int y) {
            Graphics2D g = (Graphics2D) graphics.create();
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            g.translate(x, y);
            g.scale(size / UNITS, size / UNITS);
            g.setStroke(new BasicStroke(1.9f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            g.setColor(on.isEnabled() ? on.getForeground() : faded(on));
            glyph.paint(g);
            g.dispose();
        }

        private static Color faded(Component on) {
            Color disabled = UIManager.getColor("Button.disabledText");
            return disabled == null ? Color.GRAY : disabled;
        }

        @Override
        public int getIconWidth() {
            return size;
        }

        @Override
        public int getIconHeight() {
            return size;
        }
    }

    private void paint(Graphics2D g) {
        switch (this) {
            case CALL -> g.fill(handset(-Math.PI / 4 - Math.PI / 2, 0));
            case HANG_UP -> g.fill(handset(0, 2));
            case HOLD -> fill(g, bar(6.5, 5, 3.6, 14), bar(13.9, 5, 3.6, 14));
            case MUTE -> {
                microphone(g);
                g.draw(new Line2D.Double(4.5, 3.5, 19.5, 20.5));
            }
            case TRANSFER -> draw(g, line(4, 8, 19, 8), line(15, 4, 19, 8), line(15, 12, 19, 8), line(20, 16, 5, 16), line(9, 12.5, 5, 16),
                    line(9, 19.5, 5, 16));
            case CONFERENCE -> people(g);
            case REDIAL -> draw(g, new Arc2D.Double(4.5, 4.5, 15, 15, 40, 290, Arc2D.OPEN), line(18.7, 3, 18.2, 7.6),
                    line(13.6, 7.2, 18.2, 7.6));
            case CHAT -> {
                g.draw(new RoundRectangle2D.Double(3.5, 4.5, 17, 12, 5, 5));
                draw(g, line(8, 16.5, 7.5, 20.5), line(7.5, 20.5, 12, 16.5), line(8, 9, 16, 9), line(8, 12.3, 13, 12.3));
            }
            case AUDIO -> sliders(g);
            case LOG -> draw(g, new RoundRectangle2D.Double(4.5, 3.5, 15, 17, 3, 3), line(8, 8, 16, 8), line(8, 12, 16, 12),
                    line(8, 16, 13, 16));
            case MICROPHONE -> microphone(g);
            case SPEAKER -> speaker(g);
            case RING -> bell(g);
            case BACKSPACE -> {
                Path2D tag = new Path2D.Double();
                tag.moveTo(9, 5.5);
                tag.lineTo(20.5, 5.5);
                tag.lineTo(20.5, 18.5);
                tag.lineTo(9, 18.5);
                tag.lineTo(3.5, 12);
                tag.closePath();
                draw(g, tag, line(11.5, 9.3, 16.8, 14.7), line(16.8, 9.3, 11.5, 14.7));
            }
            default -> throw new IllegalStateException(name());
        }
    }

    private static Shape line(double x1, double y1, double x2, double y2) {
        return new Line2D.Double(x1, y1, x2, y2);
    }

    private static Shape bar(double x, double y, double width, double height) {
        return new RoundRectangle2D.Double(x, y, width, height, 2, 2);
    }

    private static void draw(Graphics2D g, Shape... shapes) {
        List.of(shapes).forEach(g::draw);
    }

    private static void fill(Graphics2D g, Shape... shapes) {
        List.of(shapes).forEach(g::fill);
    }

    /** A handset that lies on its back, turned. */
    private static Shape handset(double turn, double down) {
        Area ring = new Area(new Ellipse2D.Double(1.5, 6, 21, 21));
        ring.subtract(new Area(new Ellipse2D.Double(6, 10.5, 12, 12)));
        ring.intersect(new Area(new java.awt.geom.Rectangle2D.Double(0, 0, 24, 14.5)));
        ring.add(new Area(new RoundRectangle2D.Double(1.2, 10.6, 6.2, 5.6, 2.4, 2.4)));
        ring.add(new Area(new RoundRectangle2D.Double(16.6, 10.6, 6.2, 5.6, 2.4, 2.4)));
        AffineTransform move = AffineTransform.getRotateInstance(turn, 12, 12);
        move.translate(0, turn == 0 ? down - 1 : 1.5);
        return move.createTransformedShape(ring);
    }

    private static void microphone(Graphics2D g) {
        g.fill(new RoundRectangle2D.Double(9, 2.8, 6, 11, 6, 6));
        draw(g, new Arc2D.Double(5.7, 5.2, 12.6, 12.6, 190, 160, Arc2D.OPEN), line(12, 17.8, 12, 21), line(8.5, 21, 15.5, 21));
    }

    private static void people(Graphics2D g) {
        g.fill(new Ellipse2D.Double(8.9, 5, 6.2, 6.2));
        g.fill(new Arc2D.Double(6, 13, 12, 13, 0, 180, Arc2D.CHORD));
        draw(g, new Ellipse2D.Double(2.8, 7.2, 3.6, 3.6), new Ellipse2D.Double(17.6, 7.2, 3.6, 3.6),
                new Arc2D.Double(1.2, 13.8, 7, 8, 100, 80, Arc2D.OPEN), new Arc2D.Double(15.8, 13.8, 7, 8, 0, 80, Arc2D.OPEN));
    }

    private static void sliders(Graphics2D g) {
        draw(g, line(4, 7, 20, 7), line(4, 12, 20, 12), line(4, 17, 20, 17));
        fill(g, new Ellipse2D.Double(13, 4.6, 4.8, 4.8), new Ellipse2D.Double(6, 9.6, 4.8, 4.8),
                new Ellipse2D.Double(11.5, 14.6, 4.8, 4.8));
    }

    private static void speaker(Graphics2D g) {
        Path2D horn = new Path2D.Double();
        horn.moveTo(3.5, 9);
        horn.lineTo(7, 9);
        horn.lineTo(12, 5);
        horn.lineTo(12, 19);
        horn.lineTo(7, 15);
        horn.lineTo(3.5, 15);
        horn.closePath();
        g.fill(horn);
        draw(g, new Arc2D.Double(11, 8, 6, 8, -60, 120, Arc2D.OPEN), new Arc2D.Double(10, 4.5, 11, 15, -60, 120, Arc2D.OPEN));
    }

    private static void bell(Graphics2D g) {
        Path2D bell = new Path2D.Double();
        bell.moveTo(5, 17);
        bell.curveTo(7, 15, 6.8, 13, 6.8, 10.5);
        bell.curveTo(6.8, 2.6, 17.2, 2.6, 17.2, 10.5);
        bell.curveTo(17.2, 13, 17, 15, 19, 17);
        bell.closePath();
        fill(g, bell, new Ellipse2D.Double(10, 18, 4, 3.4));
    }
}
