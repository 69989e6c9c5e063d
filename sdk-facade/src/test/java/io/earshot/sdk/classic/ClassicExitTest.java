package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How phones end: API_Exit, another instance, and what is kept of them. */
@Timeout(30)
class ClassicExitTest {
    private static ClassicPhone phone(String... parameters) {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(List.of(parameters));
        assertEquals(List.of(), parsed.problems());
        return new ClassicPhone(parsed.parameters().with(List.of("register=0", "localip=127.0.0.1", "waitforunregister=250")).parameters(),
                told -> { });
    }

    @ParameterizedTest
    @CsvSource({"'', true, 0", "exitmethod=0, false, 0", "exitmethod=2, true, 0", "exitmethod=5, true, 1", "exitmethod=6, true, 1",
        "exitmethod=5 systemexit=0, true, 0", "systemexit=2, true, 1", "exitmethod=0 systemexit=2, false, 0"})
    void exitEndsThePhoneAndTheJvmAsTheParametersSay(String parameters, boolean stopped, int left) {
        try (ClassicPhone phone = phone(parameters.isEmpty() ? new String[0] : parameters.split(" "))) {
            AtomicInteger leaving = new AtomicInteger();
            phone.parts().exit().leave(leaving::incrementAndGet);
            assertTrue(phone.start());
            assertTrue(phone.exit());
            assertEquals(!stopped, phone.isStarted());
            assertEquals(left, leaving.get());
        }
    }

    @Test
    void aProgramOfItsOwnIsEndedInsteadOfTheJvm() {
        try (ClassicPhone phone = phone("exitmethod=5")) {
            AtomicInteger ended = new AtomicInteger();
            phone.onExit(ended::incrementAndGet);
            phone.exit();
            assertEquals(1, ended.get());
            phone.set(List.of("exitmethod=0"));
            phone.exit();
            assertEquals(1, ended.get(), "0 does nothing");
        }
        assertTrue(phone().endsJvm() && phone("systemexit=2").endsJvm());
        assertFalse(phone("systemexit=0").endsJvm());
        assertFalse(phone("exitmethod=1").endsInOrder());
    }

    @Test
    void theNewestInstanceStays(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("a/instance");
        try (ClassicPhone first = phone(); ClassicPhone second = phone()) {
            AtomicInteger ended = new AtomicInteger();
            first.onExit(ended::incrementAndGet);
            assertTrue(first.start() && second.start());
            first.parts().exit().begin(file);
            second.parts().exit().begin(file);
            WebphoneRig.await("the end of the first", () -> !first.isStarted() && ended.get() == 1);
            assertTrue(second.isStarted());
        }
    }

    @ParameterizedTest
    @CsvSource({"3, true, true", "1, true, false", "2, false, true", "0, false, false", "-1, false, false"})
    void autocfgsaveSaysWhatIsKept(int mode, boolean written, boolean read, @TempDir Path folder) throws Exception {
        ClassicPhone before = phone("datafolder=" + folder);
        before.start();
        before.parts().people().setBlacklist("eve");
        before.close();
        String[] wanted = {"datafolder=" + folder, "autocfgsave=" + mode};
        ClassicPhone phone = phone(wanted);
        phone.start();
        assertEquals(read ? "eve" : "", phone.parts().people().blacklist());
        phone.parts().people().setBlacklist("mallory");
        phone.close();
        ClassicPhone after = phone("datafolder=" + folder);
        after.start();
        assertEquals(written ? "mallory" : "eve", after.parts().people().blacklist());
        after.close();
    }

    @Test
    void autocfgsaveMinus2WritesNoFilesAtAll(@TempDir Path folder) throws Exception {
        try (ClassicPhone phone = phone("datafolder=" + folder, "autocfgsave=-2")) {
            assertTrue(phone.start());
            IllegalArgumentException refused = org.junit.jupiter.api.Assertions.assertThrows(IllegalArgumentException.class, () ->
                    phone.parts().folder().write("a.txt", "x", false));
            assertEquals("Parameter autocfgsave=-2 forbids files: set it to -1 or more.", refused.getMessage());
        }
        assertFalse(Files.exists(folder.resolve("a.txt")));
    }

    @Test
    void resetsettingsForgetsWhatWasKept(@TempDir Path folder) {
        ClassicPhone before = phone("datafolder=" + folder);
        before.start();
        before.parts().people().setBlacklist("eve");
        before.close();
        ClassicPhone phone = phone("datafolder=" + folder, "resetsettings=true");
        phone.start();
        assertEquals("", phone.parts().people().blacklist());
        phone.close();
    }

    @Test
    void withoutAutostartTheStackWaits() {
        try (ClassicPhone phone = phone("autostart=false"); ClassicPhone other = phone("autostart=true")) {
            assertTrue(phone.begin());
            assertFalse(phone.isStarted());
            assertTrue(other.begin());
            assertTrue(other.isStarted());
        }
    }
}
