package io.earshot.sip.ua;

import io.earshot.api.codec.FinalCodec;
import io.earshot.api.time.Ticker;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.sdp.FinalDescription;
import io.earshot.sip.sdp.SessionDescription;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Which servers stumble over an ACK that names the chosen codec; {@link FinalCodec#AUTOMATIC} leaves it empty for them. */
final class FinalCodecs {
    /** The longest time between such an ACK and a BYE that is taken for its consequence. */
    static final long HANGUP = 2 * Ticker.SECOND;
    /** How often the 2xx comes again before the ACK is taken for the reason, and not its loss. */
    static final int REPETITIONS = 3;
    static final int MOST = 256;

    private final Set<String> stumbled = new LinkedHashSet<>();
    private final Consumer<String> news;

    FinalCodecs(Consumer<String> news) {
        this.news = news;
    }

    /**
     * An ACK with a codec.
     *
     * @param description what it says
     */
    record Trial(FinalCodecs known, String server, FinalCodec wanted, SessionDescription description, long sent) {
        /** The server did not get along with it; where the user's word counts nothing is learned. */
        void stumbles() {
            if (isOurs()) {
                known.learn(server);
            }
        }

        /** Tells whether it was our idea to send it. */
        boolean isOurs() {
            return wanted == FinalCodec.AUTOMATIC;
        }

        void hungUp(long now) {
            if (now - sent <= HANGUP) {
                stumbles();
            }
        }
    }

    /** Returns what to say in the ACK; empty for nothing. */
    Optional<Trial> choose(FinalCodec wanted, Uri server, SessionDescription offer, SessionDescription answer, long now) {
        String name = server instanceof SipUri sip ? sip.host().toLowerCase(Locale.ROOT) + ":" + sip.port() : server.toString();
        if (wanted == FinalCodec.AUTOMATIC && stumbled.contains(name)) {
            return Optional.empty();
        }
        return FinalDescription.of(wanted, offer, answer).map(said -> new Trial(this, name, wanted, said, now));
    }

    /** Takes what was learnt in another life. */
    void recall(Collection<String> servers) {
        servers.forEach(this::add);
    }

    private void learn(String server) {
        if (!stumbled.contains(server)) {
            add(server);
            news.accept(server);
        }
    }

    private void add(String server) {
        stumbled.add(server);
        if (stumbled.size() > MOST) {
            Iterator<String> oldest = stumbled.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    int size() {
        return stumbled.size();
    }
}
