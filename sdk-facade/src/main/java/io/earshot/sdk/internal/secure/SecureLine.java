package io.earshot.sdk.internal.secure;

import io.earshot.api.Encryption;
import io.earshot.api.MediaEncryption;
import io.earshot.api.MediaEncryption.Demand;
import io.earshot.api.MediaEncryption.KeyMethod;
import io.earshot.rtp.secure.HandshakeExchange;
import io.earshot.rtp.secure.HandshakeVerdict;
import io.earshot.rtp.secure.KeyExchange;
import io.earshot.rtp.secure.KeyVerdict;
import io.earshot.sdk.internal.media.path.Protection;
import io.earshot.sip.sdp.Attribute;
import io.earshot.sip.sdp.MediaDescription;
import io.earshot.sip.sdp.MediaProfile;
import io.earshot.sip.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The encryption in the offers and answers of one call. Around the negotiation of sound, which knows media in clear only: what the peer
 * wrote gets a clear profile on its way in, what we write gets the secure one and the keys on its way out. Confined to the signalling loop.
 */
public final class SecureLine {
    private final Optional<Exchanges> exchanges;
    private final MediaEncryption wanted;
    private final boolean signallingEncrypted;
    private final Versions versions = new Versions();
    /** The profile of encryption that is in force, to be offered again. */
    private Optional<MediaProfile> inForce = Optional.empty();
    private Optional<KeyMethod> method = Optional.empty();
    private boolean renewing;
    /** Whether a handshake was agreed on whose keys are not there yet. */
    private boolean keying;
    private Optional<String> kept = Optional.empty();

    /** The ways to keys; the second is there once our certificate is made. */
    record Exchanges(KeyExchange sdes, Supplier<Optional<HandshakeExchange>> dtls, Supplier<Optional<HandshakeExchange>> zrtp) { }

    /**
     * What encryption came to.
     *
     * @param attributes those of our answer, each as behind {@code a=}
     * @param protection what the packets are under
     * @param refusal why there is no media; empty for there is
     */
    public record Outcome(List<String> attributes, Protection protection, Optional<Encryption> encryption, Optional<String> refusal) {
        /** No encryption. */
        public static final Outcome CLEAR = new Outcome(List.of(), new Protection.None(), Optional.empty(), Optional.empty());

        static Outcome refused(String reason) {
            return new Outcome(List.of(), new Protection.None(), Optional.empty(), Optional.of(reason));
        }

        private static Outcome encrypted(List<String> attributes, Protection protection, Encryption how) {
            return new Outcome(attributes, protection, Optional.of(how), Optional.empty());
        }
    }

    SecureLine(Exchanges exchanges, MediaEncryption wanted, boolean signallingEncrypted) {
        this(Optional.of(exchanges), wanted, signallingEncrypted);
    }

    private SecureLine(Optional<Exchanges> exchanges, MediaEncryption wanted, boolean signallingEncrypted) {
        this.exchanges = exchanges;
        this.wanted = wanted;
        this.signallingEncrypted = signallingEncrypted;
    }

    /** Returns one that leaves everything as it is. */
    static SecureLine plain() {
        return new SecureLine(Optional.empty(), MediaEncryption.NONE, false);
    }

    private boolean isPlain() {
        return exchanges.isEmpty();
    }

    /** Tells whether our offers insist on keys by DTLS. */
    public boolean insistsOnHandshake() {
        return !isPlain() && wanted.keys() == KeyMethod.DTLS && wanted.demand() == Demand.REQUIRED;
    }

    /** Returns why no offer can be made; empty if one can. */
    public Optional<String> hindrance() {
        if (isPlain() || wanted.demand() != Demand.REQUIRED || wanted.keys() == KeyMethod.ZRTP) {
            return Optional.empty();
        }
        if (wanted.keys() == KeyMethod.DTLS) {
            return exchanges.get().dtls.get().isPresent() ? Optional.empty() : Optional.of("our certificate cannot be made");
        }
        return signallingEncrypted || wanted.keysInClear() ? Optional.empty() : Optional.of("SDES keys may not travel in signalling that is"
                + " not encrypted; use TLS, DTLS keys (MediaEncryption.DTLS), or allow it with withKeysInClear()");
    }

    /** Returns our offer with the keys of the line of that index. */
    public SessionDescription offer(SessionDescription plain, int index) {
        if (isPlain()) {
            return versions.stamp(plain);
        }
        Optional<Written> written = written(plain.media().get(index).protocol());
        return versions.stamp(written.map(one -> outgoing(plain, index, one.protocol, one.attributes)).orElse(plain));
    }

    private record Written(String protocol, List<String> attributes) { }

    /** What an offer carries: what is in force, or else what is wanted. */
    private Optional<Written> written(String clear) {
        boolean feedback = MediaProfile.AVPF.protocol().equals(clear);
        Exchanges all = exchanges.orElseThrow();
        MediaProfile bare = feedback ? MediaProfile.AVPF : MediaProfile.AVP;
        boolean offering = wanted.demand() == Demand.REQUIRED || wanted.demand() == Demand.OPTIONAL;
        boolean dtls = inForce.map(SecureLine::isDtls).orElse(wanted.keys() == KeyMethod.DTLS && offering);
        if (dtls) {
            MediaProfile certain = feedback ? MediaProfile.DTLS_SAVPF : MediaProfile.DTLS_SAVP;
            MediaProfile usual = wanted.demand() == Demand.OPTIONAL ? bare : certain;
            return all.dtls.get().map(exchange -> new Written(inForce.orElse(usual).protocol(), exchange.offer()));
        }
        if (inForce.isEmpty() && (wanted.keys() == KeyMethod.ZRTP && offering || method.equals(Optional.of(KeyMethod.ZRTP)))) {
            return all.zrtp.get().map(exchange -> new Written(clear, exchange.offer()));
        }
        if (inForce.isEmpty() && wanted.keys() == KeyMethod.ZRTP) {
            return Optional.empty();
        }
        List<String> crypto = all.sdes.offer(signallingEncrypted);
        MediaProfile usual = !all.sdes.offersSecureProfile() ? bare : feedback ? MediaProfile.SAVPF : MediaProfile.SAVP;
        return crypto.isEmpty() ? Optional.empty() : Optional.of(new Written(inForce.orElse(usual).protocol(), named("crypto", crypto)));
    }

    private static boolean isDtls(MediaProfile profile) {
        return profile == MediaProfile.DTLS_SAVP || profile == MediaProfile.DTLS_SAVPF;
    }

    private static List<String> named(String name, List<String> values) {
        return values.stream().map(value -> name + ":" + value).toList();
    }

    private static SessionDescription outgoing(SessionDescription plain, int index, String protocol, List<String> attributes) {
        MediaDescription media = plain.media().get(index);
        MediaDescription out = new MediaDescription(media.type(), media.port(), media.portCount(), protocol, media.formats(),
                media.lines());
        for (String attribute : attributes) {
            out = out.with(new Attribute(attribute));
        }
        return plain.withMedia(index, out);
    }

    /**
     * Returns in which order to try the lines of an offer of the peer's, by index: those that are encrypted first. Each is to be tried with
     * {@link #only}.
     */
    public List<Integer> order(SessionDescription offer, int preferred) {
        List<Integer> audio = new ArrayList<>();
        for (int i = 0; !isPlain() && i < offer.media().size(); i++) {
            MediaDescription media = offer.media().get(i);
            if (media.isType("audio") && media.port() != 0) {
                audio.add(i);
            }
        }
        audio.sort(Comparator.comparingInt(index -> (isSecure(offer.media().get(index)) ? 0 : 2) + (index == preferred ? 0 : 1)));
        return audio.isEmpty() ? List.of(preferred) : audio;
    }

    private static boolean isSecure(MediaDescription media) {
        return MediaProfile.parse(media.protocol()).filter(MediaProfile::isSecure).isPresent();
    }

    /** Returns an offer as if it had this one line of audio, in clear. */
    public SessionDescription only(SessionDescription offer, int index) {
        if (isPlain()) {
            return offer;
        }
        SessionDescription out = plain(offer);
        for (int i = 0; i < out.media().size(); i++) {
            MediaDescription media = out.media().get(i);
            out = i != index && media.isType("audio") ? out.withMedia(i, media.withPort(0)) : out;
        }
        return out;
    }

    /** Returns what the peer wrote as if its media were in clear. */
    public SessionDescription plain(SessionDescription theirs) {
        SessionDescription out = theirs;
        for (int i = 0; !isPlain() && i < theirs.media().size(); i++) {
            MediaDescription media = theirs.media().get(i);
            Optional<MediaProfile> profile = MediaProfile.parse(media.protocol()).filter(MediaProfile::isSecure);
            if (profile.isPresent()) {
                boolean feedback = profile.get() == MediaProfile.SAVPF || profile.get() == MediaProfile.DTLS_SAVPF;
                out = out.withMedia(i, new MediaDescription(media.type(), media.port(), media.portCount(),
                        (feedback ? MediaProfile.AVPF : MediaProfile.AVP).protocol(), media.formats(), media.lines()));
            }
        }
        return out;
    }

    /** Judges the keys of an offer's line; the sound of it is agreed on already. */
    public Outcome judge(SessionDescription offer, int index) {
        if (isPlain()) {
            return Outcome.CLEAR;
        }
        MediaDescription media = offer.media().get(index);
        Exchanges all = exchanges.orElseThrow();
        boolean dtls = MediaProfile.parse(media.protocol()).filter(SecureLine::isDtls).isPresent()
                || crypto(media).isEmpty() && offersHandshake(offer, media);
        if (!dtls) {
            return orZrtp(settle(all.sdes.answer(media.protocol(), crypto(media), signallingEncrypted), media), offer, media, true);
        }
        return all.dtls.get().map(exchange -> settle(exchange.answer(texts(offer.attributes()), texts(media.attributes())), media))
                .orElseGet(() -> Outcome.refused("our certificate cannot be made"));
    }

    /** Tells whether somebody offers keys by DTLS. */
    public static boolean offersHandshake(SessionDescription offer) {
        return offer.media().stream().anyMatch(media -> offersHandshake(offer, media));
    }

    private static boolean offersHandshake(SessionDescription offer, MediaDescription media) {
        return media.attribute("fingerprint").or(() -> offer.attribute("fingerprint")).isPresent();
    }

    /** Returns our answer with its keys. */
    public SessionDescription answer(SessionDescription plain, SessionDescription offer, int index, Outcome outcome) {
        if (isPlain()) {
            return versions.stamp(plain);
        }
        SessionDescription out = plain;
        for (int i = 0; i < offer.media().size() && i < out.media().size(); i++) {
            out = outgoing(out, i, offer.media().get(i).protocol(), i == index ? outcome.attributes : List.of());
        }
        return versions.stamp(out);
    }

    /** Judges the keys of the peer's answer. */
    public Outcome accept(SessionDescription answer, int index) {
        if (isPlain()) {
            return Outcome.CLEAR;
        }
        MediaDescription media = answer.media().get(index);
        Exchanges all = exchanges.orElseThrow();
        boolean dtls = MediaProfile.parse(media.protocol()).filter(SecureLine::isDtls).isPresent()
                || crypto(media).isEmpty() && offersHandshake(answer, media);
        Optional<HandshakeExchange> handshake = dtls ? all.dtls.get() : Optional.empty();
        if (handshake.isPresent()) {
            return settle(handshake.get().accept(texts(answer.attributes()), texts(media.attributes())), media);
        }
        return orZrtp(settle(all.sdes.accept(media.protocol(), crypto(media)), media), answer, media, false);
    }

    /** Sound for which the SDP has no keys may get some all the same: where that is wanted, and where the peer says that it can. */
    private Outcome orZrtp(Outcome outcome, SessionDescription theirs, MediaDescription media, boolean offered) {
        boolean wants = wanted.keys() == KeyMethod.ZRTP && wanted.demand().compareTo(Demand.OPTIONAL) >= 0;
        boolean told = media.attribute("zrtp-hash").or(() -> theirs.attribute("zrtp-hash")).isPresent();
        if (outcome.refusal.isPresent() || outcome.encryption.isPresent() || !wants && !told) {
            return outcome;
        }
        Optional<HandshakeExchange> exchange = exchanges.orElseThrow().zrtp.get();
        if (exchange.isEmpty()) {
            return outcome;
        }
        boolean required = wants && wanted.demand() == Demand.REQUIRED;
        List<String> session = texts(theirs.attributes());
        HandshakeVerdict.Agreed agreed = (HandshakeVerdict.Agreed) (offered ? exchange.get().answer(session, texts(media.attributes()))
                : exchange.get().accept(session, texts(media.attributes())));
        method = Optional.of(KeyMethod.ZRTP);
        return Outcome.encrypted(agreed.answer(), new Protection.Handshake(agreed.change(), !required, true),
                new Encryption(KeyMethod.ZRTP, "", false, required));
    }

    private Outcome settle(KeyVerdict verdict, MediaDescription media) {
        if (verdict instanceof KeyVerdict.Secured secured) {
            inForce = Optional.of(MediaProfile.parse(media.protocol()).orElse(MediaProfile.SAVP));
            secured(KeyMethod.SDES, true);
            return Outcome.encrypted(named("crypto", secured.answer().stream().toList()), new Protection.Keys(secured.change()),
                    new Encryption(KeyMethod.SDES, secured.suite(), !signallingEncrypted, wanted.demand() == Demand.REQUIRED));
        }
        return verdict instanceof KeyVerdict.Refused refused ? Outcome.refused(refused.reason()) : clear();
    }

    private Outcome settle(HandshakeVerdict verdict, MediaDescription media) {
        if (verdict instanceof HandshakeVerdict.Agreed agreed) {
            inForce = Optional.of(MediaProfile.parse(media.protocol()).filter(SecureLine::isDtls).orElse(MediaProfile.DTLS_SAVP));
            secured(KeyMethod.DTLS, agreed.anew());
            return Outcome.encrypted(agreed.answer(), new Protection.Handshake(agreed.change()),
                    new Encryption(KeyMethod.DTLS, "", false, wanted.demand() == Demand.REQUIRED));
        }
        if (verdict instanceof HandshakeVerdict.Refused refused) {
            return Outcome.refused(refused.reason());
        }
        boolean insists = isSecure(media) || wanted.demand() == Demand.REQUIRED;
        return insists ? Outcome.refused("the peer's description has no fingerprint for DTLS") : clear();
    }

    private Outcome clear() {
        inForce = Optional.empty();
        method = Optional.empty();
        renewing = false;
        keying = false;
        return Outcome.CLEAR;
    }

    private void secured(KeyMethod by, boolean anew) {
        method = Optional.of(by);
        keying = by == KeyMethod.DTLS && (keying || anew);
        kept = renewing && !anew ? Optional.of("the peer goes on with the DTLS association that there is; it does not know a=tls-id"
                + " (RFC 8842)") : Optional.empty();
        renewing = false;
    }

    /** The next offer carries new keys; returns why there can be none, or nothing. */
    public Optional<String> renew() {
        if (method.isEmpty()) {
            return Optional.of("the sound of this call is in clear");
        }
        if (method.get() == KeyMethod.ZRTP) {
            return Optional.of("keys by ZRTP hold for the whole call");
        }
        renewing = true;
        kept = Optional.empty();
        Exchanges all = exchanges.orElseThrow();
        if (method.get() == KeyMethod.DTLS) {
            all.dtls.get().ifPresent(HandshakeExchange::renew);
        } else {
            all.sdes.renew();
        }
        return Optional.empty();
    }

    /** Keys are in force. */
    public void keyed() {
        keying = false;
    }

    /** Tells whether keys that were agreed on are not in force yet: another handshake must not cross that. */
    public boolean isKeying() {
        return keying;
    }

    /** Returns why the last offer with new keys came to nothing; empty if it did not. */
    public Optional<String> notRenewed() {
        return kept;
    }

    private static List<String> crypto(MediaDescription media) {
        return media.attributes().stream().filter(attribute -> attribute.is("crypto")).map(Attribute::value).toList();
    }

    private static List<String> texts(List<Attribute> attributes) {
        return attributes.stream().map(Attribute::text).toList();
    }
}
