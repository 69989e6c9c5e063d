package io.earshot.api.codec;

/**
 * Whether the ACK of a call of ours repeats our offer with the chosen codec alone, as some old gateways want. By RFC 3264 offer and
 * answer are complete by then, so others may be confused by it.
 */
public enum FinalCodec {
    /** The ACK is empty. */
    NEVER,
    /**
     * It names the codec when the answer has several, in calls whose media is neither encrypted nor finds its way by ICE, and by servers
     * that have not stumbled over it: who repeats the answer as if the ACK had not come gets an empty one, who hangs up within two
     * seconds of it, or sends no sound, gets empty ones from the next call on, as long as the phone is open.
     */
    AUTOMATIC,
    /** It names the codec when the answer has several. */
    WHEN_SEVERAL,
    /** It always names the codec. */
    ALWAYS
}
