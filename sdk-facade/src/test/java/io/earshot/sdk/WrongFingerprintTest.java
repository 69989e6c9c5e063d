package io.earshot.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallOptions;
import io.earshot.api.Failure;
import io.earshot.api.MediaEncryption;
import io.earshot.api.Phone;
import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.srtp.dtls.DtlsIdentity;
import io.earshot.srtp.dtls.DtlsOutput;
import io.earshot.srtp.dtls.DtlsRole;
import io.earshot.srtp.dtls.DtlsSession;
import io.earshot.srtp.dtls.DtlsSettings;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody in between who can change the media's way but not the signalling. */
@Timeout(30)
@Tag("rfc5763")
class WrongFingerprintTest {
    private static final String ANOTHER = "sha-256 " + "AB:".repeat(31) + "AB";

    /** A DTLS server on a media port, of whose certificate the signalling knows nothing. */
    private static final class Stranger implements AutoCloseable {
        private final DatagramSocket socket;
        private final ExecutorService owner = Executors.newSingleThreadExecutor();
        private final Ticker ticker = Ticker.system();
        private SocketAddress peer;

        Stranger() throws IOException {
            socket = new DatagramSocket(Rig.ANY_PORT);
            DtlsSession[] session = new DtlsSession[1];
            DtlsIdentity identity = DtlsIdentity.generate(IdSource.seeded(1), InstantSource.system().instant());
            session[0] = new DtlsSession(DtlsRole.SERVER, identity, List.of(),
                    DtlsSettings.DEFAULT, Stranger::start, () -> owner.execute(() -> pump(session[0])));
            owner.execute(() -> session[0].start(ticker.now()));
            start(() -> listen(session[0]));
        }

        private static void start(Runnable task) {
            Thread thread = new Thread(task, "stranger");
            thread.setDaemon(true);
            thread.start();
        }

        private void listen(DtlsSession session) {
            try {
                while (true) {
                    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
                    socket.receive(packet);
                    if (packet.getData()[0] == 22) {
                        owner.execute(() -> take(session, packet));
                    }
                }
            } catch (IOException closed) {
                assertTrue(socket.isClosed());
            }
        }

        private void take(DtlsSession session, DatagramPacket packet) {
            peer = packet.getSocketAddress();
            session.onPacket(packet.getData(), 0, packet.getLength());
        }

        private void pump(DtlsSession session) {
            for (DtlsOutput next = session.poll(ticker.now()); !(next instanceof DtlsOutput.Wait); next = session.poll(ticker.now())) {
                if (next instanceof DtlsOutput.Transmit transmit) {
                    try {
                        socket.send(new DatagramPacket(transmit.datagram(), transmit.datagram().length, peer));
                    } catch (IOException closed) {
                        return;
                    }
                }
            }
        }

        @Override
        public void close() {
            socket.close();
            owner.shutdown();
        }
    }

    @Test
    void aCertificateThatTheSignallingDoesNotKnowEndsTheCall() throws Exception {
        try (Phone phone = Rig.builder().closeTimeout(Duration.ofMillis(100)).open(); WirePeer peer = new WirePeer();
                Stranger stranger = new Stranger()) {
            Call call = phone.addAccount(AccountConfig.of("sip:me@127.0.0.1")).dial("sip:x@" + peer.address(),
                    CallOptions.DEFAULT.withEncryption(MediaEncryption.DTLS));
            String invite = peer.request("INVITE");
            assertTrue(invite.contains("UDP/TLS/RTP/SAVP") && invite.contains("a=setup:actpass"), invite);
            String sdp = WirePeer.sdp(stranger.socket.getLocalPort()).replace("RTP/AVP", "UDP/TLS/RTP/SAVP")
                    + "a=setup:passive\r\na=fingerprint:" + ANOTHER + "\r\na=rtcp-mux\r\n";
            peer.answer(invite, "200 OK", "t", "", sdp);
            CallEvent.Ended ended = Rig.await(call, CallEvent.Ended.class);
            String sentence = assertInstanceOf(Failure.NotEncrypted.class, ended.failure().orElseThrow()).sentence();
            assertTrue(sentence.startsWith("The call cannot be encrypted as demanded: the peer's certificate is not the one announced"
                    + " in SDP: announced sha-256 AB:AB"), sentence);
            assertEquals(0, ended.record().quality().orElseThrow().packetsReceived());
        }
    }
}
