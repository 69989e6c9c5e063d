package io.earshot.api.chat;

/**
 * What became of a message at first.
 *
 * @param id the message's name, as in {@link MessageEvent}s
 * @param kind what happened
 * @param status the SIP status; 0 when there was no answer
 */
public record MessageOutcome(String id, Kind kind, int status) {
    /** What happened to a message. */
    public enum Kind {
        /** The peer has it (200). */
        ACCEPTED,
        /** A server passes it on later (202). */
        STORED,
        /** The peer is away; it is tried again from here. */
        QUEUED
    }
}
