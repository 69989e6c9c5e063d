package io.earshot.rtp.session;

/**
 * What came of asking for lost packets (RFC 4585 §6.2.1), each packet counted once.
 *
 * @param requested packets of the peer's that we asked for
 * @param repaired those of them that came then
 * @param needless those of them that came twice, as they had only been late
 * @param wanted packets of ours that the peer asked for, each time counted
 * @param repeated packets of ours that went out again
 */
public record RepairStatistics(long requested, long repaired, long needless, long wanted, long repeated) {
    /** Nothing was lost, or nothing was negotiated. */
    public static final RepairStatistics NONE = new RepairStatistics(0, 0, 0, 0, 0);
}
