package io.earshot.sip.sdp;

import static java.util.Objects.requireNonNull;

import io.earshot.api.id.IdSource;
import io.earshot.sip.sdp.OfferAnswer.Answered;
import io.earshot.sip.sdp.OfferAnswer.AnswerVerdict;
import io.earshot.sip.sdp.OfferAnswer.Completed;
import io.earshot.sip.sdp.OfferAnswer.CompletionVerdict;
import io.earshot.sip.sdp.OfferAnswer.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The offers and answers of one session so far (RFC 3264 §8). Immutable: each step returns the next state, so a step that comes to
 * nothing is undone by keeping the old one, and forks of one offer each complete a copy of their own.
 *
 * <p>It keeps what callers get wrong: the session id and its version, the number and order of media lines, the meaning of payload
 * types, and hold from both sides.
 */
public final class MediaNegotiation {
    private final AudioCapabilities capabilities;
    /** What may flow while we hold. */
    private final Optional<Direction> hold;
    private final Origin nextOrigin;
    private final PayloadTypes numbers;
    private final Optional<SessionDescription> sent;
    private final Agreement agreement;
    private final Optional<Pending> pending;

    /** What is in force; empty before the first answer. */
    private record Agreement(Optional<SessionDescription> local, Optional<SessionDescription> remote, Optional<NegotiatedAudio> audio) {
        static final Agreement NONE = new Agreement(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Our offer, and what it was made of. */
    private record Pending(SessionDescription offer, AudioCapabilities capabilities) { }

    /**
     * An offer was made.
     *
     * @param next the state to go on with
     * @param offer what to send
     */
    public record Offered(MediaNegotiation next, SessionDescription offer) { }

    /** What became of an offer of the peer's. */
    public sealed interface AnswerStep { }

    /** What became of an answer of the peer's. */
    public sealed interface CompletionStep { }

    /**
     * The peer's offer is accepted.
     *
     * @param next the state to go on with
     * @param answer what to send
     * @param audio what was agreed
     */
    public record Accepted(MediaNegotiation next, SessionDescription answer, NegotiatedAudio audio) implements AnswerStep { }

    /**
     * The peer's answer is accepted.
     *
     * @param next the state to go on with
     * @param audio what was agreed
     */
    public record Agreed(MediaNegotiation next, NegotiatedAudio audio) implements CompletionStep { }

    /**
     * The peer's description cannot be accepted; what was in force before still is.
     *
     * @param next the state to go on with; no offer of ours is open in it any more
     * @param reason why
     */
    public record Declined(MediaNegotiation next, Refused reason) implements AnswerStep, CompletionStep { }

    private MediaNegotiation(AudioCapabilities capabilities, Optional<Direction> hold, Sent last, Agreement agreement,
            Optional<Pending> pending) {
        this.capabilities = requireNonNull(capabilities, "capabilities");
        this.hold = hold;
        this.nextOrigin = last.next;
        this.numbers = last.numbers;
        this.sent = last.description;
        this.agreement = agreement;
        this.pending = pending;
    }

    /** The last description that left us, accepted or not. */
    private record Sent(Optional<SessionDescription> description, Origin next, PayloadTypes numbers) { }

    /** Returns the state of a session in which nothing was said yet. */
    public static MediaNegotiation start(AudioCapabilities capabilities, IdSource ids) {
        String sessionId = Long.toString(ids.nextLong() >>> 2); // 62 bits: some peers read a signed number
        Origin origin = Origin.first("-", sessionId, capabilities.address().host());
        return new MediaNegotiation(capabilities, Optional.empty(), new Sent(Optional.empty(), origin, PayloadTypes.NONE), Agreement.NONE,
            Optional.empty());
    }

    private Sent last() {
        return new Sent(sent, nextOrigin, numbers);
    }

    /** Returns what the next offer or answer is made of. */
    public AudioCapabilities capabilities() {
        return capabilities;
    }

    /** Returns a state whose next offer or answer is made of these; nothing is sent by that. */
    public MediaNegotiation withCapabilities(AudioCapabilities changed) {
        return new MediaNegotiation(changed, hold, last(), agreement, pending);
    }

    /** Tells whether we hold the call, as from the next offer or answer. */
    public boolean isHeld() {
        return hold.isPresent();
    }

    /** Returns a state that holds or resumes with its next offer or answer; follow it with {@link #offer()}. */
    public MediaNegotiation withHold(boolean hold) {
        return withHold(hold ? Optional.of(Direction.SENDONLY) : Optional.empty());
    }

    /** Returns a state in which no more than this flows, as {@link #withHold(boolean)}; empty resumes. */
    public MediaNegotiation withHold(Optional<Direction> most) {
        return new MediaNegotiation(capabilities, requireNonNull(most, "most"), last(), agreement, pending);
    }

    /** Returns the description of ours that is in force. */
    public Optional<SessionDescription> local() {
        return agreement.local;
    }

    /** Returns the description of the peer's that is in force. */
    public Optional<SessionDescription> remote() {
        return agreement.remote;
    }

    /** Returns what is agreed, empty before the first answer. */
    public Optional<NegotiatedAudio> audio() {
        return agreement.audio;
    }

    /** Tells whether an offer of ours is waiting for its answer. */
    public boolean isOfferOpen() {
        return pending.isPresent();
    }

    /** Returns our open offer, to be sent once more as it is. */
    public Optional<SessionDescription> openOffer() {
        return pending.map(Pending::offer);
    }

    /** What we want now: our wish, and while we hold no more than that allows (RFC 3264 §8.4). */
    private Direction wanted() {
        return hold.map(capabilities.direction()::and).orElse(capabilities.direction());
    }

    /**
     * Makes an offer: the first of the session, or a new one after an agreement. While the peer holds, we offer our whole wish all the
     * same, lest neither side ever resumes (RFC 6337 §5.3); unless we hold as well, which makes it {@code inactive}.
     *
     * @throws IllegalStateException if an offer is open already
     */
    public Offered offer() {
        if (pending.isPresent()) {
            throw new IllegalStateException("an offer is open; wait for its answer or give it up");
        }
        boolean remoteHold = agreement.audio.map(NegotiatedAudio::remoteHold).orElse(false);
        Direction direction = remoteHold && hold.filter(Direction.SENDONLY::equals).isPresent() ? Direction.INACTIVE : wanted();
        List<MediaDescription> before = agreement.local.map(SessionDescription::media).orElse(List.of());
        int index = agreement.audio.map(NegotiatedAudio::mediaIndex).orElse(0);
        Optional<String> mid = index < before.size() ? before.get(index).mid() : Optional.empty();
        MediaProfile profile = agreement.audio.map(NegotiatedAudio::profile).orElse(capabilities.profiles().get(0));
        AudioLines.Made made = AudioLines.offer(capabilities, profile, direction, numbers, mid);
        List<MediaDescription> media = new ArrayList<>();
        for (int i = 0; i < Math.max(1, before.size()); i++) {
            media.add(i == index ? made.media() : AudioLines.closed(before.get(i)));
        }
        Sent now = stamp(base(media), made.meanings());
        SessionDescription offer = now.description.orElseThrow();
        return new Offered(new MediaNegotiation(capabilities, hold, now, agreement, Optional.of(new Pending(offer, capabilities))), offer);
    }

    private SessionDescription base(List<MediaDescription> media) {
        return SessionDescription.of(nextOrigin, Connection.of(capabilities.address().host()), media);
    }

    /** Gives a description its version: that of the last one if they are the same, one more if not (RFC 3264 §8). */
    private Sent stamp(SessionDescription description, Map<Integer, String> meanings) {
        Optional<SessionDescription> same = sent.filter(before -> description.withOrigin(before.origin()).equals(before));
        SessionDescription stamped = same.orElse(description.withOrigin(nextOrigin));
        return new Sent(Optional.of(stamped), same.isPresent() ? nextOrigin : nextOrigin.next(), numbers.with(meanings));
    }

    /**
     * Reads the answer to our open offer.
     *
     * @throws IllegalStateException if no offer is open
     */
    public CompletionStep complete(SessionDescription answer) {
        Pending open = pending.orElseThrow(() -> new IllegalStateException("no offer is open"));
        CompletionVerdict verdict = OfferAnswer.complete(open.offer, answer, open.capabilities);
        if (verdict instanceof Refused refused) {
            return new Declined(withoutOffer(), refused);
        }
        NegotiatedAudio audio = ((Completed) verdict).audio();
        if (!open.offer.direction(open.offer.media().get(audio.mediaIndex())).sends()) {
            // We did not offer to send, so the answer cannot tell: the peer holds if it held before.
            audio = audio.withRemoteHold(agreement.audio.map(NegotiatedAudio::remoteHold).orElse(false));
        }
        Agreement agreed = new Agreement(Optional.of(open.offer), Optional.of(answer), Optional.of(audio));
        return new Agreed(new MediaNegotiation(capabilities, hold, last(), agreed, Optional.empty()), audio);
    }

    /** Returns the state after our open offer was rejected or given up: what was in force before still is (RFC 3261 §14.1). */
    public MediaNegotiation withoutOffer() {
        return new MediaNegotiation(capabilities, hold, last(), agreement, Optional.empty());
    }

    /**
     * Answers an offer of the peer's, the first one or a later one. Audio that flows stays on its media line if it can. An offer that
     * drops media lines, which it may not (RFC 3264 §8), is answered line by line all the same: the call matters more.
     *
     * @throws IllegalStateException if an offer of ours is open: that is glare, which SIP settles with 491
     */
    public AnswerStep answer(SessionDescription offer) {
        if (pending.isPresent()) {
            throw new IllegalStateException("an offer of ours is open; the peer's must be rejected");
        }
        int index = agreement.audio.map(NegotiatedAudio::mediaIndex).orElse(0);
        AnswerVerdict verdict = OfferAnswer.answer(offer, nextOrigin, capabilities.withDirection(wanted()), index);
        if (verdict instanceof Refused refused) {
            return new Declined(this, refused);
        }
        Answered answered = (Answered) verdict;
        Sent now = stamp(answered.answer(), meanings(answered.audio()));
        SessionDescription answer = now.description.orElseThrow();
        Agreement agreed = new Agreement(Optional.of(answer), Optional.of(offer), Optional.of(answered.audio()));
        return new Accepted(new MediaNegotiation(capabilities, hold, now, agreed, Optional.empty()), answer, answered.audio());
    }

    private static Map<Integer, String> meanings(NegotiatedAudio audio) {
        Map<Integer, String> out = new HashMap<>();
        audio.codecs().forEach(codec -> out.put(codec.receivePayloadType(), PayloadTypes.key(codec.descriptor())));
        audio.companions().comfortNoise().ifPresent(noise -> out.put(noise.receivePayloadType(), CompanionFormats.NOISE_KEY));
        audio.companions().redundancy().ifPresent(red -> out.put(red.receivePayloadType(),
            CompanionFormats.redundancyKey(audio.codec().descriptor())));
        audio.telephoneEvent().ifPresent(event ->
            event.receivedTypes().forEach((type, rate) -> out.put(type, PayloadTypes.eventKey(rate))));
        return out;
    }
}
