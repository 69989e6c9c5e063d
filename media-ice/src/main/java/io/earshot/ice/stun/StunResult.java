package io.earshot.ice.stun;

/** What bytes turned out to be. */
public sealed interface StunResult {
    /** A well-formed message; its fingerprint, if it has one, is right. Integrity is checked by whoever has the key. */
    record Parsed(StunMessage message) implements StunResult { }

    /** Something that is no STUN message, or a broken one. */
    record Malformed(String reason) implements StunResult { }
}
