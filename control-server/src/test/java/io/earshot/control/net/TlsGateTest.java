package io.earshot.control.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.control.ControlTls;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

class TlsGateTest {
    private final ControlTls tls;

    TlsGateTest() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = TlsGateTest.class.getResourceAsStream("/certificates.p12")) {
            store.load(file, "password".toCharArray());
        }
        tls = ControlTls.of((PrivateKey) store.getKey("good", "password".toCharArray()),
                List.of((X509Certificate) store.getCertificate("good")));
    }

    private static ByteBuf text() {
        return Unpooled.copiedBuffer("API_Call,-1,1002\n", StandardCharsets.US_ASCII);
    }

    @Test
    void anotherMachineWithoutTlsIsSentAway() {
        EmbeddedChannel channel = new EmbeddedChannel(new TlsGate(tls, Runnable::run, true));
        assertFalse(channel.writeInbound(text()));
        assertNull(channel.readInbound());
        assertFalse(channel.isOpen());
    }

    @Test
    void aProgramOfThisMachineMayGoOnWithout() {
        EmbeddedChannel channel = new EmbeddedChannel(new TlsGate(tls, Runnable::run, false));
        assertTrue(channel.writeInbound(text()));
        ByteBuf passed = channel.readInbound();
        assertEquals(text(), passed);
        passed.release();
        assertNull(channel.pipeline().get(TlsGate.class));
    }
}
