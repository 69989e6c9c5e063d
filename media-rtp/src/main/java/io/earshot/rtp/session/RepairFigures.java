package io.earshot.rtp.session;

/** What came of asking for lost packets so far (RFC 4585 §6.2.1); it goes on counting. Read it on the thread of the session. */
public interface RepairFigures {
    /** Returns the packets of the peer's that we asked for, each once. */
    long requested();

    /** Returns those of them that came then, each once. */
    long repaired();

    /** Returns those of them that came twice, as they had only been late. */
    long needless();

    /** Returns how often the peer asked for a packet of ours. */
    long wanted();

    /** Returns how often one went out again. */
    long repeated();
}
