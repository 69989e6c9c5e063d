package io.earshot.sdk.internal.media.path;

import io.earshot.api.CallPath;
import io.earshot.api.transport.spi.MediaReceiver;
import io.earshot.api.transport.spi.MediaSocket;
import java.net.InetSocketAddress;

/** A socket of a call with the way that its packets take; its other side is the stream's. Confined to the media loop. */
interface WaySocket extends MediaSocket, MediaReceiver {
    /** The socket, and what takes what the peer sends to it. */
    record Half(MediaSocket raw, MediaReceiver media) { }

    /** Tells whether packets take a way that both sides have looked for. */
    boolean isAgreed();

    /** Sends what opens NATs, where packets go to where the SDP says. */
    void knock(InetSocketAddress where);

    /** Returns the way in use, and what was dropped here; the same object until that changes. */
    CallPath path();

    /** Does what is due and returns when it next wants to. */
    long onTime(long now);

    /** Gives everything back but the socket, which stays for its owner to close. */
    void end();
}
