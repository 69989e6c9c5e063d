package io.earshot.rtp.jitter;

/**
 * The reusable view that {@link JitterBuffer#next} fills. The payload lies in the buffer's own memory and is valid until the next
 * call of {@link JitterBuffer#insert} or {@link JitterBuffer#next}.
 */
public final class Frame {
    private byte[] payload = new byte[0];
    private int length;
    private int payloadType;
    private int sequence;
    private int timestamp;
    private int duration;
    private boolean fec;
    private boolean resumed;
    private long excess;

    /** Makes an empty view. */
    public Frame() {
    }

    void none(int ticks) {
        length = 0;
        duration = ticks;
        fec = false;
        resumed = false;
        excess = 0;
    }

    void set(Slot slot, int ticks, boolean forFec, boolean afterBreak, long overTarget) {
        excess = overTarget;
        payload = slot.payload;
        length = slot.length;
        payloadType = slot.payloadType;
        sequence = (int) slot.sequence & 0xFFFF;
        timestamp = (int) slot.timestamp;
        duration = ticks;
        fec = forFec;
        resumed = afterBreak;
    }

    /** Returns the array that holds the payload, from index 0. */
    public byte[] payload() {
        return payload;
    }

    /** Returns the length of the payload in bytes. */
    public int length() {
        return length;
    }

    /** Returns the packet's payload type. */
    public int payloadType() {
        return payloadType;
    }

    /** Returns the packet's sequence number. */
    public int sequence() {
        return sequence;
    }

    /** Returns the packet's RTP timestamp. */
    public int timestamp() {
        return timestamp;
    }

    /** Returns how long to play, conceal or be silent, in timestamp ticks. */
    public int duration() {
        return duration;
    }

    /** Tells, with {@link Playout#LOST}, whether the view holds the packet after the lost one. */
    public boolean hasFec() {
        return fec;
    }

    /** Tells, with {@link Playout#PACKET}, whether what was played before is not what came before it in the stream. */
    public boolean resumed() {
        return resumed;
    }

    /** Returns, with {@link Playout#PACKET}, by how many nanoseconds later than its target it is asked for; negative when too early. */
    public long excess() {
        return excess;
    }
}
