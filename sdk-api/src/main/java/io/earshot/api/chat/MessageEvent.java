package io.earshot.api.chat;

import io.earshot.api.Failure;

/** What happens to the messages of an account. */
public sealed interface MessageEvent {
    /** Returns the other side, a SIP URI. */
    String peer();

    /** A message came in. One that comes again is not told again. */
    record Received(String peer, ReceivedMessage message) implements MessageEvent { }

    /**
     * A message of ours was accepted.
     *
     * @param stored whether a server passes it on later (202) rather than the peer having it (200)
     */
    record Sent(String peer, String id, boolean stored) implements MessageEvent { }

    /** The peer of a message of ours is away; the message waits. */
    record Queued(String peer, String id, Failure why) implements MessageEvent { }

    /** A message of ours was refused for good, or its time was up. */
    record Failed(String peer, String id, Failure why) implements MessageEvent { }

    /** The peer reports that a message of ours arrived. */
    record Delivered(String peer, String id) implements MessageEvent { }

    /**
     * The peer reports that a message of ours did not arrive.
     *
     * @param status its word for it: failed, forbidden or error
     */
    record Undelivered(String peer, String id, String status) implements MessageEvent { }

    /** The peer reports that its user has seen a message of ours. */
    record Displayed(String peer, String id) implements MessageEvent { }

    /** The peer's user began to write, or no longer writes. */
    record Composing(String peer, boolean active) implements MessageEvent { }
}
