package io.earshot.zrtp;

import static java.util.Objects.requireNonNull;

import io.earshot.api.id.IdSource;
import io.earshot.rtp.secure.HandshakeExchange;
import io.earshot.rtp.secure.HandshakeVerdict;
import io.earshot.rtp.secure.KeyHandshake;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * ZRTP as the phone's signalling sees it: SDP says what our Hello will be ({@code a=zrtp-hash}, RFC 6189 §8) and what the peer's is to be,
 * and one agreement lasts for the whole call.
 */
public final class ZrtpExchange implements HandshakeExchange {
    private final ZrtpCache cache;
    private final ZrtpSession.Settings settings;
    private final IdSource ids;
    private final Executor worker;
    private final ZrtpPreferences preferences;
    private ZrtpOpening opening;

    /**
     * Makes the exchange of one media line.
     *
     * @throws IllegalArgumentException if none of the suites can be had by ZRTP
     */
    public ZrtpExchange(ZrtpCache cache, ZrtpSession.Settings settings, IdSource ids, Executor worker) {
        this.cache = requireNonNull(cache);
        this.settings = requireNonNull(settings);
        this.ids = requireNonNull(ids);
        this.worker = requireNonNull(worker);
        preferences = ZrtpPreferences.of(settings.suites());
        opening = new ZrtpOpening(preferences, cache.zid(), ids);
    }

    @Override
    public List<String> offer() {
        if (opening.isSpent()) {
            opening = new ZrtpOpening(preferences, cache.zid(), ids);
        }
        return List.of(opening.attribute());
    }

    @Override
    public boolean renew() {
        return false;
    }

    @Override
    public HandshakeVerdict answer(List<String> session, List<String> media) {
        List<String> ours = offer();
        return agreed(session, media, ours);
    }

    @Override
    public HandshakeVerdict accept(List<String> session, List<String> media) {
        return agreed(session, media, List.of());
    }

    private HandshakeVerdict agreed(List<String> session, List<String> media, List<String> answer) {
        Optional<byte[]> told = ZrtpOpening.told(session, media);
        ZrtpOpening begin = opening;
        return new HandshakeVerdict.Agreed((current, wake, now) -> after(begin, told, new Begin(current, wake, now)), answer, true);
    }

    private record Begin(Optional<KeyHandshake> current, Runnable wake, long now) { }

    private KeyHandshake after(ZrtpOpening begin, Optional<byte[]> told, Begin on) {
        if (on.current.orElse(null) instanceof ZrtpSession before && before.isWith(told)) {
            return before;
        }
        on.current.ifPresent(KeyHandshake::close);
        ZrtpSession next = new ZrtpSession(cache, settings, begin, ids, new ZrtpSession.Loop(worker, on.wake));
        next.expect(told);
        next.start(on.now);
        return next;
    }
}
