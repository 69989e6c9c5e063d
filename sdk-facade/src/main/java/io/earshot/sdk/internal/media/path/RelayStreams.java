package io.earshot.sdk.internal.media.path;

import io.earshot.api.transport.spi.IoLoop;
import io.earshot.rtp.route.RouteFinder;
import io.earshot.rtp.route.RouteOutput;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of one call to its relays over TCP and TLS. Confined to the media loop. */
final class RelayStreams {
    private static final Logger LOG = LoggerFactory.getLogger(RelayStreams.class);

    private final RouteFinder finder;
    private final RelayDialer dialer;
    private final IoLoop loop;
    private final LongSupplier clock;
    private final Runnable drain;
    private final Map<Integer, RelayDialer.Connection> open = new HashMap<>();

    /** Makes one. @param drain does what the finder wants after it was told something */
    RelayStreams(RouteSearch search, IoLoop loop, LongSupplier clock, Runnable drain) {
        this.finder = search.finder();
        this.dialer = search.dialer();
        this.loop = loop;
        this.clock = clock;
        this.drain = drain;
    }

    /** Does what concerns a connection; false when it is something else. */
    boolean perform(RouteOutput output) {
        if (output instanceof RouteOutput.Connect connect) {
            open.put(connect.stream(), dialer.open(connect.server(), connect.tls(), loop, new Ear(connect.stream())));
        } else if (output instanceof RouteOutput.StreamTransmit transmit) {
            RelayDialer.Connection known = open.get(transmit.stream());
            if (known != null) {
                known.send(transmit.data());
            }
        } else if (output instanceof RouteOutput.Disconnect disconnect) {
            end(disconnect.stream());
        } else {
            return false;
        }
        return true;
    }

    private void end(int stream) {
        RelayDialer.Connection known = open.remove(stream);
        if (known != null) {
            known.close();
        }
    }

    /** Ends all of them. */
    void close() {
        open.values().forEach(RelayDialer.Connection::close);
        open.clear();
    }

    private final class Ear implements RelayDialer.Listener {
        private final int stream;

        Ear(int stream) {
            this.stream = stream;
        }

        @Override
        public void opened() {
            finder.streamOpened(stream, clock.getAsLong());
            drain.run();
        }

        @Override
        public void received(ByteBuffer data) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            finder.streamReceived(stream, bytes, 0, bytes.length, clock.getAsLong());
            drain.run();
        }

        @Override
        public void closed(String reason) {
            if (open.remove(stream) != null) {
                LOG.info("The connection to a relay ended: {}", reason);
                finder.streamClosed(stream, clock.getAsLong());
                drain.run();
            }
        }
    }
}
