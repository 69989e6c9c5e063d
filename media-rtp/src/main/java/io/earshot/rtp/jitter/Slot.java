package io.earshot.rtp.jitter;

/** One place of the packet pool. */
final class Slot {
    /** What a slot holds. */
    enum Content { NOTHING, AUDIO, OTHER, SILENCE }

    Content content = Content.NOTHING;
    byte[] payload;
    int length;
    int payloadType;
    int duration;
    long sequence;
    long timestamp;

    Slot(int bytes) {
        payload = new byte[bytes];
    }

    void store(byte[] source, int offset, int count, int maxPayload) {
        if (payload.length < count) {
            payload = new byte[maxPayload]; // once in the slot's life
        }
        System.arraycopy(source, offset, payload, 0, count);
        length = count;
    }

    void describe(long number, long time, int type, int ticks) {
        content = Content.AUDIO;
        payloadType = type;
        duration = ticks;
        sequence = number;
        timestamp = time;
    }
}
