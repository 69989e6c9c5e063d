package io.earshot.transport.tunnel.core;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The TCP connections of one session to servers. They live no longer than the connection to the client: what was on the way then is lost,
 * and a stream with a hole is worse than none.
 */
final class GatewayStreams {
    /** A part is cut so that sound has not to wait long behind it. */
    private static final int MOST_PART = 8_000;

    private final GatewaySession session;
    private final GatewayRules rules;
    private final Outside outside;
    private final GatewayCounts counts;
    private final Map<Integer, Outside.Stream> streams = new HashMap<>();

    GatewayStreams(GatewaySession session, GatewayRules rules, Outside outside, GatewayCounts counts) {
        this.session = session;
        this.rules = rules;
        this.outside = outside;
        this.counts = counts;
    }

    int size() {
        return streams.size();
    }

    boolean has(int channel) {
        return streams.containsKey(channel);
    }

    void connect(Frame.Connect connect) {
        int channel = connect.channel();
        if (session.channels() >= rules.maxChannels() || channel % 2 != 0 || session.isTaken(channel)) {
            counts.refusedLimits++;
            session.control(new Frame.Close(channel, Frame.Refusal.LIMIT));
        } else if (!rules.signalling().allow(connect.peer())) {
            counts.forbidden++;
            session.control(new Frame.Close(channel, Frame.Refusal.PORT));
        } else {
            try {
                streams.put(channel, outside.connect(connect.peer(), new Ear(channel)));
            } catch (IOException none) {
                session.control(new Frame.Close(channel, Frame.Refusal.PORT));
            }
        }
    }

    /** Bytes for the world. Who sends faster than a server takes them, or than is allowed, loses the connection. */
    void part(Frame.Stream frame, long now) {
        Outside.Stream stream = streams.get(frame.channel());
        if (stream == null) {
            return;
        }
        if (!session.affords(frame.part().remaining(), now) || !stream.send(frame.part())) {
            counts.throttled++;
            end(frame.channel(), Frame.Refusal.LIMIT);
        } else {
            counts.out++;
        }
    }

    private void end(int channel, Frame.Refusal why) {
        close(channel);
        session.control(new Frame.Close(channel, why));
    }

    void close(int channel) {
        Outside.Stream stream = streams.remove(channel);
        if (stream != null) {
            stream.close();
        }
    }

    void closeAll() {
        List.copyOf(streams.keySet()).forEach(this::close);
    }

    /** One connection, told by the world. */
    private final class Ear implements Outside.StreamReceiver {
        private final int channel;

        Ear(int channel) {
            this.channel = channel;
        }

        @Override
        public void opened(InetSocketAddress local) {
            if (has(channel)) {
                session.control(new Frame.Opened(channel, local));
            }
        }

        @Override
        public void received(ByteBuffer bytes) {
            while (bytes.hasRemaining() && has(channel)) {
                int length = Math.min(MOST_PART, bytes.remaining());
                counts.in++;
                if (!session.signalling(new Frame.Stream(channel, bytes.slice(bytes.position(), length)))) {
                    end(channel, Frame.Refusal.LIMIT);
                }
                bytes.position(bytes.position() + length);
            }
        }

        @Override
        public void closed() {
            if (has(channel)) {
                end(channel, Frame.Refusal.DONE);
            }
        }
    }
}
