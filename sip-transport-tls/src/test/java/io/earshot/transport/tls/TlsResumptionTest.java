package io.earshot.transport.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.transport.spi.TlsConfig.Version;
import io.earshot.transport.common.HostNames;
import io.earshot.transport.common.TlsEngines;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Base64;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A second connection to a server goes on with the session of the first, without certificates and their checks. */
class TlsResumptionTest {
    private static final int ROOM = 64 * 1024;

    private static TlsEngines engines(Version version) throws Exception {
        return new TlsEngines(Certificates.trusting("authority").withIdentity(Certificates.identity("good")).withVersions(version),
            HostNames.Kind.SIP);
    }

    /** Shakes hands, exchanges a byte in each direction, and returns how many bytes of handshake the server sent. */
    private static int connect(SSLEngine client, SSLEngine server) throws SSLException {
        ByteBuffer up = ByteBuffer.allocate(ROOM);
        ByteBuffer down = ByteBuffer.allocate(ROOM);
        client.beginHandshake();
        server.beginHandshake();
        int sent = 0;
        for (int i = 0; i < 100; i++) {
            turn(client, down, up);
            int before = down.position();
            turn(server, up, down);
            sent += down.position() - before;
        }
        assertEquals(HandshakeStatus.NOT_HANDSHAKING, client.getHandshakeStatus());
        assertEquals(HandshakeStatus.NOT_HANDSHAKING, server.getHandshakeStatus());
        return sent;
    }

    private static void turn(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
        if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            engine.wrap(ByteBuffer.allocate(0), out);
        } else if (in.position() > 0) {
            in.flip();
            engine.unwrap(in, ByteBuffer.allocate(ROOM));
            in.compact();
        }
    }

    private static String id(SSLEngine engine) {
        return Base64.getEncoder().encodeToString(engine.getSession().getId());
    }

    @Test
    @Tag("rfc8446")
    void overTls13WithATicket() throws Exception {
        TlsEngines ours = engines(Version.TLS_1_3);
        TlsEngines theirs = engines(Version.TLS_1_3);
        InetSocketAddress peer = new InetSocketAddress(Loopback.IPV4, 40_000);
        SSLEngine first = ours.client("localhost", 5061);
        int whole = connect(first, theirs.server(peer));
        SSLEngine second = ours.client("localhost", 5061);
        int resumed = connect(second, theirs.server(peer));
        assertEquals(first.getSession().getCreationTime(), second.getSession().getCreationTime());
        assertTrue(resumed < whole / 4 * 3, "the server sent " + whole + " and then " + resumed + " bytes");
    }

    @Test
    void overTls12WithTheSessionsNumber() throws Exception {
        TlsEngines ours = engines(Version.TLS_1_2);
        TlsEngines theirs = engines(Version.TLS_1_2);
        InetSocketAddress peer = new InetSocketAddress(Loopback.IPV4, 40_000);
        SSLEngine first = ours.client("localhost", 5061);
        int whole = connect(first, theirs.server(peer));
        SSLEngine second = ours.client("localhost", 5061);
        int resumed = connect(second, theirs.server(peer));
        assertEquals(id(first), id(second));
        assertTrue(resumed < whole / 4 * 3, "the server sent " + whole + " and then " + resumed + " bytes");
    }

    @Test
    void anotherServerOrOtherSettingsStartAnew() throws Exception {
        TlsEngines ours = engines(Version.TLS_1_2);
        TlsEngines theirs = engines(Version.TLS_1_2);
        InetSocketAddress peer = new InetSocketAddress(Loopback.IPV4, 40_000);
        SSLEngine first = ours.client("localhost", 5061);
        connect(first, theirs.server(peer));
        SSLEngine elsewhere = ours.client("localhost", 5062);
        connect(elsewhere, theirs.server(peer));
        assertNotEquals(id(first), id(elsewhere));
        SSLEngine stricter = new TlsEngines(TlsConfig.DEFAULT.trustingOnly(java.util.List.of(Certificates.certificate("authority"))),
            HostNames.Kind.SIP).client("localhost", 5061);
        connect(stricter, theirs.server(peer));
        assertNotEquals(id(first), id(stricter));
    }
}
