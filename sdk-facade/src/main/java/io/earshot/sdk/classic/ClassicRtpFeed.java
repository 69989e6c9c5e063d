package io.earshot.sdk.classic;

import io.earshot.api.audio.EncodedSource;
import io.earshot.sdk.internal.loop.SerialExecutor;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** RTP packets of the program on their way to a peer, in order. For any thread. */
final class ClassicRtpFeed {
    private static final int HEADER = 12;
    private static final int VERSION_2 = 0x80;
    private static final int FIRST_DYNAMIC = 96;
    private static final int TEN_MILLIS = 80;
    private static final int LONGEST = 1500;
    /** Payload types that mean one codec everywhere (RFC 3551 §6). */
    private static final Map<Integer, String> CODECS = Map.of(0, "PCMU", 3, "GSM", 8, "PCMA", 9, "G722", 18, "G729");

    private final EncodedSource source;
    private final Executor order;
    private final AtomicBoolean closed = new AtomicBoolean();

    ClassicRtpFeed(EncodedSource source, Executor workers) {
        this.source = source;
        this.order = new SerialExecutor(workers);
    }

    /** Returns the codec of a packet: that of its payload type, or for one that means nothing by itself that of the call. */
    static Optional<String> codec(byte[] packet, String ofCall) {
        if (packet.length <= HEADER || (packet[0] & 0xC0) != VERSION_2) {
            return Optional.empty();
        }
        int type = packet[1] & 0x7F;
        return Optional.ofNullable(CODECS.get(type)).or(() -> type < FIRST_DYNAMIC || ofCall.isEmpty() ? Optional.empty()
                : Optional.of(ofCall));
    }

    /** Tells whether bytes look like RTP: a header without extras, a codec, and a length that whole frames of sound do not have. */
    static boolean looksLikeRtp(byte[] bytes, int length) {
        boolean header = length > HEADER && length <= LONGEST && (bytes[0] & 0xFF) == VERSION_2;
        int type = header ? bytes[1] & 0x7F : 1;
        boolean frames = length % (2 * TEN_MILLIS) == 0;
        return header && !frames && (CODECS.containsKey(type) || type >= FIRST_DYNAMIC);
    }

    void write(byte[] packet, int length) {
        byte[] copy = Arrays.copyOf(packet, length);
        order.execute(() -> {
            try {
                if (!closed.get()) {
                    source.write(copy, 0, length);
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            } catch (IllegalStateException over) {
                closed.set(true);
            }
        });
    }

    void close() {
        closed.set(true);
        source.close();
    }
}
