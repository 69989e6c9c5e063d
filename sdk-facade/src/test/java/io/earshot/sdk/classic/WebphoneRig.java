package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.IncomingCall;
import io.earshot.api.Phone;
import io.earshot.api.time.Ticker;
import io.earshot.testkit.server.TestSipServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import webphone.webphone;

/** A webphone "alice" at a registrar and a modern phone "bob" for one test. Waits are for notifications, never for time. */
final class WebphoneRig implements AutoCloseable {
    /** Lines about calls that go on come each second, so that waiting for each by itself would never end. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);
    final TestSipServer server = TestSipServer.builder().user("alice", "alice-secret").user("bob", "bob-secret")
            .user("carol", "carol-secret").user("dora", "dora-secret").start();
    final webphone alice = new webphone();
    final BlockingQueue<IncomingCall> calls = new LinkedBlockingQueue<>();
    private final Ticker ticker = Ticker.system();
    private final List<String> told = new ArrayList<>();
    private final List<Phone> peers = new ArrayList<>();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread reader = new Thread(this::read, "test-reader");

    WebphoneRig(String... parameters) {
        alice.API_SetParameter("serveraddress", host());
        alice.API_SetParameter("username", "alice");
        alice.API_SetParameter("password", "alice-secret");
        alice.API_SetParameter("localip", "127.0.0.1");
        alice.API_SetParameter("waitforunregister", "250");
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            assertTrue(alice.API_SetParameter(parameter.substring(0, equals), parameter.substring(equals + 1)), parameter);
        }
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        for (String all = alice.API_GetNotificationsSync(); !all.isEmpty(); all = alice.API_GetNotificationsSync()) {
            for (String line : all.split("\r\n")) {
                lines.add(line.replace("WPNOTIFICATION,", "").replace(",NEOL", ""));
            }
        }
    }

    /** Starts and registers. */
    WebphoneRig started() throws InterruptedException {
        assertTrue(alice.API_Start(), () -> "not started: " + alice.API_GetNotifications() + errors());
        until("STATUS,0,Registered");
        return this;
    }

    String host() {
        return server.uri("x").substring("sip:x@".length());
    }

    /** Returns a registered account on a phone of its own, whose calls come to {@link #calls}. */
    Account peer(String user) {
        Phone phone = Phone.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).open();
        peers.add(phone);
        Account account = phone.register(AccountConfig.of(server.uri(user), user + "-secret").withDisplayName(user + " x"));
        account.onCall(calls::add);
        return account;
    }

    /** Listens to what happens to the peers made so far. */
    void listen(java.util.function.Consumer<io.earshot.api.PhoneEvent> listener) {
        peers.forEach(phone -> phone.onEvent(listener));
    }

    IncomingCall ringing() throws InterruptedException {
        IncomingCall call = calls.poll(10, TimeUnit.SECONDS);
        assertTrue(call != null, () -> "nobody called; told: " + told);
        return call;
    }

    /** Reads notifications until one contains this, and returns that one. */
    String until(String text) throws InterruptedException {
        for (long end = ticker.now() + PATIENCE; ; ) {
            String line = lines.poll(end - ticker.now(), TimeUnit.NANOSECONDS);
            assertTrue(line != null, () -> "no line with '" + text + "' within 20 s; told: " + String.join("\n", told));
            told.add(line);
            if (line.contains(text)) {
                return line;
            }
        }
    }

    /** Returns every notification read so far. */
    List<String> told() {
        return told;
    }

    /** Returns the ERROR lines that nobody has read yet. */
    String errors() {
        return String.join("\n", lines.stream().filter(line -> line.contains("ERROR")).toList());
    }

    /** Waits until something holds that no notification tells. */
    static void await(String what, BooleanSupplier holds) throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            if (holds.getAsBoolean()) {
                return;
            }
            new java.util.concurrent.CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError(what + " did not come about within 10 s");
    }

    @Override
    public void close() {
        reader.interrupt();
        alice.phone().close();
        peers.forEach(Phone::close);
        server.close();
    }
}
