/**
 * What the transports on Netty share: for our own transports, and no part of what the SDK promises. The export is not limited to them, as
 * they may be on the class path.
 */
module io.earshot.transport.netty {
    requires transitive io.earshot.transport.common;
    requires io.netty.buffer;
    requires io.netty.common;
    requires transitive io.netty.transport;

    exports io.earshot.transport.netty;
}
