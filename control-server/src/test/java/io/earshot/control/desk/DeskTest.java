package io.earshot.control.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.control.FakeTarget;
import io.earshot.control.text.Reading;
import io.earshot.control.text.RequestReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DeskTest {
    private static final long MINUTE = 60_000_000_000L;

    private final FakeTarget target = new FakeTarget();
    private Desk desk = new Desk(target, -1, 60, Runnable::run, Runnable::run);
    private final Listener socket = new Listener(true);
    private final Listener stream = new Listener(false);

    /** Writes down what it hears. */
    private static final class Listener implements Desk.Subscriber {
        final List<String> heard = new ArrayList<>();
        private final boolean classic;
        boolean connection;

        Listener(boolean classic) {
            this.classic = classic;
        }

        @Override
        public boolean isClassic() {
            return classic;
        }

        @Override
        public boolean isConnection() {
            return connection;
        }

        @Override
        public void on(Event event) {
            heard.add(event.line());
        }
    }

    private void polling(int mode) {
        desk = new Desk(target, mode, 60, Runnable::run, Runnable::run);
        desk.subscribe(socket);
        desk.subscribe(stream);
    }

    private String run(String text, Caller caller, long now) {
        List<String> results = new ArrayList<>();
        desk.run(((Reading.Read) new RequestReader(desk.functions()).read(text)).command(), caller, now, results::add);
        return results.isEmpty() ? "waits" : results.get(0);
    }

    private String run(String text, Caller caller) {
        return run(text, caller, 0);
    }

    private void publish(String... fields) {
        desk.publish(List.of(fields));
    }

    @Test
    void beforeAnybodySaysWhichWayBothWaysAreServed() {
        polling(-1);
        publish("START", "api");
        assertEquals(List.of("WPNOTIFICATION,START,api,NEOL"), socket.heard);
        assertEquals("WPNOTIFICATION,START,api,NEOL", run("API_GetNotifications", Caller.HTTP));
    }

    @Test
    void whoAsksGetsEachLineOnceAndSocketsNothingAnyMore() {
        polling(-1);
        assertEquals("", run("API_GetNotifications", Caller.HTTP));
        publish("START", "api");
        publish("START", "sip");
        assertEquals("WPNOTIFICATION,START,api,NEOL\r\nWPNOTIFICATION,START,sip,NEOL", run("API_Poll", Caller.TCP));
        assertEquals("", run("GetNotifications", Caller.HTTP));
        assertEquals(List.of(), socket.heard);
        assertEquals(2, stream.heard.size());
    }

    @Test
    void theOlderCallForPollingLeavesSocketsTheirShare() {
        polling(-1);
        run("API_Test", Caller.TCP);
        run("API_Poll", Caller.TCP);
        publish("START", "api");
        assertEquals(List.of("WPNOTIFICATION,START,api,NEOL"), socket.heard);
        assertEquals("WPNOTIFICATION,START,api,NEOL", run("API_Poll", Caller.TCP));
    }

    @Test
    void theFirstSocketCommandEndsTheWaiting() {
        polling(-1);
        publish("START", "api");
        run("API_Test", Caller.UDP);
        publish("START", "sip");
        assertEquals(2, socket.heard.size());
        assertEquals("", run("API_GetNotifications", Caller.HTTP));
        publish("STOP", "api");
        assertEquals(2, socket.heard.size());
        assertEquals("WPNOTIFICATION,STOP,api,NEOL", run("API_GetNotifications", Caller.HTTP));
    }

    @Test
    void theModesZeroToThreeAreKept() {
        for (int mode = 0; mode <= 3; mode++) {
            socket.heard.clear();
            polling(mode);
            run("API_Test", Caller.TCP);
            publish("START", "api");
            assertEquals(mode == 0 || mode == 2 ? 1 : 0, socket.heard.size(), "mode " + mode);
            assertEquals(mode == 0 ? "" : "WPNOTIFICATION,START,api,NEOL", run("API_GetNotifications", Caller.HTTP), "mode " + mode);
        }
    }

    @Test
    void theModeChangesWithTheParameter() {
        polling(0);
        run("API_SetParameter,polling,3", Caller.TCP);
        publish("START", "api");
        assertEquals(List.of(), socket.heard);
        run("API_SetParameters,a=b CRLF polling=0", Caller.TCP);
        publish("START", "sip");
        assertEquals(1, socket.heard.size());
        assertEquals(List.of("API_SetParameters{parameters=a=b}"), target.ran, "the phone hands over everything in any mode");
        assertEquals("ERROR: parameter polling=9: a whole number from -1 to 3 is wanted", run("API_SetParameter,polling,9", Caller.TCP));
        assertEquals("OK: done", run("API_SetParameter,jscriptpoll,DEF", Caller.TCP));
        assertEquals(1, target.ran.size());
    }

    @Test
    void theQueueIsBoundedAndSaysWhatItLost() {
        polling(3);
        for (int i = 0; i < 10_003; i++) {
            publish("EVENT", "EVENT", Integer.toString(i));
        }
        List<String> lines = run("API_GetNotifications", Caller.HTTP).lines().toList();
        assertEquals(10_001, lines.size());
        assertEquals("WPNOTIFICATION,EVENT,WARNING,3 notifications were lost: nobody asked for them in time,NEOL", lines.get(0));
        assertEquals("WPNOTIFICATION,EVENT,EVENT,3,NEOL", lines.get(1));
        assertEquals("", run("API_GetNotifications", Caller.HTTP));
    }

    @Test
    void aDatagramGetsNoMoreThanItHolds() {
        polling(3);
        for (int i = 0; i < 3_000; i++) {
            publish("EVENT", "EVENT", "x".repeat(40));
        }
        int total = 0;
        int rounds = 0;
        for (String some = run("API_GetNotifications", Caller.UDP); !some.isEmpty(); some = run("API_GetNotifications", Caller.UDP)) {
            assertTrue(some.length() <= Desk.DATAGRAM);
            total += (int) some.lines().count();
            rounds++;
        }
        assertEquals(3_000, total);
        assertTrue(rounds > 1);
    }

    @Test
    void askingSynchronouslyWaitsForTheNextNotificationOrAMinute() {
        polling(3);
        List<String> results = new ArrayList<>();
        Consumer<String> done = results::add;
        RequestReader reader = new RequestReader(desk.functions());
        desk.run(((Reading.Read) reader.read("API_GetNotificationsSync")).command(), Caller.HTTP, 0, done);
        assertEquals(List.of(), results);
        publish("START", "api");
        assertEquals(List.of("WPNOTIFICATION,START,api,NEOL"), results);
        desk.run(((Reading.Read) reader.read("API_GetNotificationsSync")).command(), Caller.HTTP, 0, done);
        desk.onTime(MINUTE - 1);
        assertEquals(1, results.size());
        desk.onTime(MINUTE);
        assertEquals(List.of("WPNOTIFICATION,START,api,NEOL", ""), results);
    }

    @Test
    void whoIsGoneTakesNoNotificationsWithIt() {
        polling(3);
        List<String> results = new ArrayList<>();
        Consumer<String> done = results::add;
        desk.run(((Reading.Read) new RequestReader(desk.functions()).read("API_GetNotificationsSync")).command(), Caller.HTTP, 0, done);
        desk.forget(done);
        publish("START", "api");
        assertEquals(List.of(), results);
        assertEquals("WPNOTIFICATION,START,api,NEOL", run("API_GetNotifications", Caller.HTTP));
    }

    @Test
    void aSessionOverHttpTimesOutOnceAndKeepAliveExtendsIt() {
        polling(3);
        desk.onTime(100 * MINUTE);
        assertEquals(0, target.expirations.get(), "no session, no time-out");
        run("API_Test", Caller.HTTP, 100 * MINUTE);
        assertEquals("OK: session kept alive", run("API_HTTPKeepAlive", Caller.HTTP, 150 * MINUTE));
        desk.onTime(210 * MINUTE - 1);
        assertEquals(0, target.expirations.get());
        desk.onTime(210 * MINUTE);
        desk.onTime(400 * MINUTE);
        assertEquals(1, target.expirations.get());
        assertTrue(run("API_GetNotifications", Caller.TCP).contains("The session timed out"));
    }

    @Test
    void anOpenConnectionOrATimeoutOfZeroKeepsTheSession() {
        polling(3);
        run("API_Test", Caller.HTTP, 0);
        stream.connection = true;
        desk.onTime(61 * MINUTE);
        stream.connection = false;
        desk.onTime(100 * MINUTE);
        assertEquals(0, target.expirations.get());
        run("API_SetParameter,httpsessiontimeout,0", Caller.HTTP, 100 * MINUTE);
        desk.onTime(1_000 * MINUTE);
        assertEquals(0, target.expirations.get());
    }

    @Test
    void whatIsUnknownOrBreaksOrIsTooMuchIsAnErrorWithoutDetails() {
        polling(-1);
        assertEquals("ERROR: unknown function API_Nothing", run("API_Nothing", Caller.TCP));
        assertEquals("ERROR: unknown function " + "x".repeat(64) + "…", run("?function=" + "x".repeat(1_000), Caller.TCP));
        assertEquals("ERROR: failed", run("API_SendSIP,x", Caller.TCP));
        desk = new Desk(target, -1, 60, Runnable::run, work -> {
            throw new RejectedExecutionException();
        });
        assertEquals("ERROR: busy: too many commands at a time", run("API_Test", Caller.TCP));
    }

    @Test
    void aLaneKeepsTheOrderAndItsBound() {
        Lane lane = new Lane(2);
        List<Runnable> overs = new ArrayList<>();
        assertTrue(lane.offer(overs::add));
        assertTrue(lane.offer(overs::add));
        assertTrue(lane.offer(overs::add));
        assertFalse(lane.offer(overs::add));
        assertEquals(1, overs.size());
        overs.get(0).run();
        assertEquals(2, overs.size());
        assertTrue(lane.offer(overs::add));
        overs.get(1).run();
        overs.get(2).run();
        overs.get(3).run();
        assertTrue(lane.isIdle());
    }
}
