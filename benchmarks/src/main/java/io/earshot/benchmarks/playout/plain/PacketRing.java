package io.earshot.benchmarks.playout.plain;

/** The packet pool, addressed by extended sequence number. A slot counts as held only while its own number says so. */
final class PacketRing {
    private final Slot[] slots;
    private final int mask;

    PacketRing(JitterConfig config) {
        slots = new Slot[config.slots()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new Slot(config.slotBytes());
        }
        mask = slots.length - 1;
    }

    int capacity() {
        return slots.length;
    }

    /** Returns the slot where a number belongs, whatever it holds now. */
    Slot slot(long sequence) {
        return slots[(int) sequence & mask];
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
            slot.content = Slot.Content.NOTHING;
        }
    }
}
