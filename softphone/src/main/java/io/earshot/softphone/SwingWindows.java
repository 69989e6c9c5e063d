package io.earshot.softphone;

import io.earshot.sdk.window.PhoneWindows;
import io.earshot.sdk.window.WindowHost;
import io.earshot.softphone.model.ChatLog;
import io.earshot.softphone.model.ChatLog.From;
import io.earshot.softphone.model.Desk;
import io.earshot.softphone.model.Part;
import io.earshot.softphone.model.Plan;
import io.earshot.softphone.model.Snapshot;
import io.earshot.softphone.model.Texts;
import java.awt.EventQueue;
import java.awt.event.WindowEvent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.swing.JDialog;
import javax.swing.JFrame;
import javax.swing.Timer;

/**
 * The windows of one phone. Its public methods may be called by any thread and only queue work; the rest belongs to the thread that draws,
 * which never runs a function of the phone itself.
 */
final class SwingWindows implements PhoneWindows, ControlsPane.Doors {
    private static final int TICK_MILLIS = 500;
    private static final int MOST_LINES = 10_000;
    private static final int WINDOW_LEVEL = 4;

    private final WindowHost host;
    private final Desk desk;
    private final InstantSource clock = InstantSource.system();
    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean draining = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();

    // ---- of the thread that draws
    private final Map<Kind, JFrame> frames = new EnumMap<>(Kind.class);
    private final Timer tick;
    private final ChatLog chats = new ChatLog();
    private Optional<Made> made = Optional.empty();
    private Snapshot now = Snapshot.NONE;

    /** What is made with the first window. */
    private record Made(Kit kit, Plan plan, PhonePane phone, ChatPane chat, LogPane log, DevicesPane devices, Popups popups) { }

    SwingWindows(WindowHost host) {
        this.host = host;
        this.desk = new Desk(host, EventQueue::invokeLater, this::draw);
        this.tick = new Timer(TICK_MILLIS, again -> desk.refresh());
    }

    // ---- from any thread

    @Override
    public void show(Kind kind, String peer) {
        EventQueue.invokeLater(() -> {
            if (!closed.get()) {
                open(kind, peer);
            }
        });
    }

    @Override
    public void on(List<String> fields) {
        if (closed.get()) {
            return;
        }
        if (waiting.incrementAndGet() <= MOST_LINES) {
            logged.add(String.join(",", fields));
        } else {
            waiting.decrementAndGet();
        }
        if (draining.compareAndSet(false, true)) {
            EventQueue.invokeLater(this::drain);
        }
        switch (fields.get(0)) {
            case "STATUS", "LINE", "CDR", "START", "STOP" -> desk.refresh();
            case "CHAT", "CHATREPORT", "CHATCOMPOSING" -> EventQueue.invokeLater(() -> chat(fields));
            default -> Notice.of(fields).ifPresent(text -> EventQueue.invokeLater(() -> made.ifPresent(all -> all.phone.say(text))));
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            EventQueue.invokeLater(() -> {
                tick.stop();
                made.ifPresent(all -> all.popups.close());
                frames.values().forEach(JFrame::dispose);
            });
        }
    }

    // ---- what comes from the phone, drawn

    private void drain() {
        draining.set(false);
        List<String> lines = new ArrayList<>();
        for (String line = logged.poll(); line != null; line = logged.poll()) {
            waiting.decrementAndGet();
            lines.add(line);
        }
        made.ifPresent(all -> all.log.add(lines));
    }

    private void draw(Snapshot next) {
        now = next;
        made.ifPresent(all -> {
            all.phone.show(now, clock.instant());
            all.popups.show(frames.containsKey(Kind.PHONE) && !all.plan.compact() && isOn("hasincomingcallpopup") ? now : Snapshot.NONE);
        });
    }

    private void chat(List<String> fields) {
        if (made.isEmpty() || fields.size() < 4) {
            return;
        }
        String peer = fields.get(2);
        ChatPane pane = made.get().chat;
        if (fields.get(0).equals("CHAT")) {
            chats.add(peer, From.PEER, ChatLog.plain(fields.get(3)));
            pane.composing(peer, false);
            if (made.get().plan.has(Part.CHAT) && frames.containsKey(Kind.PHONE) && !isOpen(Kind.CHAT)) {
                open(Kind.CHAT, peer);
            }
        } else if (fields.get(0).equals("CHATCOMPOSING")) {
            pane.composing(peer, fields.get(3).equals("1"));
        } else if (fields.get(3).matches("[0-9]")) {
            chats.report(peer, Integer.parseInt(fields.get(3)), fields.size() > 4 ? fields.get(4) : "", made.get().kit.texts());
        }
        pane.heard(peer);
    }

    // ---- windows

    private boolean isOn(String parameter) {
        return Plan.on(host, parameter);
    }

    private boolean isOpen(Kind kind) {
        return frames.containsKey(kind) && frames.get(kind).isVisible();
    }

    private Made made() {
        if (made.isEmpty()) {
            Plan plan = Plan.of(host);
            Looks.apply(plan.look());
            Kit kit = new Kit(Texts.in(host.language()), plan.colours());
            made = Optional.of(new Made(kit, plan, new PhonePane(kit, plan, desk, host, this), new ChatPane(kit, desk, chats),
                    new LogPane(kit), new DevicesPane(kit, desk), new Popups(kit, desk)));
            drain();
            desk.refresh();
            tick.start();
        }
        return made.get();
    }

    private void open(Kind kind, String peer) {
        Made all = made();
        switch (kind) {
            case PHONE -> phone(all);
            case LOG -> front(frame(kind, "Log", all.log.panel()));
            case CHAT -> {
                all.chat.with(peer);
                front(frame(kind, "Chat", all.chat.panel()));
                all.chat.line().requestFocusInWindow();
            }
            case DEVICES -> {
                all.devices.read();
                front(frame(kind, "Sound devices", all.devices.panel()));
            }
            case TRANSFER -> transfer();
            default -> throw new IllegalStateException(kind.name());
        }
    }

    private void phone(Made all) {
        boolean first = !frames.containsKey(Kind.PHONE);
        JFrame frame = frame(Kind.PHONE, "", all.phone.panel());
        if (first) {
            all.phone.onResize(() -> Frames.fit(frame, all.plan));
            Frames.fit(frame, all.plan);
            Frames.onClose(frame, () -> host.execute(host::closed));
        }
        front(frame);
        all.phone.focus();
        if (first && all.plan.compact() && host.given("callto").isPresent() && !isOn("autocall")) {
            desk.call(host.parameter("callto"));
        }
        if (first && all.plan.has(Part.LOG) && Long.parseLong(host.parameter("loglevel")) >= WINDOW_LEVEL) {
            frame(Kind.LOG, "Log", all.log.panel()).setVisible(true);
        }
    }

    private JFrame frame(Kind kind, String title, javax.swing.JPanel content) {
        String name = kind == Kind.PHONE ? "Earshot" : made().kit.word(title) + " – Earshot";
        return frames.computeIfAbsent(kind, none -> Frames.of(name, content, frames.get(Kind.PHONE), frames.size()));
    }

    private static void front(JFrame frame) {
        frame.setVisible(true);
        frame.toFront();
    }

    // ---- doors

    @Override
    public void transfer() {
        Made all = made();
        boolean two = now.calls().size() > 1;
        JDialog dialog = new JDialog(frames.get(Kind.PHONE), all.kit.word("Transfer"));
        TransferPane pane = new TransferPane(all.kit, two, all.phone.number(), target -> {
            dialog.dispose();
            desk.transfer(now, target);
        }, dialog::dispose);
        dialog.setContentPane(pane.panel());
        dialog.getRootPane().setDefaultButton(pane.transfer());
        dialog.pack();
        dialog.setLocationRelativeTo(frames.get(Kind.PHONE));
        dialog.setVisible(true);
        pane.target().requestFocusInWindow();
    }

    @Override
    public void chat() {
        open(Kind.CHAT, now.current().map(call -> call.peer()).orElseGet(() -> made().phone.number()));
    }

    @Override
    public void devices() {
        if (isOn("hasaudio")) {
            open(Kind.DEVICES, "");
        }
    }

    @Override
    public void quit() {
        JFrame frame = frames.get(Kind.PHONE);
        frame.dispatchEvent(new WindowEvent(frame, WindowEvent.WINDOW_CLOSING));
    }

    @Override
    public void log() {
        if (isOn("canopenlogview")) {
            open(Kind.LOG, "");
        }
    }
}
