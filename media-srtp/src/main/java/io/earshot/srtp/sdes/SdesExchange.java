package io.earshot.srtp.sdes;

import io.earshot.rtp.secure.KeyExchange;
import io.earshot.rtp.secure.KeyVerdict;
import java.util.List;

/** A negotiator as the phone sees it: text in and out, and keys that only a {@link SdesGuard} opens. */
final class SdesExchange implements KeyExchange {
    private final SdesNegotiator negotiator;

    SdesExchange(SdesNegotiator negotiator) {
        this.negotiator = negotiator;
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
            return new KeyVerdict.Secured(agreed.send().suite().name(), current -> SdesGuard.after(current, agreed),
                agreed.answer().map(CryptoAttribute::write));
        }
        return outcome instanceof SdesOutcome.Refused refused ? new KeyVerdict.Refused(refused.reason()) : new KeyVerdict.InClear();
    }
}
