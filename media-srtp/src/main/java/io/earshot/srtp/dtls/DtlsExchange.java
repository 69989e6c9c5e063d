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
    private final IdSource ids;
    private String tlsId;
    /** Our name of the association that is in force. */
    private Optional<String> inForce = Optional.empty();
    private Optional<DtlsDescription> peer = Optional.empty();
    private Optional<DtlsRole> role = Optional.empty();

    /** Makes the exchange; without suites, those of {@link DtlsSettings#DEFAULT}. */
    public DtlsExchange(DtlsIdentity identity, List<SrtpSuite> suites, IdSource ids, Executor worker) {
        this.identity = requireNonNull(identity);
        this.settings = suites.isEmpty() ? DtlsSettings.DEFAULT : DtlsSettings.DEFAULT.withSuites(suites);
        this.worker = requireNonNull(worker);
        this.ids = requireNonNull(ids);
        renew();
    }

    @Override
    public boolean renew() {
        tlsId = ids.token(TLS_ID_BITS);
        return true;
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
        if (peer.isPresent() && !continues(offer.get())) {
            renew(); // a new association has a new name at both ends (RFC 8842 §5.3)
        }
        Optional<Setup> before = continues(offer.get()) ? role.map(ours -> ours == DtlsRole.SERVER ? Setup.PASSIVE : Setup.ACTIVE)
            : Optional.empty();
        Setup ours = offer.get().setup().answer(before);
        return DtlsRole.answering(ours).map(now -> agreed(offer.get(), now, write(ours), true))
            .orElseGet(() -> new HandshakeVerdict.Refused("the peer offers a=setup:" + offer.get().setup()
                + ", so no keys can be agreed on"));
    }

    @Override
    public HandshakeVerdict accept(List<String> session, List<String> media) {
        Optional<DtlsDescription> answer = DtlsDescription.read(session, media, false);
        if (answer.isEmpty()) {
            return new HandshakeVerdict.Absent();
        }
        return DtlsRole.answeredBy(answer.get().setup()).map(now -> agreed(answer.get(), now, List.of(), false))
            .orElseGet(() -> new HandshakeVerdict.Refused("the peer answers with a=setup:" + answer.get().setup()
                + ", which leaves open who begins the DTLS handshake"));
    }

    private boolean continues(DtlsDescription theirs) {
        return peer.filter(theirs::continues).isPresent();
    }

    /**
     * Tells whether both go on with the association that they have. A peer that answers a new name of ours with its old one, or with none,
     * does so too: it knows nothing of names (RFC 8842 §4), and would not answer a new handshake.
     */
    private boolean sameAssociation(DtlsDescription theirs, boolean answering) {
        return continues(theirs) && (!answering || inForce.equals(Optional.of(tlsId)));
    }

    private HandshakeVerdict agreed(DtlsDescription theirs, DtlsRole now, List<String> answer, boolean answering) {
        boolean same = sameAssociation(theirs, answering) && role.equals(Optional.of(now));
        inForce = Optional.of(tlsId);
        peer = Optional.of(theirs);
        role = Optional.of(now);
        DtlsHandshake.Plan plan = new DtlsHandshake.Plan(now, identity, tlsId, theirs, settings, worker);
        return new HandshakeVerdict.Agreed((current, wake, time) -> DtlsHandshake.after(current, plan, same, wake, time), answer, !same);
    }
}
