package io.earshot.srtp.dtls;

import static java.util.Objects.requireNonNull;

import io.earshot.api.id.IdSource;
import io.earshot.rtp.secure.HandshakeExchange;
import io.earshot.rtp.secure.HandshakeVerdict;
import io.earshot.srtp.SrtpSuite;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Offers and answers of one media line as the phone sees them. An association lives on over re-INVITEs, with its roles, as long as the
 * peer's certificate and the names of the association stay (RFC 8842 §5); otherwise there is a new one.
 */
public final class DtlsExchange implements HandshakeExchange {
    private static final int TLS_ID_BITS = 160;

    private final DtlsIdentity identity;
    private final DtlsSettings settings;
    private final Executor worker;
    private final String tlsId;
    private Optional<DtlsDescription> peer = Optional.empty();
    private Optional<DtlsRole> role = Optional.empty();

    /** Makes the exchange; without suites, those of {@link DtlsSettings#DEFAULT}. */
    public DtlsExchange(DtlsIdentity identity, List<SrtpSuite> suites, IdSource ids, Executor worker) {
        this.identity = requireNonNull(identity);
        this.settings = suites.isEmpty() ? DtlsSettings.DEFAULT : DtlsSettings.DEFAULT.withSuites(suites);
        this.worker = requireNonNull(worker);
        this.tlsId = ids.token(TLS_ID_BITS);
    }

    @Override
    public List<String> offer() {
        return write(Setup.ACTPASS);
    }

    private List<String> write(Setup setup) {
        return new DtlsDescription(setup, List.of(identity.fingerprint(Fingerprint.Hash.SHA_256)), Optional.of(tlsId)).write();
    }

    @Override
    public HandshakeVerdict answer(List<String> session, List<String> media) {
        Optional<DtlsDescription> offer = DtlsDescription.read(session, media, true);
        if (offer.isEmpty()) {
            return new HandshakeVerdict.Absent();
        }
        Optional<Setup> before = continues(offer.get()) ? role.map(ours -> ours == DtlsRole.SERVER ? Setup.PASSIVE : Setup.ACTIVE)
            : Optional.empty();
        Setup ours = offer.get().setup().answer(before);
        return DtlsRole.answering(ours).map(now -> agreed(offer.get(), now, write(ours)))
            .orElseGet(() -> new HandshakeVerdict.Refused("the peer offers a=setup:" + offer.get().setup()
                + ", so no keys can be agreed on"));
    }

    @Override
    public HandshakeVerdict accept(List<String> session, List<String> media) {
        Optional<DtlsDescription> answer = DtlsDescription.read(session, media, false);
        if (answer.isEmpty()) {
            return new HandshakeVerdict.Absent();
        }
        return DtlsRole.answeredBy(answer.get().setup()).map(now -> agreed(answer.get(), now, List.of()))
            .orElseGet(() -> new HandshakeVerdict.Refused("the peer answers with a=setup:" + answer.get().setup()
                + ", which leaves open who begins the DTLS handshake"));
    }

    private boolean continues(DtlsDescription theirs) {
        return peer.filter(theirs::continues).isPresent();
    }

    private HandshakeVerdict agreed(DtlsDescription theirs, DtlsRole now, List<String> answer) {
        boolean same = continues(theirs) && role.equals(Optional.of(now));
        peer = Optional.of(theirs);
        role = Optional.of(now);
        DtlsHandshake.Plan plan = new DtlsHandshake.Plan(now, identity, theirs, settings, worker);
        return new HandshakeVerdict.Agreed((current, wake, time) -> DtlsHandshake.after(current, plan, same, wake, time), answer);
    }
}
