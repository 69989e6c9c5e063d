package io.earshot.sdk.internal.call;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import io.earshot.sdk.internal.loop.EventLoop;
import io.earshot.sdk.internal.media.MediaRoom;
import io.earshot.sdk.internal.registry.CodecDesk;
import io.earshot.sdk.internal.route.NatDesk;
import io.earshot.sdk.internal.route.Neighbourhood;
import io.earshot.sdk.internal.route.RouteDesk;
import io.earshot.sdk.internal.route.RouterDoor;
import io.earshot.sdk.internal.secure.KeyDesk;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What the parts of one phone share. Immutable; the state it leads to belongs to the loops.
 *
 * @param settings the phone's settings
 * @param loop the signalling loop
 * @param signalling what lives on it
 * @param room the bridge
 * @param codecs chooses the codecs of calls
 * @param callbacks where the application's code runs
 * @param ticker monotonic time
 * @param wallClock for records that people read
 * @param ids confined to the signalling loop
 * @param callIds for any thread
 * @param identity verifies callers
 * @param keys encrypts media
 * @param routes finds ways through NATs
 * @param router asks the router of our network for ports; confined to the signalling loop
 * @param nats knows what kind of NAT is in front of us
 * @param near knows the networks of this machine; confined to the signalling loop
 * @param transports remembers over which transport each account's server answered
 * @param acks remembers which servers want empty ACKs
 */
record EngineContext(PhoneSettings settings, EventLoop loop, Signalling signalling, MediaRoom room, CodecDesk codecs,
        Executor callbacks, Ticker ticker, InstantSource wallClock, IdSource ids, IdSource callIds,
        CallerIdentity identity, KeyDesk keys, RouteDesk routes, TransportMemory transports, FinalCodecMemory acks,
        RouterDoor router, NatDesk nats, Neighbourhood near) {
    long now() {
        return ticker.now();
    }
}
