package io.earshot.rtp.secure;

import java.util.List;

/** Keys in the offers and answers of one media line (RFC 4568). Confined to the thread of its owner. */
public interface KeyExchange {
    /** Tells whether an offer must name the secure profile, RTP/SAVP or RTP/SAVPF. */
    boolean offersSecureProfile();

    /** Returns the values of the {@code a=crypto} attributes of an offer, empty if the policy offers nothing over such signalling. */
    List<String> offer(boolean signallingEncrypted);

    /** Answers an offer of that transport protocol, such as {@code RTP/SAVP}, and those values of {@code a=crypto}. */
    KeyVerdict answer(String profile, List<String> crypto, boolean signallingEncrypted);

    /** Takes the answer to {@link #offer}; a second one, of another fork, may follow. */
    KeyVerdict accept(String profile, List<String> crypto);

    /** Forgets our keys: the next offer or answer carries new ones. */
    void renew();
}
