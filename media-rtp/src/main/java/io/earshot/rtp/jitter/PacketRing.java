package io.earshot.rtp.jitter;

/**
 * The packet pool, addressed by extended sequence number. A slot counts as held only while its own number says so. Slots are made when
 * packets first come to their places, so that a call through which nothing comes has none; after a turn of the ring there are no new ones.
 */
final class PacketRing {
    /** Stands for places where nothing was ever put; nothing may be put into it. */
    private final Slot empty = new Slot(0);
    private final Slot[] slots;
    private final int mask;
    private final int bytes;

    PacketRing(JitterConfig config) {
        slots = new Slot[config.slots()];
        bytes = config.slotBytes();
        mask = slots.length - 1;
        empty.sequence = -1;
    }

    int capacity() {
        return slots.length;
    }

    /** Returns the slot where a number belongs, whatever it holds now, to read it or to empty it. */
    Slot slot(long sequence) {
        Slot slot = slots[(int) sequence & mask];
        return slot == null ? empty : slot;
    }

    /** Returns the slot where a number belongs, to put something into it. */
    Slot place(long sequence) {
        int index = (int) sequence & mask;
        if (slots[index] == null) {
            slots[index] = new Slot(bytes); // once in the ring's life
        }
        return slots[index];
    }

    boolean holds(long sequence, Slot.Content content) {
        Slot slot = slot(sequence);
        return slot.content == content && slot.sequence == sequence;
    }

    /** Returns the first number from {@code from} to {@code to} whose audio is held, or -1. Numbers are never negative. */
    long firstAudio(long from, long to) {
        for (long sequence = from; sequence <= to; sequence++) {
            if (holds(sequence, Slot.Content.AUDIO)) {
                return sequence;
            }
        }
        return -1;
    }

    /** Counts the audio held from {@code from} to {@code to}. */
    int countAudio(long from, long to) {
        int count = 0;
        for (long sequence = from; sequence <= to; sequence++) {
            count += holds(sequence, Slot.Content.AUDIO) ? 1 : 0;
        }
        return count;
    }

    void clear() {
        for (Slot slot : slots) {
            if (slot != null) {
                slot.content = Slot.Content.NOTHING;
            }
        }
    }
}
