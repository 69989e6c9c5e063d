package io.earshot.srtp.dtls;

import io.earshot.rtp.secure.HandshakeOutput;
import io.earshot.rtp.secure.KeyHandshake;
import io.earshot.srtp.SrtpParameters;
import io.earshot.srtp.guard.StreamGuard;
import io.earshot.srtp.guard.StreamKeys;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** A session as the phone's media port sees it. */
final class DtlsHandshake implements KeyHandshake {
    private final DtlsSession session;
    private final Plan plan;

    /** What was agreed in SDP. */
    record Plan(DtlsRole role, DtlsIdentity identity, String name, DtlsDescription peer, DtlsSettings settings, Executor worker) { }

    private DtlsHandshake(Optional<KeyHandshake> last, Plan plan, Runnable wake, long now) {
        this.plan = plan;
        session = new DtlsSession(plan.role, plan.identity, plan.peer.fingerprints(), plan.settings, plan.worker, wake);
        if (last.orElse(null) instanceof DtlsHandshake before) {
            session.follow(before.session);
        }
        session.start(now);
    }

    /** Returns the handshake that follows: the current one where the association lives on. */
    static KeyHandshake after(Optional<KeyHandshake> current, Plan plan, boolean same, Runnable wake, long now) {
        if (current.orElse(null) instanceof DtlsHandshake before && (same || before.fits(plan))) {
            return before;
        }
        current.ifPresent(KeyHandshake::close);
        return new DtlsHandshake(current, plan, wake, now);
    }

    private boolean fits(Plan next) {
        return plan.role == next.role && plan.name.equals(next.name) && next.peer.continues(plan.peer);
    }

    @Override
    public void received(byte[] buffer, int offset, int length) {
        session.onPacket(buffer, offset, length);
    }

    @Override
    public void onTime(long now) {
        session.onTime(now);
    }

    @Override
    public HandshakeOutput poll(long now) {
        for (;;) {
            DtlsOutput next = session.poll(now);
            if (next instanceof DtlsOutput.Transmit transmit) {
                return new HandshakeOutput.Transmit(transmit.datagram());
            } else if (next instanceof DtlsOutput.Established done) {
                SrtpParameters parameters = SrtpParameters.of(done.suite());
                StreamKeys keys = new StreamKeys(parameters, done.sendKey(), parameters, List.of(done.receiveKey()));
                return new HandshakeOutput.Keys(before -> StreamGuard.after(before, keys));
            } else if (next instanceof DtlsOutput.Failed failed) {
                return new HandshakeOutput.Failed(failed.failure().reason());
            } else if (next instanceof DtlsOutput.Wait wait) {
                return new HandshakeOutput.Wait(wait.deadline());
            }
            // The peer's close_notify: the keys stay good, and signalling ends the call (RFC 5764 §6.5.1 leaves it to the application).
        }
    }

    @Override
    public long refused() {
        return session.dropped();
    }

    @Override
    public void close() {
        session.close();
    }
}
