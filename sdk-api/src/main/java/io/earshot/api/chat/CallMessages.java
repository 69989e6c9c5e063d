package io.earshot.api.chat;

import java.util.concurrent.CompletableFuture;

/** Instant messages to the peer of a call, within its dialog (RFC 3428 §7). What comes in is told as any other message. */
public interface CallMessages {
    /** Sends a text; the future fails with {@link io.earshot.api.VoipException} when it is refused or the call is not established. */
    default CompletableFuture<MessageOutcome> send(String text) {
        return send(OutgoingMessage.of(text));
    }

    /** Sends a message, which is never queued, otherwise as {@link #send(String)}. */
    CompletableFuture<MessageOutcome> send(OutgoingMessage message);
}
