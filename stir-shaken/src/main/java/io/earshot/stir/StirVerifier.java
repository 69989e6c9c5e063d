package io.earshot.stir;

import io.earshot.api.identity.CallerVerification;
import io.earshot.api.identity.Passport;
import io.earshot.api.identity.VerifierConfig;
import io.earshot.api.identity.spi.CallerVerifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Checks what RFC 8224 §6.2 asks for, in the order that costs an attacker's victim the least. */
final class StirVerifier implements CallerVerifier {
    private static final int MAX_IDENTITIES = 4;
    private static final Set<String> KNOWN = Set.of("", "shaken", "div");

    private final VerifierConfig config;
    private final CertificateFetcher fetcher;
    private final Executor workers;

    StirVerifier(VerifierConfig config, CertificateFetcher fetcher, Executor workers) {
        this.config = config;
        this.fetcher = fetcher;
        this.workers = workers;
    }

    @Override
    public CompletionStage<CallerVerification> verify(List<String> identities, Facts facts) {
        try {
            SignedPassport chosen = choose(identities, facts);
            checkFacts(chosen.passport(), facts);
            if (config.anchors().isEmpty()) {
                return done(new CallerVerification.NotChecked(Optional.of(chosen.passport()),
                    "No trust anchors are set: give the phone those of your STI policy administrator (VerifierConfig.withAnchors)"));
            }
            return CompletableFuture.supplyAsync(() -> checkSignature(chosen, facts), workers);
        } catch (Verdict verdict) {
            return done(verdict.toVerification());
        } catch (RejectedExecutionException closing) {
            return done(new CallerVerification.NotChecked(Optional.empty(), "The phone is closing"));
        }
    }

    private static CompletionStage<CallerVerification> done(CallerVerification verdict) {
        return CompletableFuture.completedStage(verdict);
    }

    /** Returns the passport that speaks of the caller: shaken, or plain; div ones only add to it. */
    private static SignedPassport choose(List<String> identities, Facts facts) throws Verdict {
        if (identities.size() > MAX_IDENTITIES) {
            throw Verdict.malformed("There are " + identities.size() + " Identity headers, more than " + MAX_IDENTITIES);
        }
        List<SignedPassport> read = new ArrayList<>();
        Verdict first = null;
        for (String identity : identities) {
            try {
                IdentityHeader header = IdentityHeader.parse(identity);
                if (KNOWN.contains(header.extension())) {
                    read.add(SignedPassport.read(header, facts));
                }
            } catch (Verdict broken) {
                first = first == null ? broken : first;
            }
        }
        Optional<SignedPassport> best = read.stream().filter(one -> one.passport().extension().equals("shaken")).findFirst()
            .or(() -> read.stream().filter(one -> one.passport().extension().isEmpty()).findFirst())
            .or(() -> read.stream().findFirst());
        if (best.isEmpty()) {
            throw first != null ? first : Verdict.malformed("No Identity header has an extension that is known here");
        }
        return best.get();
    }

    private void checkFacts(Passport passport, Facts facts) throws Verdict {
        Duration age = Duration.between(passport.issued(), facts.received()).abs();
        if (age.compareTo(config.freshness()) > 0) {
            throw new Verdict(403, "The signature is " + age.toSeconds() + " s away from now, more than " + config.freshness().toSeconds());
        }
        if (!Addresses.matches(passport.caller(), facts.callers())) {
            throw Verdict.malformed("The signature is for the caller " + IdentityHeader.printable(passport.caller()) + ", not for "
                + IdentityHeader.printable(facts.callers().isEmpty() ? "nobody" : facts.callers().get(0)));
        }
        if (passport.called().stream().noneMatch(one -> Addresses.matches(one, facts.called()))) {
            throw Verdict.malformed("The signature is for a call to " + IdentityHeader.printable(String.join(", ", passport.called())));
        }
        if (passport.extension().equals("shaken") && (passport.attestation().isEmpty() || passport.originId().isEmpty())) {
            throw Verdict.malformed("A SHAKEN signature must have attest (A, B or C) and origid");
        }
    }

    private CallerVerification checkSignature(SignedPassport signed, Facts facts) {
        try {
            Chain chain = fetcher.fetch(signed.passport().certificate(), facts.received());
            if (!signed.isSignedBy(chain.key())) {
                throw Verdict.malformed("The signature was not made with the key of " + chain.name());
            }
            chain.check(config.anchors(), facts.received());
            return new CallerVerification.Valid(signed.passport(), chain.name());
        } catch (Verdict verdict) {
            return verdict.toVerification();
        }
    }

    @Override
    public void close() {
        // The client's threads are the workers'; nothing else is held.
    }
}
