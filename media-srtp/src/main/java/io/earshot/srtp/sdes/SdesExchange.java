package io.earshot.srtp.sdes;

import io.earshot.api.id.IdSource;
import io.earshot.rtp.secure.KeyExchange;
import io.earshot.rtp.secure.KeyPolicy;
import io.earshot.rtp.secure.KeyVerdict;
import io.earshot.srtp.SrtpSuite;
import io.earshot.srtp.guard.StreamGuard;
import io.earshot.srtp.guard.StreamKeys;
import java.util.List;

/** A negotiator as the phone sees it: text in and out, and keys that only a {@link StreamGuard} opens. */
public final class SdesExchange implements KeyExchange {
    private final SdesNegotiator negotiator;

    private SdesExchange(SdesNegotiator negotiator) {
        this.negotiator = negotiator;
    }

    /** Makes the exchange of one media line; without suites, those of {@link SecurityPolicy#DEFAULT_SUITES}. */
    public static SdesExchange of(KeyPolicy policy, List<SrtpSuite> suites, IdSource ids) {
        SecurityPolicy.Mode mode = SecurityPolicy.Mode.valueOf(policy.demand().name());
        return new SdesExchange(new SdesNegotiator(new SecurityPolicy(mode, suites.isEmpty() ? SecurityPolicy.DEFAULT_SUITES : suites,
            policy.allowsClearSignalling(), false), ids));
    }

    @Override
    public boolean offersSecureProfile() {
        return negotiator.offersSecureProfile();
    }

    @Override
    public List<String> offer(boolean signallingEncrypted) {
        return negotiator.offer(signallingEncrypted).stream().map(CryptoAttribute::write).toList();
    }

    @Override
    public KeyVerdict answer(String profile, List<String> crypto, boolean signallingEncrypted) {
        return verdict(negotiator.answer(profile, crypto, signallingEncrypted));
    }

    @Override
    public KeyVerdict accept(String profile, List<String> crypto) {
        return verdict(negotiator.accept(profile, crypto));
    }

    @Override
    public void renew() {
        negotiator.renew();
    }

    private static KeyVerdict verdict(SdesOutcome outcome) {
        if (outcome instanceof SdesOutcome.Encrypted agreed) {
            StreamKeys keys = new StreamKeys(agreed.send(), agreed.sendKey(), agreed.receive(), agreed.receiveKeys());
            return new KeyVerdict.Secured(agreed.send().suite().name(), current -> StreamGuard.after(current, keys),
                agreed.answer().map(CryptoAttribute::write));
        }
        return outcome instanceof SdesOutcome.Refused refused ? new KeyVerdict.Refused(refused.reason()) : new KeyVerdict.InClear();
    }
}
