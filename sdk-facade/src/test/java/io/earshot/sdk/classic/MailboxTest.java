package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Notifications that wait to be fetched. */
@Timeout(20)
class MailboxTest {
    private final List<String> told = new ArrayList<>();

    private ClassicPhone phone(String... parameters) {
        return new ClassicPhone(ClassicParameters.parse(List.of(parameters)).parameters(), one -> told.add(one.line()));
    }

    private static String line(String text) {
        return "WPNOTIFICATION,STATUS,-1," + text + ",NEOL";
    }

    @Test
    @Proves({"API_GetNotifications", "API_Poll", "GetNotifications", "envelope/line separator", "envelope/parameter separator",
        "envelope/WPNOTIFICATION prefix", "envelope/NEOL suffix", "notification/STATUS (short general)"})
    void eachNotificationIsFetchedOnceAndGoesNowhereElseFromThenOn() {
        ClassicPhone phone = phone();
        phone.send(Notification.status("Ready"));
        phone.send(Notification.status("Idle."));
        assertEquals(line("Ready") + "\r\n" + line("Idle."), ClassicFunctions.run(phone, "API_GetNotifications"));
        assertEquals("", ClassicFunctions.run(phone, "API_Poll"));
        phone.send(Notification.status("Connecting..."));
        assertEquals(List.of(line("Ready"), line("Idle.")), told, "the first fetch turns polling to 3");
        assertEquals(line("Connecting..."), ClassicFunctions.run(phone, "GetNotifications"));
    }

    @Test
    void withPollingSwitchedOffNothingWaits() {
        ClassicPhone phone = phone("polling=0");
        phone.send(Notification.status("Ready"));
        assertEquals("", phone.mailbox().fetch());
        assertEquals(List.of(line("Ready")), told);
        phone.set(List.of("polling=1"));
        phone.send(Notification.status("Idle."));
        assertEquals(line("Idle."), phone.mailbox().fetch());
        assertEquals(List.of(line("Ready"), line("Idle.")), told, "polling=1 tells both ways");
    }

    @Test
    @Proves({"API_GetNotificationsSync", "GetNotificationsSync"})
    void theWaitingFunctionWaits() throws Exception {
        ClassicPhone phone = phone();
        CompletableFuture<Object> waiting = CompletableFuture.supplyAsync(() -> ClassicFunctions.run(phone, "API_GetNotificationsSync"));
        phone.send(Notification.status("Ready"));
        assertEquals(line("Ready"), waiting.get(10, TimeUnit.SECONDS));
    }

    @Test
    @Proves("notification/WARNING (bare)")
    void whenNobodyFetchesTheOldestAreLostAndThatIsTold() {
        ClassicPhone phone = phone("polling=3");
        for (int i = 0; i < ClassicMailbox.MOST + 7; i++) {
            phone.send(Notification.status("n" + i));
        }
        String[] lines = phone.mailbox().fetch().split("\r\n");
        assertEquals(ClassicMailbox.MOST + 1, lines.length);
        assertTrue(lines[0].contains("WARNING,7 notifications were lost"), lines[0]);
        assertEquals(line("n7"), lines[1]);
    }

    @Test
    void theLevelOfEventsDecidesWhatIsTold() {
        for (int level = 0; level <= 3; level++) {
            told.clear();
            ClassicPhone phone = phone("events=" + level);
            phone.send(Notification.status("Ready"));
            phone.send(Notification.event("EVENT", "e"));
            phone.send(Notification.log("l"));
            assertEquals(level, told.size(), "events=" + level);
        }
        told.clear();
        ClassicPhone quiet = phone("events=3", "loglevel=0");
        quiet.send(Notification.event("ERROR", "e"));
        quiet.send(Notification.status("Ready"));
        assertEquals(List.of(line("Ready")), told, "loglevel=0 tells no events");
    }
}
