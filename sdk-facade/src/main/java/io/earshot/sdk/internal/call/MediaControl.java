package io.earshot.sdk.internal.call;

import io.earshot.api.CallEvent;
import io.earshot.api.CallEvent.Side;
import io.earshot.api.calls.HoldMode;
import io.earshot.api.Encryption;
import io.earshot.api.Failure;
import io.earshot.api.audio.LossRepair;
import io.earshot.api.MediaEncryption;
import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.rtp.dtmf.TelephoneEvent;
import io.earshot.rtp.secure.ShortString;
import io.earshot.sdk.internal.loop.EventLoop;
import io.earshot.sdk.internal.media.CallMedia;
import io.earshot.sdk.internal.registry.CodecPlan;
import io.earshot.sdk.internal.registry.Codecs;
import io.earshot.sdk.internal.route.BundleLine;
import io.earshot.sdk.internal.route.RouteLine;
import io.earshot.sdk.internal.route.TrickleLine;
import io.earshot.sdk.internal.secure.SecureLine;
import io.earshot.sip.sdp.AudioCapabilities;
import io.earshot.sip.sdp.Direction;
import io.earshot.sip.sdp.MediaAddress;
import io.earshot.sip.sdp.MediaNegotiation;
import io.earshot.sip.sdp.MediaNegotiation.Accepted;
import io.earshot.sip.sdp.MediaNegotiation.Agreed;
import io.earshot.sip.sdp.MediaNegotiation.Declined;
import io.earshot.sip.sdp.MediaNegotiation.Offered;
import io.earshot.sip.sdp.NegotiatedAudio;
import io.earshot.sip.sdp.SessionDescription;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The offers and answers of one call, and what they do to its media. Confined to the signalling loop. */
final class MediaControl {
    private final Signalling signalling;
    private final CallMedia media;
    private final CallJournal journal;
    /** What each fork has agreed to so far, the one that is heard last (RFC 3261 §13.2.1, RFC 3264 §8). */
    private final Map<String, Early> forks = new LinkedHashMap<>();
    private final List<AudioCapabilities.Format> offered;
    private final List<AudioCapabilities.Format> accepted;
    private MediaNegotiation negotiation;
    private Optional<NegotiatedAudio> shown = Optional.empty();
    private boolean localHold;
    private Optional<HoldMode> holding = Optional.empty();
    private Optional<HoldMode> holdBefore = Optional.empty();
    private final SecureLine line;
    private final RouteLine routes;
    private final TrickleLine trickle;
    private final BundleLine bundle;
    private final EventLoop loop;
    /** The search of the peer's that an offer was put off for. */
    private Optional<String> followed = Optional.empty();
    private final CallWays ways;
    private SecureLine.Outcome keys = SecureLine.Outcome.CLEAR;
    /** What the users are to compare, where the keys came by ZRTP. */
    private Optional<ShortString> words = Optional.empty();

    /**
     * The outcome of reading the peer's description: what to send back where it was an offer, or why not.
     *
     * @param insecure whether it was refused for want of encryption
     */
    record Outcome(Optional<SessionDescription> answer, Optional<String> refusal, boolean insecure) {
        static final Outcome DONE = new Outcome(Optional.empty(), Optional.empty(), false);

        static Outcome answered(SessionDescription answer) {
            return new Outcome(Optional.of(answer), Optional.empty(), false);
        }

        static Outcome refused(String why) {
            return new Outcome(Optional.empty(), Optional.of(why), false);
        }

        static Outcome unprotected(String why) {
            return new Outcome(Optional.empty(), Optional.of(why), true);
        }

        /** Returns a refusal as programs are told of it; {@code status} is 0 where we found out ourselves. */
        Failure failure(int status) {
            String sentence = Failures.sentence(refusal.orElse(""));
            return insecure ? new Failure.NotEncrypted(status, sentence) : new Failure.MediaRefused(status, sentence);
        }

        boolean isRefused() {
            return refusal.isPresent();
        }
    }

    /** One fork's own course of the offers and answers, and what it sounds like. */
    private record Early(MediaNegotiation negotiation, NegotiatedAudio audio, SecureLine.Outcome keys) { }

    MediaControl(EngineContext context, CallMedia media, CallJournal journal, CodecPlan codecs, InetAddress local, SecureLine line,
            CallWays ways) {
        this.ways = ways;
        this.trickle = ways.trickler().line();
        this.line = line;
        this.loop = context.loop();
        this.routes = new RouteLine(media::route, trickle, () -> ways.natKind(local));
        boolean forBrowsers = line.insistsOnHandshake() && routes.tellsWays();
        this.bundle = new BundleLine(forBrowsers);
        this.signalling = context.signalling();
        this.media = media;
        this.journal = journal;
        LossRepair repair = context.settings().rtp().repair();
        String ip = Signalling.plainIp(media.home(local));
        AudioCapabilities.Builder capabilities = AudioCapabilities.builder(new MediaAddress(ip, media.rtpPort())).rtcpPort(media.rtcpPort())
                .option(AudioCapabilities.Option.TELEPHONE_EVENT, context.settings().offersEvents())
                .option(AudioCapabilities.Option.RTCP_MUX, context.settings().rtp().mux())
                .option(AudioCapabilities.Option.RTCP_REDUCED_SIZE, context.settings().rtp().rtcp())
                .option(AudioCapabilities.Option.RTCP_VOIP_METRICS,
                        context.settings().rtp().rtcp() && context.settings().rtp().extendedReports())
                .option(AudioCapabilities.Option.RTCP_NACK, context.settings().rtp().rtcp() && repair != LossRepair.NEVER)
                .offerFeedback(forBrowsers || repair == LossRepair.OFFERED) // RFC 8829 §5.1.2
                .option(AudioCapabilities.Option.COMFORT_NOISE, codecs.preferences().silenceSuppression())
                .redundancy(codecs.preferences().redundancy())
                .ptime(codecs.preferences().packetMillis(), 0);
        offered = formats(codecs.offered());
        accepted = formats(codecs.accepted());
        offered.forEach(format -> capabilities.codec(format.codec(), format.provider(), format.payloadType()));
        negotiation = MediaNegotiation.start(capabilities.build(), context.ids());
    }

    /** Of two codecs that claim one payload type the better one gets it. */
    private static List<AudioCapabilities.Format> formats(List<Codecs.Entry> codecs) {
        Set<Integer> taken = new HashSet<>();
        return codecs.stream().map(entry -> {
            int number = entry.codec().payloadType();
            boolean free = number == CodecDescriptor.DYNAMIC || taken.add(number);
            return new AudioCapabilities.Format(entry.codec(), entry.provider(), free ? number : CodecDescriptor.DYNAMIC);
        }).toList();
    }

    private static MediaNegotiation with(MediaNegotiation state, List<AudioCapabilities.Format> formats) {
        return state.withCapabilities(state.capabilities().withFormats(formats));
    }

    /** Receives at another address of ours as from the next offer or answer; tells whether that is news. */
    boolean relocate(InetAddress local) {
        AudioCapabilities now = negotiation.capabilities();
        String ip = Signalling.plainIp(media.home(local));
        if (ip.equals(now.address().host())) {
            return false;
        }
        negotiation = negotiation.withCapabilities(now.withAddress(new MediaAddress(ip, now.address().port()), now.rtcpPort()));
        return true;
    }

    /** Returns where the peer receives, as far as that is an IP address. */
    Optional<InetAddress> remoteIp() {
        return negotiation.audio().flatMap(audio -> audio.remote().literal()).filter(ip -> !ip.isAnyLocalAddress());
    }

    /** Tells whether our address is of the same IP version as the peer's. */
    boolean fits(InetAddress remote) {
        return new MediaAddress(negotiation.capabilities().address().host(), 9).literal()
                .filter(own -> own.getClass() == remote.getClass()).isPresent();
    }

    /** Returns an offer: the first, or one that holds or resumes. */
    SessionDescription offer() {
        int index = negotiation.audio().map(NegotiatedAudio::mediaIndex).orElse(0);
        Offered made = with(negotiation, offered).offer();
        negotiation = made.next();
        return bundle.carried(line.offer(routes.outgoing(bundle.offer(made.offer(), index), index), index), index);
    }

    /** Returns an offer that says how we hold, if we do. */
    SessionDescription offer(Optional<HoldMode> hold) {
        holdBefore = holding;
        hold(hold);
        return offer();
    }

    private void hold(Optional<HoldMode> mode) {
        holding = mode;
        negotiation = negotiation.withHold(mode.map(MediaControl::direction));
    }

    private static Direction direction(HoldMode mode) {
        return switch (mode) {
            case PEER_IS_SILENT -> Direction.SENDONLY;
            case WE_ARE_SILENT -> Direction.RECVONLY;
            case BOTH_ARE_SILENT -> Direction.INACTIVE;
        };
    }

    /** Returns how we hold, as from the next offer or answer. */
    Optional<HoldMode> holding() {
        return holding;
    }

    boolean isOfferOpen() {
        return negotiation.isOfferOpen();
    }

    /**
     * Takes back an offer that the engine keeps until the peer's has its answer, and tells whether there was one. What it wanted, to hold
     * or to resume, goes into our answer, and a new offer has to follow.
     */
    boolean withdrawOffer() {
        boolean open = negotiation.isOfferOpen();
        negotiation = negotiation.withoutOffer();
        return open;
    }

    /** Tells whether a key can go to the peer as a telephone event now. */
    boolean sendsEvent(char key) {
        int event = TelephoneEvent.ofDigit(key);
        return now().filter(audio -> audio.direction().sends()).flatMap(NegotiatedAudio::telephoneEvent)
                .filter(agreed -> event >= 0 && lists(agreed.remoteEvents(), event)).isPresent();
    }

    /** Reads {@code 0-15,66}; a list that is empty or cannot be read means the sixteen keys (RFC 4733 §2.4.1). */
    private static boolean lists(String events, int event) {
        if (!events.strip().matches("[0-9]{1,3}(-[0-9]{1,3})?(\\s*,\\s*[0-9]{1,3}(-[0-9]{1,3})?)*")) {
            return event < 16;
        }
        for (String range : events.strip().split("\\s*,\\s*")) {
            String[] ends = range.split("-");
            if (event >= Integer.parseInt(ends[0]) && event <= Integer.parseInt(ends[ends.length - 1])) {
                return true;
            }
        }
        return false;
    }

    boolean isAgreed() {
        return now().isPresent();
    }

    /** What is in force: before the answer, what the fork said that is heard. */
    private Optional<NegotiatedAudio> now() {
        return negotiation.audio().or(() -> forks.values().stream().reduce((before, last) -> last).map(Early::audio));
    }

    /** Forgets the offer that was refused; when it was to hold or resume, what was in force before is again. */
    void offerRefused(boolean wasHold) {
        negotiation = negotiation.withoutOffer();
        hold(wasHold ? holdBefore : holding);
    }

    /** Reads the answer to our offer. */
    Outcome complete(SessionDescription written) {
        SessionDescription answer = BundleLine.opened(written);
        if (!negotiation.isOfferOpen()) {
            return Outcome.DONE;
        }
        MediaNegotiation.CompletionStep step = negotiation.complete(line.plain(answer));
        if (step instanceof Declined declined) {
            negotiation = declined.next();
            return Outcome.refused(declined.reason().detail());
        }
        Agreed agreed = (Agreed) step;
        SecureLine.Outcome secured = line.accept(answer, agreed.audio().mediaIndex());
        if (secured.refusal().isPresent()) {
            negotiation = negotiation.withoutOffer();
            return Outcome.unprotected(secured.refusal().get());
        }
        negotiation = agreed.next();
        apply(negotiation, agreed.audio(), secured);
        return Outcome.DONE;
    }

    /** Plays what one fork sends before the answer; the first description of each counts (RFC 3261 §13.2.1). */
    boolean early(String forkTag, SessionDescription written) {
        SessionDescription preview = BundleLine.opened(written);
        if (!negotiation.isOfferOpen() || forks.containsKey(forkTag)) {
            return false;
        }
        // The offer stays open: the answer proper may come from another fork.
        if (negotiation.complete(line.plain(preview)) instanceof Agreed agreed) {
            SecureLine.Outcome secured = line.accept(preview, agreed.audio().mediaIndex());
            if (secured.refusal().isEmpty()) {
                hear(forkTag, new Early(agreed.next(), agreed.audio(), secured));
                return true;
            }
        }
        return false;
    }

    /** The fork that spoke last is heard. */
    private void hear(String forkTag, Early early) {
        forks.remove(forkTag);
        forks.put(forkTag, early);
        apply(early.negotiation, early.audio, early.keys);
    }

    /** Answers the offer of a fork, before the call is answered. */
    Outcome answerFork(String forkTag, SessionDescription offer) {
        Optional<Early> known = Optional.ofNullable(forks.get(forkTag));
        MediaNegotiation course = known.map(Early::negotiation).orElse(negotiation);
        if (course.isOfferOpen()) {
            return Outcome.refused("an offer of ours is under way");
        }
        Step step = step(course, offer);
        if (step.refusal.isPresent()) {
            return step.refusal.get();
        }
        hear(forkTag, new Early(step.agreed.next(), step.agreed.audio(), step.keys));
        return Outcome.answered(step.answer);
    }

    /** A fork is over: if it was the one that is heard, the one before is heard again. */
    void forkEnded(String forkTag) {
        List<String> order = List.copyOf(forks.keySet());
        boolean heard = !order.isEmpty() && order.get(order.size() - 1).equals(forkTag);
        forks.remove(forkTag);
        if (heard && order.size() > 1) {
            Early before = forks.get(order.get(order.size() - 2));
            apply(before.negotiation, before.audio, before.keys);
        }
    }

    /** Reads the answer of the fork that took the call; it may be what that fork has said before. */
    Outcome complete(String forkTag, SessionDescription written) {
        SessionDescription answer = BundleLine.opened(written);
        Optional<Early> known = Optional.ofNullable(forks.get(forkTag))
                .filter(early -> early.negotiation.remote().filter(line.plain(answer)::equals).isPresent());
        forks.clear();
        if (known.isEmpty()) {
            return complete(answer);
        }
        // Once more, as another fork may have been the last to speak of keys.
        SecureLine.Outcome secured = line.accept(answer, known.get().audio.mediaIndex());
        if (secured.refusal().isPresent()) {
            return Outcome.unprotected(secured.refusal().get());
        }
        negotiation = known.get().negotiation;
        apply(negotiation, known.get().audio, secured);
        return Outcome.DONE;
    }

    /** Answers the peer's offer. */
    Outcome answer(SessionDescription offer) {
        if (negotiation.isOfferOpen()) {
            return Outcome.refused("an offer of ours is under way");
        }
        Step step = step(negotiation, offer);
        if (step.refusal.isPresent()) {
            return step.refusal.get();
        }
        negotiation = step.agreed.next();
        apply(negotiation, step.agreed.audio(), step.keys);
        return Outcome.answered(step.answer);
    }

    /** What an offer of the peer's comes to: either all but the last, or the last. */
    private record Step(Accepted agreed, SessionDescription answer, SecureLine.Outcome keys, Optional<Outcome> refusal) {
        static Step refused(Outcome why) {
            return new Step(null, null, null, Optional.of(why));
        }
    }

    /** Takes the first line of audio whose sound and encryption suit us. */
    private Step step(MediaNegotiation course, SessionDescription written) {
        SessionDescription offer = BundleLine.opened(written);
        Step refused = Step.refused(Outcome.refused("no audio is offered"));
        for (int index : line.order(offer, course.audio().map(NegotiatedAudio::mediaIndex).orElse(0))) {
            MediaNegotiation.AnswerStep step = with(course, accepted).answer(line.only(offer, index));
            if (step instanceof Accepted agreed) {
                int taken = agreed.audio().mediaIndex();
                SecureLine.Outcome secured = line.judge(offer, taken);
                if (secured.refusal().isEmpty()) {
                    return new Step(agreed, bundle.carried(line.answer(answer(agreed, offer), offer, taken, secured), taken), secured,
                            Optional.empty());
                }
                refused = Step.refused(Outcome.unprotected(secured.refusal().get()));
            } else {
                refused = Step.refused(Outcome.refused(((Declined) step).reason().detail()));
            }
        }
        return refused;
    }

    private SessionDescription answer(Accepted agreed, SessionDescription offer) {
        int index = agreed.audio().mediaIndex();
        return routes.answer(bundle.answer(agreed.answer(), index, offer), index, offer);
    }

    /** Puts an offer off until we have news of our ways to a peer that begins anew to look for its own, and tells whether that is so. */
    boolean postpones(SessionDescription written, Runnable later) {
        SessionDescription offer = BundleLine.opened(written);
        Optional<String> theirs = RouteLine.credentials(offer);
        boolean anew = media.route().isPresent() && theirs.isPresent() && !theirs.equals(followed)
                && !theirs.equals(negotiation.remote().flatMap(RouteLine::credentials));
        if (anew) {
            followed = theirs;
            int index = negotiation.audio().map(NegotiatedAudio::mediaIndex).orElse(0);
            media.follow(trickle.told(offer, index), shares(offer, index)).thenRun(() -> loop.execute(later));
        }
        return anew;
    }

    /** The peer told more of its ways than its description does. */
    void trickled() {
        inForce().ifPresent(theirs -> media.follow(trickle.told(theirs, index()), shares(theirs, index())));
    }

    /** Tells whether RTCP shares the port of RTP where the peer says so (RFC 5761). */
    private boolean shares(SessionDescription theirs, int index) {
        return negotiation.capabilities().has(AudioCapabilities.Option.RTCP_MUX) && index < theirs.media().size()
                && theirs.media().get(index).rtcpMux();
    }

    /** Returns an INFO with what is known of our ways by now. */
    String trickles(List<String> attributes) {
        return trickle.body(attributes, inForce(), index());
    }

    private Optional<SessionDescription> inForce() {
        return negotiation.remote().or(() -> forks.values().stream().reduce((before, last) -> last)
                .flatMap(early -> early.negotiation.remote()));
    }

    private int index() {
        return now().map(NegotiatedAudio::mediaIndex).orElse(0);
    }

    /** Returns how the sound is encrypted, now that its packets are under this suite. */
    Optional<Encryption> encryption(String suite) {
        return keys.encryption().map(how -> {
            Optional<ShortString> compare = words.filter(any -> how.keys() == MediaEncryption.KeyMethod.ZRTP);
            return new Encryption(how.keys(), suite, how.keysExposed(), how.required(), compare.map(ShortString::text),
                    compare.filter(ShortString::verified).isPresent());
        });
    }

    /** What the users are to compare of the keys that follow, or have compared. */
    void toCompare(ShortString shortString) {
        if (shortString.broken() && !words.filter(ShortString::broken).isPresent()) {
            journal.add(header -> new CallEvent.Warning(header, new Failure.PeerNotRecognised(shortString.text())));
        }
        words = Optional.of(shortString);
    }

    /** The next offer is to carry new keys; returns why there can be none, or nothing. */
    Optional<String> renewal() {
        return line.renew();
    }

    /** Keys are in force. */
    void keyed() {
        line.keyed();
    }

    /** Tells whether keys that were agreed on are not in force yet. */
    boolean isKeying() {
        return line.isKeying();
    }

    /** Returns why the last offer with new keys came to nothing; empty if it did not. */
    Optional<String> notRenewed() {
        return line.notRenewed();
    }

    private void apply(MediaNegotiation course, NegotiatedAudio audio, SecureLine.Outcome secured) {
        keys = secured;
        ways.heard(course.remote());
        List<String> told = course.remote().map(theirs -> trickle.told(theirs, audio.mediaIndex())).orElse(List.of());
        media.apply(told.isEmpty() ? ways.reached(audio) : audio, negotiation.isHeld(), new CallMedia.Agreed(secured.protection(), told));
        boolean remoteBefore = shown.map(NegotiatedAudio::remoteHold).orElse(false);
        boolean localBefore = localHold;
        Optional<NegotiatedAudio> before = shown;
        shown = Optional.of(audio);
        localHold = negotiation.isHeld();
        if (before.isEmpty() || !before.get().equals(audio)) {
            NegotiatedAudio.Codec codec = audio.codec();
            journal.add(header -> new CallEvent.MediaChanged(header, codec.descriptor().name() + "/" + codec.descriptor().rtpClockRate(),
                    local(audio).toString(), audio.remote().toString(), audio.direction().sends(), audio.direction().receives()));
        }
        change(localBefore, localHold, Side.LOCAL);
        change(remoteBefore, audio.remoteHold(), Side.REMOTE);
    }

    /** Our end: in an offer that went to a server of the other IP version, the engine has named our address of that version. */
    private MediaAddress local(NegotiatedAudio audio) {
        Optional<InetAddress> remote = audio.remote().literal().filter(ip -> !ip.isAnyLocalAddress() && !fits(ip));
        return remote.map(ip -> signalling.localIp(Optional.of(new InetSocketAddress(ip, 9))))
                .map(ip -> new MediaAddress(Signalling.plainIp(ip), audio.local().port())).orElse(audio.local());
    }

    private void change(boolean before, boolean now, Side side) {
        if (before != now) {
            journal.add(header -> now ? new CallEvent.Held(header, side) : new CallEvent.Resumed(header, side));
        }
    }
}
