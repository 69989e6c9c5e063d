package io.earshot.softphone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.sdk.classic.ClassicPhone;
import io.earshot.sdk.classic.Hosts;
import io.earshot.sdk.window.WindowHost;
import io.earshot.softphone.model.Desk;
import io.earshot.softphone.model.Plan;
import io.earshot.softphone.model.Snapshot;
import io.earshot.softphone.model.Texts;
import io.earshot.testkit.server.TestSipServer;
import java.awt.EventQueue;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.swing.AbstractButton;
import javax.swing.text.JTextComponent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The window's buttons and a whole phone at a registrar, with a peer; only the display is missing. */
@Timeout(120)
class RealPhoneTest {
    private final TestSipServer server = TestSipServer.builder().user("alice", "alice-secret").user("bob", "bob-secret").start();
    private final Phone peer = Phone.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).open();
    private final BlockingQueue<IncomingCall> calls = new LinkedBlockingQueue<>();
    private final BlockingQueue<Snapshot> drawn = new LinkedBlockingQueue<>();
    private final BlockingQueue<Snapshot> changes = new LinkedBlockingQueue<>();
    private ClassicPhone phone;
    private PhonePane pane;

    @AfterEach
    void close() {
        phone.close();
        peer.close();
        server.close();
    }

    /** Presses a button by the thread that draws. */
    private void press(String id) throws Exception {
        EventQueue.invokeAndWait(() -> ((AbstractButton) Kit.find(pane.panel(), id).orElseThrow()).doClick(0));
    }

    private void write(String id, String text) throws Exception {
        EventQueue.invokeAndWait(() -> ((JTextComponent) Kit.find(pane.panel(), id).orElseThrow()).setText(text));
    }

    private void until(String what, Predicate<Snapshot> holds) throws Exception {
        for (Snapshot now = Snapshot.NONE; !holds.test(now); ) {
            now = drawn.poll(20, TimeUnit.SECONDS);
            assertTrue(now != null, what + " was not drawn; so far " + changes);
            changes.add(now);
        }
    }

    @Test
    void registersCallsHoldsAndHangsUpByButtons() throws Exception {
        String host = server.uri("x").substring("sip:x@".length());
        Desk[] desk = new Desk[1];
        phone = Hosts.phone(told -> desk[0].refresh(), "localip=127.0.0.1", "waitforunregister=250");
        WindowHost view = Hosts.of(phone);
        desk[0] = new Desk(view, EventQueue::invokeLater, now -> {
            pane.show(now, InstantSource.system().instant());
            drawn.add(now);
        });
        EventQueue.invokeAndWait(() -> {
            Plan plan = Plan.of(view);
            pane = new PhonePane(new Kit(Texts.in("en"), plan.colours()), plan, desk[0], view, new ControlsPane.Doors() {
                @Override
                public void transfer() {
                }

                @Override
                public void chat() {
                }

                @Override
                public void devices() {
                }

                @Override
                public void log() {
                }

                @Override
                public void quit() {
                }
            });
        });
        peer.register(AccountConfig.of(server.uri("bob"), "bob-secret")).onCall(calls::add);
        assertTrue(phone.start());
        write("server", host);
        write("user", "alice");
        write("password", "alice-secret");
        press("connect");
        until("the registration", Snapshot::registered);
        write("number", "bob");
        press("call");
        IncomingCall ringing = calls.poll(20, TimeUnit.SECONDS);
        assertTrue(ringing != null, "nobody called");
        Call call = ringing.answer();
        until("the call", Snapshot::isTalking);
        press("hold");
        until("hold", now -> now.current().filter(one -> one.isHeldHere()).isPresent());
        press("hold");
        until("the call taken back", now -> now.current().filter(one -> !one.isHeldHere()).isPresent());
        press("hangup");
        until("the end", now -> now.calls().isEmpty());
        call.awaitEnd();
        assertEquals(Call.State.ENDED, call.state());
        press("connect");
        until("the end of the registration", now -> !now.registered());
    }
}
