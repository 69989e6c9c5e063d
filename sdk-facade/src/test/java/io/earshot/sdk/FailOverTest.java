package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.FailOverConfig;
import io.earshot.api.Failure;
import io.earshot.api.Phone;
import io.earshot.api.PhoneEvent;
import io.earshot.api.RegistrationConfig;
import io.earshot.api.RegistrationState;
import io.earshot.testkit.server.TestSipServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailOverTest {
    private static String at(TestSipServer server) {
        return "127.0.0.1:" + server.address().getPort();
    }

    @Test
    @Tag("rfc3263")
    void anAccountRegistersAndCallsThroughItsBackupWhenItsServerRefuses() throws Exception {
        try (Rig rig = Rig.start();
             TestSipServer second = TestSipServer.builder().user("alice", "alice-secret").user("bob", "bob-secret").start()) {
            rig.server.refuseEverything(503, 0);
            FailOverConfig failOver = FailOverConfig.DEFAULT.withBackups(at(second));
            Account alice = rig.phone().register(rig.config("alice").withFailOver(failOver));
            Account bob = rig.phone().register(rig.config("bob").withFailOver(failOver));
            assertEquals(1, second.bindings("alice").size());
            assertEquals("sip:" + at(second), alice.details().server());
            assertTrue(Rig.talk(alice, bob).caller().quality() != null);
        }
    }

    @Test
    void aCheckOfTheNetworkRegistersAnewAndIsTold() throws Exception {
        try (Rig rig = Rig.start(); Phone phone = Rig.builder().networkCheck(Duration.ZERO).open()) {
            BlockingQueue<PhoneEvent.NetworkChanged> told = new LinkedBlockingQueue<>();
            phone.onEvent(event -> {
                if (event instanceof PhoneEvent.NetworkChanged changed) {
                    told.add(changed);
                }
            });
            Account alice = phone.register(rig.config("alice"));
            rig.server.forgetBindings();
            phone.network().check();
            assertEquals(phone.network().addresses(), Rig.take(told).addresses());
            phone.onEvent(event -> { });
            alice.register();
            assertInstanceOf(RegistrationState.Registered.class, alice.state());
            assertEquals(1, rig.server.bindings("alice").size());
        }
    }

    @Test
    @Tag("rfc5626")
    void theNameOfTheDeviceStaysTheSameOverRestarts(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("device/instance");
        RegistrationConfig registration = RegistrationConfig.DEFAULT.withInstanceFile(file);
        try (Rig rig = Rig.start()) {
            rig.phone().register(rig.config("alice").withRegistration(registration));
            String name = Files.readString(file).strip();
            assertTrue(name.matches("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"), name);
            rig.phone().register(rig.config("alice").withRegistration(registration));
            assertEquals(name, Files.readString(file).strip());
        }
    }

    @Test
    void whatCannotBeIsSaidWithTheValueAndTheFix(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("instance"), "mine");
        try (Rig rig = Rig.start()) {
            Phone phone = rig.phone();
            AccountConfig alice = rig.config("alice");
            assertEquals("The instance file '" + file + "' holds no urn:uuid: delete it, or give another.",
                    Rig.failure(Failure.BadArgument.class, () -> phone.addAccount(alice.withRegistration(
                            RegistrationConfig.DEFAULT.withInstanceFile(file)))).sentence());
            assertTrue(Rig.failure(Failure.BadArgument.class, () -> phone.addAccount(alice.withFailOver(
                    FailOverConfig.DEFAULT.withBackups("two words")))).sentence().startsWith("The backup server 'two words' is no SIP"));
            assertTrue(Rig.failure(Failure.BadArgument.class, () -> phone.addAccount(alice.withRegistration(
                    RegistrationConfig.DEFAULT.withInstance("12")))).sentence().contains("the instance '12' is no URN"));
        }
        assertEquals("patience must be 100 ms to 32 s, not 0 s", assertThrows(IllegalArgumentException.class,
                () -> FailOverConfig.DEFAULT.withPatience(Duration.ZERO)).getMessage());
        assertEquals("returnAfter must be 1 s to 365 days, not 0 s", assertThrows(IllegalArgumentException.class,
                () -> FailOverConfig.DEFAULT.withReturnAfter(Duration.ZERO)).getMessage());
        assertEquals("outbound and GRUU need an instance: set withInstance(\"urn:uuid:…\") or withInstanceFile", assertThrows(
                IllegalArgumentException.class, () -> RegistrationConfig.DEFAULT.withOutbound(true)).getMessage());
        assertEquals("priority must be 0.0 to 1.0, not 2.0", assertThrows(IllegalArgumentException.class,
                () -> RegistrationConfig.DEFAULT.withPriority(2)).getMessage());
        assertEquals("networkCheck must be 100 ms to 1 h, or zero for never, not 1 ms", assertThrows(IllegalArgumentException.class,
                () -> Phone.builder().networkCheck(Duration.ofMillis(1))).getMessage());
    }
}
