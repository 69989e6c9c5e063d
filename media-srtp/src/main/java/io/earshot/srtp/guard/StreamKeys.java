package io.earshot.srtp.guard;

import static java.util.Objects.requireNonNull;

import io.earshot.srtp.SrtpMasterKey;
import io.earshot.srtp.SrtpParameters;
import java.util.List;

/**
 * What both directions of a stream are under.
 *
 * @param send parameters of what we send
 * @param sendKey our key
 * @param receive parameters of what we receive
 * @param receiveKeys the peer's keys, more than one only if they have MKIs
 */
public record StreamKeys(SrtpParameters send, SrtpMasterKey sendKey, SrtpParameters receive, List<SrtpMasterKey> receiveKeys) {
    public StreamKeys {
        requireNonNull(send);
        requireNonNull(sendKey);
        requireNonNull(receive);
        receiveKeys = List.copyOf(receiveKeys);
    }

    /** Tells whether the receiver can stay and another key is enough. */
    boolean sameReceiving(StreamKeys earlier) {
        return receive.equals(earlier.receive) && receiveKeys.get(0).mkiBytes() == earlier.receiveKeys.get(0).mkiBytes();
    }

    /** Tells the suite, never the keys. */
    @Override
    public String toString() {
        return "StreamKeys[" + send.suite() + ']';
    }
}
