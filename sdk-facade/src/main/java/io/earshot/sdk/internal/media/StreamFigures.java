package io.earshot.sdk.internal.media;

import io.earshot.api.audio.Playout;
import io.earshot.rtp.jitter.JitterConfig;

/** Settings of a stream between the words of users and those of RTP. */
final class StreamFigures {
    private StreamFigures() {
    }

    static JitterConfig jitter(Playout playout) {
        return JitterConfig.DEFAULT.withDelays(playout.least().toNanos(), playout.most().toNanos())
                .withMaxPackets(playout.mostPackets()).withSpeedUp(playout.speedUp()).withDropFirst(playout.dropFirst());
    }
}
