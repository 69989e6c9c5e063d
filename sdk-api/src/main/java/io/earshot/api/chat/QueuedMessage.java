package io.earshot.api.chat;

import java.time.Instant;

/**
 * A message that waits for its peer.
 *
 * @param id its name
 * @param peer whom it is for, a SIP URI
 * @param text what it says
 * @param expires when it is given up
 */
public record QueuedMessage(String id, String peer, String text, Instant expires) { }
