package io.earshot.sdk.internal.media;

import io.earshot.api.audio.NatOpening;
import io.earshot.sdk.internal.media.path.MediaPath;
import java.net.InetSocketAddress;

/** Opens the NAT in front of us towards the peer of one call, before our first sound. Confined to the media loop. */
final class NatOpener {
    private final NatOpening how;
    private InetSocketAddress opened;

    NatOpener(NatOpening how) {
        this.how = how;
    }

    /** Sends what is wanted to an address that the peer names for the first time; early media and the answer often name the same. */
    void open(MediaStream stream, MediaPath path, MediaPath.Remote to) {
        if (how.packets() == 0 || MediaPath.isNowhere(to.rtp()) || to.rtp().equals(opened) || stream.hasSent()) {
            return;
        }
        opened = to.rtp();
        if (how.form() == NatOpening.Form.SHORT || !stream.sendSilence(how.packets())) {
            path.knock(to, how.packets());
        }
    }
}
