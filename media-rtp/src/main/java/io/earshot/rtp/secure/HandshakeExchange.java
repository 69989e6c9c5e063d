package io.earshot.rtp.secure;

import java.util.List;

/** Fingerprints and roles in the offers and answers of one media line (RFC 5763). Confined to the thread of its owner. */
public interface HandshakeExchange {
    /** Returns the attributes of an offer, each as behind {@code a=}. */
    List<String> offer();

    /** The next offer or answer begins a new agreement, with new keys; tells whether such a thing can be asked of a peer. */
    boolean renew();

    /**
     * Answers an offer.
     *
     * @param session the session's attributes, which count where the media line has none
     * @param media the media line's attributes
     */
    HandshakeVerdict answer(List<String> session, List<String> media);

    /** Takes the answer to {@link #offer}; a second one, of another fork, may follow. */
    HandshakeVerdict accept(List<String> session, List<String> media);
}
