package io.earshot.sip.transaction;

import io.earshot.sip.message.CSeq;
import io.earshot.sip.message.Request;
import java.util.Comparator;
import java.util.Optional;

/** What makes a request the same as another one that came by a different path (RFC 3261 §8.2.2.2). */
record MergeKey(String fromTag, String callId, CSeq cseq) implements Comparable<MergeKey> {
    private static final Comparator<MergeKey> ORDER = Comparator.comparing(MergeKey::callId).thenComparing(MergeKey::fromTag)
        .thenComparingLong(key -> key.cseq.number()).thenComparing(key -> key.cseq.method().name());

    /** An order keeps hash tables fast when a hostile peer chooses identifiers with equal hash codes. */
    @Override
    public int compareTo(MergeKey other) {
        return ORDER.compare(this, other);
    }

    /** Returns the key, or empty if this request is inside a dialog or has no From tag, and so cannot be judged. */
    static Optional<MergeKey> of(Request request) {
        Optional<String> fromTag = request.from().tag();
        if (request.to().tag().isPresent() || fromTag.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new MergeKey(fromTag.get(), request.callId(), request.cseq()));
    }
}
