package io.earshot.transport.tls;

import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.transport.spi.IoLoop;
import io.earshot.api.transport.spi.StreamConfig;
import java.nio.ByteBuffer;

/** Who owns connections. */
interface Owner {
    IoLoop loop();

    StreamConfig config();

    /** What connections of ours go through. */
    ProxyConfig proxy();

    /** Of the IP type of service. */
    int trafficClass();

    /** One buffer for all, as only one connection reads at a time. */
    ByteBuffer readBuffer();

    Counts counts();

    void received(Connection from, ByteBuffer data);

    /** It can carry messages now. */
    void established(Connection connection, String host);

    /** It never came to be; those who wanted to send over it wait for an answer. */
    void stillborn(Connection connection, String reason, int messages);

    /** It had no room for a message; {@link #ended} follows. */
    void overflowed(Connection connection, String reason);

    /** It can carry no more messages. */
    void ended(Connection connection, String reason);

    /** Its socket is gone. */
    void gone(Connection connection);
}
