package io.earshot.srtp.zrtp;

import static java.util.Objects.requireNonNull;

import io.earshot.api.id.IdSource;
import io.earshot.rtp.secure.HandshakeExchange;
import io.earshot.rtp.secure.HandshakeVerdict;
import io.earshot.rtp.secure.KeyHandshake;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** ZRTP as the phone's signalling sees it: nothing stands in the SDP, and one agreement lasts for the whole call. */
public final class ZrtpExchange implements HandshakeExchange {
    private final ZrtpCache cache;
    private final ZrtpSession.Settings settings;
    private final IdSource ids;
    private final Executor worker;

    /** Makes the exchange of one media line. */
    public ZrtpExchange(ZrtpCache cache, ZrtpSession.Settings settings, IdSource ids, Executor worker) {
        this.cache = requireNonNull(cache);
        this.settings = requireNonNull(settings);
        this.ids = requireNonNull(ids);
        this.worker = requireNonNull(worker);
        ZrtpPreferences.of(settings.suites());
    }

    @Override
    public List<String> offer() {
        return List.of();
    }

    @Override
    public HandshakeVerdict answer(List<String> session, List<String> media) {
        return agreed();
    }

    @Override
    public HandshakeVerdict accept(List<String> session, List<String> media) {
        return agreed();
    }

    private HandshakeVerdict agreed() {
        return new HandshakeVerdict.Agreed((current, wake, now) -> after(current, wake, now), List.of());
    }

    private KeyHandshake after(Optional<KeyHandshake> current, Runnable wake, long now) {
        if (current.orElse(null) instanceof ZrtpSession before && before.isUseful()) {
            return before;
        }
        current.ifPresent(KeyHandshake::close);
        return new ZrtpSession(cache, settings, ids, worker, wake, now);
    }
}
