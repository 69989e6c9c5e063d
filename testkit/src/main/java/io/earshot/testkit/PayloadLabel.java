package io.earshot.testkit;

/**
 * Turns the bytes of a packet into the few words that stand for it in a {@link Transcript}.
 *
 * @see #sip()
 */
@FunctionalInterface
public interface PayloadLabel {
    /** Returns one line of text for this packet; never fails, whatever the bytes are. */
    String of(byte[] packet);

    /**
     * Returns the label for SIP: {@code INVITE sip:bob@biloxi.example} for a request, {@code 200 OK (INVITE)} for a response,
     * {@code keep-alive} for CRLFs and {@code 173 bytes} for anything else.
     */
    static PayloadLabel sip() {
        return SipLabel::of;
    }
}
