package io.earshot.srtp.sdes;

import static java.util.Objects.requireNonNull;

import io.earshot.api.id.IdSource;
import io.earshot.srtp.SrtpMasterKey;
import io.earshot.srtp.SrtpParameters;
import io.earshot.srtp.SrtpSuite;
import io.earshot.srtp.sdes.SecurityPolicy.Mode;
import io.earshot.srtp.sdes.SdesOutcome.Clear;
import io.earshot.srtp.sdes.SdesOutcome.Encrypted;
import io.earshot.srtp.sdes.SdesOutcome.Refused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Offer and answer of one media line of a call (RFC 4568 §5.1 and §7.1), the later ones included: keys are kept over re-INVITEs, so that
 * hold does not disturb the media, until {@link #renew()} asks for new ones. Confined to the thread of its owner.
 */
public final class SdesNegotiator {
    private static final int MAX_LINES = 32;

    private final SecurityPolicy policy;
    private final IdSource ids;
    private final List<CryptoAttribute> offered = new ArrayList<>();
    private Optional<Encrypted> agreed = Optional.empty();
    private boolean exchangeOver;
    private boolean renewing;

    /** Makes a negotiator; {@code ids} must be {@link IdSource#secure()} outside tests, as keys come from it. */
    public SdesNegotiator(SecurityPolicy policy, IdSource ids) {
        this.policy = requireNonNull(policy);
        this.ids = requireNonNull(ids);
    }

    /** The next offer or answer carries new keys of ours; what was agreed stays until it has been answered. */
    public void renew() {
        offered.clear();
        renewing = true;
    }

    /** Tells whether an offer must name the secure profile, RTP/SAVP or RTP/SAVPF; otherwise it is RTP/AVP with or without crypto. */
    public boolean offersSecureProfile() {
        return policy.mode() == Mode.REQUIRED || agreed.isPresent() && policy.mode() != Mode.OPPORTUNISTIC;
    }

    /** Returns the lines of an offer, empty if the policy offers nothing over such signalling. */
    public List<CryptoAttribute> offer(boolean signallingEncrypted) {
        boolean wanted = policy.mode() == Mode.OPPORTUNISTIC || policy.mode() == Mode.REQUIRED || agreed.isPresent();
        if (!wanted || !policy.allowsKeys(signallingEncrypted)) {
            return List.of();
        }
        if (exchangeOver) {
            offered.clear();
            exchangeOver = false;
        }
        if (offered.isEmpty()) {
            Optional<SrtpSuite> first = agreed.map(encrypted -> encrypted.send().suite());
            first.ifPresent(suite -> offered.add(line(1, suite, ownKey(SrtpParameters.of(suite)))));
            for (SrtpSuite suite : policy.suites()) {
                if (!first.equals(Optional.of(suite))) {
                    offered.add(line(offered.size() + 1, suite, newKey(suite)));
                }
            }
        }
        return List.copyOf(offered);
    }

    private static CryptoAttribute line(int tag, SrtpSuite suite, SrtpMasterKey key) {
        return new CryptoAttribute(tag, suite.name(), List.of(InlineKey.of(key)), List.of());
    }

    /** The key so far where it goes on in the same way: under other parameters its key stream would begin anew and be used twice. */
    private SrtpMasterKey ownKey(SrtpParameters send) {
        return agreed.filter(before -> !renewing && before.send().equals(send)).map(Encrypted::sendKey)
            .orElseGet(() -> newKey(send.suite()));
    }

    private SrtpMasterKey newKey(SrtpSuite suite) {
        byte[] both = new byte[suite.keyBytes() + suite.saltBytes()];
        for (int i = 0; i < both.length; i++) {
            both[i] = (byte) (ids.nextLong() >>> 24);
        }
        return SrtpMasterKey.of(suite, both);
    }

    /**
     * Answers an offer.
     *
     * @param profile the transport protocol of the media line, such as {@code RTP/SAVP}
     * @param crypto the values of its {@code a=crypto} attributes, in order
     */
    public SdesOutcome answer(String profile, List<String> crypto, boolean signallingEncrypted) {
        boolean secure = secure(profile);
        if (crypto.isEmpty() || policy.mode() == Mode.NONE) {
            return inClear(secure, policy.mode() == Mode.NONE ? "the peer wants encrypted media, which is switched off here"
                : "the peer offers no key for encrypted media");
        }
        if (!policy.allowsKeys(signallingEncrypted)) {
            return inClear(secure, "the peer offers keys over signalling that is not encrypted; use TLS");
        }
        for (String value : crypto.subList(0, Math.min(MAX_LINES, crypto.size()))) {
            Optional<CryptoAttribute> line = CryptoAttribute.parse(value);
            Optional<Reading> reading = line.flatMap(this::read);
            if (reading.isPresent()) {
                return accept(line.orElseThrow(), reading.get());
            }
        }
        return inClear(secure, "no crypto suite in common: the peer offers " + names(crypto) + ", here are " + policy.suites());
    }

    private SdesOutcome inClear(boolean secureProfile, String reason) {
        agreed = Optional.empty();
        if (policy.mode() == Mode.REQUIRED) {
            return new Refused("encrypted media is required: " + reason);
        }
        return secureProfile ? new Refused(reason) : new Clear();
    }

    private Encrypted accept(CryptoAttribute line, Reading reading) {
        SrtpParameters send = reading.parameters.withLifetime(SrtpParameters.MAX_LIFETIME);
        SrtpMasterKey own = ownKey(send);
        CryptoAttribute answer = new CryptoAttribute(line.tag(), line.suite(), List.of(InlineKey.of(own)),
            SessionParameters.answered(line.sessionParameters()));
        return agree(new Encrypted(send, own, reading.parameters, reading.keys, Optional.of(answer)));
    }

    private Encrypted agree(Encrypted outcome) {
        agreed = Optional.of(outcome);
        exchangeOver = true;
        renewing = false;
        return outcome;
    }

    /** Takes the answer to {@link #offer}. A second answer, of another fork, may follow: the offer stays good until the next. */
    public SdesOutcome accept(String profile, List<String> crypto) {
        if (crypto.isEmpty()) {
            boolean wasOffered = !offered.isEmpty();
            return inClear(secure(profile), wasOffered ? "the peer answers without a key" : "no key was offered");
        }
        if (crypto.size() > 1) {
            return new Refused("the peer answers with " + crypto.size() + " crypto lines instead of one");
        }
        Optional<CryptoAttribute> answer = CryptoAttribute.parse(crypto.get(0));
        Optional<CryptoAttribute> chosen = answer.flatMap(line -> offered.stream()
            .filter(ours -> ours.tag() == line.tag() && SrtpSuite.named(ours.suite()).equals(SrtpSuite.named(line.suite()))).findFirst());
        Optional<Reading> reading = chosen.flatMap(ours -> answer.flatMap(this::read));
        if (reading.isEmpty()) {
            return new Refused("the peer's crypto line does not answer one that was offered: " + names(crypto));
        }
        SrtpParameters receive = reading.get().parameters;
        SrtpParameters send = SrtpParameters.of(receive.suite());
        if (!SessionParameters.same(send, receive)) {
            return new Refused("the peer answers with session parameters that were not offered");
        }
        SrtpMasterKey own = chosen.get().keys().get(0).key(receive.suite());
        return agree(new Encrypted(send, own, receive, reading.get().keys, Optional.empty()));
    }

    private record Reading(SrtpParameters parameters, List<SrtpMasterKey> keys) { }

    /** Several keys need MKIs, all of one length and each another (RFC 4568 §6.1). */
    private Optional<Reading> read(CryptoAttribute line) {
        Optional<SrtpSuite> suite = SrtpSuite.named(line.suite()).filter(policy.suites()::contains);
        Optional<SrtpParameters> parameters = suite.flatMap(known -> SessionParameters.read(known, line.sessionParameters(), policy));
        if (parameters.isEmpty()) {
            return Optional.empty();
        }
        SrtpSuite known = suite.get();
        List<SrtpMasterKey> keys = new ArrayList<>();
        long life = SrtpParameters.MAX_LIFETIME;
        for (InlineKey each : line.keys()) {
            boolean first = keys.isEmpty();
            if (each.keyAndSaltBytes() != known.keyBytes() + known.saltBytes() || !first && each.mkiBytes() == 0
                || !first && each.mkiBytes() != keys.get(0).mkiBytes()) {
                return Optional.empty();
            }
            SrtpMasterKey key = each.key(known);
            if (keys.stream().anyMatch(other -> Arrays.equals(other.mki(), key.mki()))) {
                return Optional.empty();
            }
            keys.add(key);
            life = Math.min(life, each.lifetime());
        }
        return Optional.of(new Reading(parameters.get().withLifetime(life), keys));
    }

    private static boolean secure(String profile) {
        return profile.toUpperCase(Locale.ROOT).contains("/SAVP");
    }

    private static String names(List<String> crypto) {
        return crypto.stream().limit(MAX_LINES).map(value -> CryptoAttribute.parse(value).map(CryptoAttribute::suite).orElse("(malformed)"))
            .distinct().toList().toString();
    }
}
