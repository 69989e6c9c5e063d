package io.earshot.srtp.sdes;

import static java.util.Objects.requireNonNull;

import io.earshot.srtp.SrtpMasterKey;
import io.earshot.srtp.SrtpParameters;
import java.util.List;
import java.util.Optional;

/** What came out of an offer and its answer. */
public sealed interface SdesOutcome {
    /**
     * Encrypted both ways.
     *
     * @param send parameters of what we send
     * @param sendKey our key, which the peer knows
     * @param receive parameters of what we receive
     * @param receiveKeys the peer's keys, more than one only if they have MKIs
     * @param answer the line that an answer carries; empty on the offering side
     */
    record Encrypted(SrtpParameters send, SrtpMasterKey sendKey, SrtpParameters receive, List<SrtpMasterKey> receiveKeys,
            Optional<CryptoAttribute> answer) implements SdesOutcome {
        public Encrypted {
            requireNonNull(send);
            requireNonNull(sendKey);
            requireNonNull(receive);
            receiveKeys = List.copyOf(receiveKeys);
            requireNonNull(answer);
        }

        /** Tells whether our {@code SrtpSender} can stay and {@code rekey} is enough: neither the suite nor its use changed. */
        public boolean sameSending(Encrypted earlier) {
            return send.equals(earlier.send);
        }

        /** Tells the same of the {@code SrtpReceiver}, for which the length of the MKI counts too. */
        public boolean sameReceiving(Encrypted earlier) {
            return receive.equals(earlier.receive) && receiveKeys.get(0).mkiBytes() == earlier.receiveKeys.get(0).mkiBytes();
        }

        /** Tells the suite, never the keys. */
        @Override
        public String toString() {
            return "Encrypted[" + send.suite() + ']';
        }
    }

    /** In clear, as the policy allows. */
    record Clear() implements SdesOutcome { }

    /**
     * No media: the offer is refused (488) or the call ended.
     *
     * @param reason a sentence for people
     */
    record Refused(String reason) implements SdesOutcome {
        public Refused {
            requireNonNull(reason);
        }
    }
}
