package io.earshot.sip.sdp;

import io.earshot.sip.sdp.AudioCapabilities.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The offer/answer model (RFC 3264) for one stream of audio, as pure functions. {@link MediaNegotiation} calls them for a session that
 * lasts; call them directly only for a single exchange.
 */
public final class OfferAnswer {
    private OfferAnswer() {
    }

    /** The outcome of answering an offer. */
    public sealed interface AnswerVerdict { }

    /** The outcome of reading the answer to our offer. */
    public sealed interface CompletionVerdict { }

    /**
     * The offer can be accepted.
     *
     * @param answer what to send
     * @param audio what was agreed
     */
    public record Answered(SessionDescription answer, NegotiatedAudio audio) implements AnswerVerdict { }

    /**
     * The answer fits our offer.
     *
     * @param audio what was agreed
     */
    public record Completed(NegotiatedAudio audio) implements CompletionVerdict { }

    /**
     * There is no common ground: 488 to an offer, BYE after an answer.
     *
     * @param reason for programs
     * @param detail a sentence for people
     */
    public record Refused(Refusal reason, String detail) implements AnswerVerdict, CompletionVerdict { }

    /** Why two sides cannot talk; the later the value, the nearer they came. */
    public enum Refusal {
        /** Answer and offer do not have the same media lines. */
        MISMATCH,
        /** No audio is offered, or all of it is switched off with port 0. */
        NO_AUDIO,
        /** The peer switched our audio off with port 0. */
        REJECTED_BY_PEER,
        /** The media protocol is none we know. */
        UNKNOWN_PROFILE,
        /** The media is encrypted, and we were not told to. */
        SECURE_PROFILE,
        /** No {@code c=} line says where media goes. */
        NO_ADDRESS,
        /** None of the codecs is on both lists. */
        NO_COMMON_CODEC
    }

    /** Returns a first offer. */
    public static SessionDescription offer(Origin origin, AudioCapabilities capabilities) {
        AudioLines.Made made = AudioLines.offer(capabilities, capabilities.profiles().get(0), capabilities.direction(),
            PayloadTypes.NONE, Optional.empty());
        return SessionDescription.of(origin, Connection.of(capabilities.address().host()), List.of(made.media()));
    }

    /**
     * Answers an offer: the first audio we can take, in its payload types, by our preference of codecs; every other media line refused
     * with port 0.
     *
     * @param origin the {@code o=} of the answer
     */
    public static AnswerVerdict answer(SessionDescription offer, Origin origin, AudioCapabilities capabilities) {
        return answer(offer, origin, capabilities, 0);
    }

    /** As above, but tries the media line at {@code preferred} first: audio that flows stays where it is. */
    static AnswerVerdict answer(SessionDescription offer, Origin origin, AudioCapabilities capabilities, int preferred) {
        Refused refusal = new Refused(Refusal.NO_AUDIO, "no audio is offered");
        List<Integer> order = new ArrayList<>();
        if (preferred < offer.media().size()) {
            order.add(preferred);
        }
        for (int i = 0; i < offer.media().size(); i++) {
            if (i != preferred) {
                order.add(i);
            }
        }
        for (int index : order) {
            StreamAnswer stream = new StreamAnswer(offer, index, capabilities);
            Optional<Refused> reason = stream.refusal();
            if (reason.isEmpty()) {
                return answered(offer, origin, capabilities, stream.accept());
            }
            if (reason.get().reason().compareTo(refusal.reason()) > 0) {
                refusal = reason.get();
            }
        }
        return refusal;
    }

    private static Answered answered(SessionDescription offer, Origin origin, AudioCapabilities capabilities,
            StreamAnswer.Accepted accepted) {
        List<MediaDescription> media = new ArrayList<>();
        for (int i = 0; i < offer.media().size(); i++) {
            media.add(i == accepted.audio().mediaIndex() ? accepted.media() : AudioLines.closed(offer.media().get(i)));
        }
        SessionDescription answer = SessionDescription.of(origin, Connection.of(capabilities.address().host()), media);
        Optional<Line> time = offer.line('t'); // RFC 3264 §6: equal to the offer's
        return new Answered(time.isPresent() ? answer.withLine(time.get()) : answer, accepted.audio());
    }

    /**
     * Reads the answer to an offer of ours. Payload types may differ in the two directions; formats we did not offer are passed over;
     * absent media lines after our audio are forgiven.
     *
     * @param capabilities those the offer was made of
     */
    public static CompletionVerdict complete(SessionDescription offer, SessionDescription answer, AudioCapabilities capabilities) {
        int index = audioIndex(offer);
        if (index < 0 || answer.media().size() > offer.media().size() || index >= answer.media().size()
                || !answer.media().get(index).isType("audio")) {
            return new Refused(Refusal.MISMATCH,
                "the answer's media lines " + types(answer) + " are not those of our offer " + types(offer));
        }
        return new StreamCompletion(offer, answer, index, capabilities).verdict();
    }

    private static List<String> types(SessionDescription description) {
        return description.media().stream().map(MediaDescription::type).limit(8).toList();
    }

    /** Returns the index of the first audio that is not switched off, or -1. */
    static int audioIndex(SessionDescription description) {
        for (int i = 0; i < description.media().size(); i++) {
            MediaDescription media = description.media().get(i);
            if (media.isType("audio") && media.port() != 0) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Returns the peer's direction with the old hold sign, an unspecified address, counted in: it cannot receive there. With ICE that
     * address only means that no candidate is the default yet (RFC 8840 §4.1.1), as browsers say that hide theirs.
     */
    static Direction directionOf(SessionDescription theirs, MediaDescription media) {
        Direction said = theirs.direction(media);
        boolean ice = media.attribute("ice-ufrag").or(() -> theirs.attribute("ice-ufrag")).isPresent();
        boolean nowhere = !ice && theirs.connection(media).map(Connection::isUnspecified).orElse(false);
        return nowhere ? said.and(Direction.SENDONLY) : said;
    }

    /** Checks what both answering and completing need of a media line of the peer's. */
    static Optional<Refused> unusable(SessionDescription theirs, MediaDescription media, AudioCapabilities capabilities) {
        Optional<MediaProfile> profile = MediaProfile.parse(media.protocol());
        if (profile.isEmpty()) {
            return Optional.of(new Refused(Refusal.UNKNOWN_PROFILE, "the peer's media protocol " + media.protocol() + " is not known"));
        }
        if (!capabilities.profiles().contains(profile.get())) {
            return Optional.of(profile.get().isSecure()
                ? new Refused(Refusal.SECURE_PROFILE, "the peer wants encrypted media (" + media.protocol() + "), which is not enabled")
                : new Refused(Refusal.UNKNOWN_PROFILE, "the peer's media protocol " + media.protocol() + " is not enabled"));
        }
        return theirs.connection(media).isPresent() ? Optional.empty()
            : Optional.of(new Refused(Refusal.NO_ADDRESS, "the peer's description has no c= line for its audio"));
    }

    /** Returns where the peer wants RTCP. */
    static Optional<MediaAddress> rtcpOf(MediaDescription media, MediaAddress rtp, boolean mux) {
        if (mux) {
            return Optional.of(rtp);
        }
        return media.rtcp(rtp.host())
            .or(() -> rtp.port() == 65535 ? Optional.empty() : Optional.of(new MediaAddress(rtp.host(), rtp.port() + 1)));
    }

    static boolean isTelephoneEvent(RtpMap map) {
        return map.encoding().equalsIgnoreCase(AudioLines.EVENT_NAME);
    }

    static boolean wantsMux(AudioCapabilities capabilities) {
        return capabilities.has(Option.RTCP_MUX);
    }
}
