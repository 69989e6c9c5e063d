package io.earshot.srtp.dtls;

import io.earshot.srtp.SrtpSuite;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;

/** The work of a session that may block: the handshake from end to end, and later short reads. One of these at a time. */
final class Handshake implements Runnable {
    /** What the handshake came to. */
    record Done(DtlsOutput.Established keys, byte[] peerCertificate) { }

    /** A read after the handshake is over. */
    record Read() { }

    private final DtlsRole role;
    private final Party party;
    private final HandshakeTransport transport;
    private final Queue<Object> outbox;
    private final Runnable wake;
    private final Semaphore idle;
    private final byte[] scratch = new byte[2_048];
    private DTLSTransport association;

    Handshake(DtlsRole role, Party party, HandshakeTransport transport, Queue<Object> outbox, Runnable wake, Semaphore idle) {
        this.role = role;
        this.party = party;
        this.transport = transport;
        this.outbox = outbox;
        this.wake = wake;
        this.idle = idle;
    }

    @Override
    public void run() {
        Runnable closed = () -> {
            if (association != null) {
                outbox.add(new DtlsOutput.Closed());
            }
        };
        try {
            DTLSTransport made = role == DtlsRole.CLIENT ? new DTLSClientProtocol().connect(new ClientPeer(party, closed), transport)
                : new DTLSServerProtocol().accept(new ServerPeer(party, closed), transport);
            transport.flush();
            transport.complete();
            association = made; // before the queue that makes it visible to the worker of the next task
            outbox.add(new Done(party.keys(role), party.peerCertificate()));
        } catch (IOException | RuntimeException e) { // whatever the peer's bytes made the library throw
            transport.flush();
            outbox.add(new DtlsOutput.Failed(failure(e, party.suites)));
        }
        idle.release();
        wake.run();
    }

    /** Reads what arrived after the handshake: its last flight again, which must be answered, or the peer's farewell. */
    void read() {
        try {
            for (int i = transport.waiting(); i > 0; i--) {
                association.receive(scratch, 0, scratch.length, 1);
            }
        } catch (IOException | RuntimeException e) {
            outbox.add(new DtlsOutput.Closed());
        }
        transport.flush();
        outbox.add(new Read());
        idle.release();
        wake.run();
    }

    /** Says goodbye. */
    void farewell() {
        try {
            association.close();
        } catch (IOException | RuntimeException e) {
            outbox.add(new DtlsOutput.Closed());
        }
        transport.flush();
        idle.release();
        wake.run();
    }

    private static DtlsFailure failure(Exception e, List<SrtpSuite> suites) {
        if (e instanceof HandshakeFailure ours) {
            return ours.failure();
        }
        if (e instanceof TlsFatalAlertReceived alert) {
            return new DtlsFailure(DtlsFailure.Cause.REFUSED_BY_PEER,
                "the peer ended the DTLS handshake: " + ClearRecords.name(alert.getAlertDescription()));
        }
        if (e instanceof TlsFatalAlert alert) {
            boolean common = alert.getAlertDescription() != AlertDescription.handshake_failure;
            return new DtlsFailure(common ? DtlsFailure.Cause.PROTOCOL : DtlsFailure.Cause.NOTHING_IN_COMMON,
                "the DTLS handshake failed here: " + ClearRecords.name(alert.getAlertDescription()) + (common ? "" : ", offered "
                + suites));
        }
        return new DtlsFailure(DtlsFailure.Cause.PROTOCOL, "the DTLS handshake failed: " + e.getMessage());
    }
}
