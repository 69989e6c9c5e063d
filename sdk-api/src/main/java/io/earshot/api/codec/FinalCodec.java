package io.earshot.api.codec;

/**
 * Whether the ACK of a call of ours repeats our offer with the chosen codec alone, as some old gateways want. By RFC 3264 offer and
 * answer are complete by then, so others may be confused by it.
 */
public enum FinalCodec {
    /** The ACK is empty. */
    NEVER,
    /** It names the codec when the answer has several. */
    WHEN_SEVERAL,
    /** It always names the codec. */
    ALWAYS
}
