package io.earshot.sip.transaction;

/**
 * Names one transaction of one {@link TransactionLayer}; never used twice by it. Not what is on the wire.
 *
 * @param number counts up from 1 in the order the transactions were made
 */
public record TransactionId(long number) implements Comparable<TransactionId> {
    @Override
    public int compareTo(TransactionId other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return "tx" + number;
    }
}
