package io.earshot.sdk.internal.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.AccountConfig;
import io.earshot.api.FailOverConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The transports that stand in for UDP, and what is remembered of them. */
class RungsTest {
    private static final FailOverConfig LADDER = FailOverConfig.DEFAULT.withTransports(true);

    private static AccountConfig account(String address) {
        return AccountConfig.of(address).withFailOver(LADDER);
    }

    private static List<String> rungs(AccountConfig config) {
        return Rungs.of(config).stream().map(Object::toString).toList();
    }

    @Test
    void tcpAtTheSamePortComesBeforeTlsAtTheNext() {
        assertEquals(List.of("sip:example.org;transport=tcp", "sip:example.org;transport=tls"), rungs(account("sip:a@example.org")));
        assertEquals(List.of("sip:192.0.2.1:5070;transport=tcp", "sip:192.0.2.1:5071;transport=tls"),
                rungs(account("sip:a@192.0.2.1:5070")));
        assertEquals(List.of("sip:[2001:db8::1];transport=tcp", "sip:[2001:db8::1];transport=tls"), rungs(account("sip:a@[2001:db8::1]")));
        assertEquals(List.of("sip:proxy.example.org;transport=tcp", "sip:proxy.example.org;transport=tls"),
                rungs(account("sip:a@example.org").withOutboundProxy("proxy.example.org")));
    }

    @Test
    void whoNamesATransportOrDidNotAskHasNone() {
        assertEquals(List.of(), rungs(account("sip:a@example.org").withTransport("TCP")));
        assertEquals(List.of(), rungs(account("sips:a@example.org")));
        assertEquals(List.of(), rungs(account("sip:a@example.org").withOutboundProxy("wss://example.org/ws")));
        assertEquals(List.of(), rungs(AccountConfig.of("sip:a@example.org")));
    }

    @Test
    void backupsComeAfterThem() {
        AccountConfig config = account("sip:a@example.org").withFailOver(LADDER.withBackups("other.example.org"));
        assertEquals(List.of("sip:example.org;transport=tcp", "sip:example.org;transport=tls", "sip:other.example.org"),
                ServerSettings.failOver(config).backups().stream().map(Object::toString).toList());
    }

    @Test
    void whatWorkedIsBegunWithAtTheNextStartUnlessItWasABackup(@TempDir Path folder) {
        AccountConfig config = account("sip:a@example.org");
        try (TransportMemory memory = new TransportMemory(Optional.of(folder), Runnable::run)) {
            assertEquals(0, memory.first(config));
            memory.keep(config, 2);
            memory.keep(config, 3);
        }
        try (TransportMemory memory = new TransportMemory(Optional.of(folder), Runnable::run)) {
            assertEquals(2, memory.first(config));
            assertEquals(0, memory.first(AccountConfig.of("sip:a@example.org")));
            memory.keep(config, 0);
        }
        try (TransportMemory memory = new TransportMemory(Optional.of(folder), Runnable::run)) {
            assertEquals(0, memory.first(config));
        }
    }
}
