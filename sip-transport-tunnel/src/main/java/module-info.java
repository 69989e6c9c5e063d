/**
 * SIP and RTP through one HTTP connection to a gateway, and the gateway, on Netty. Exports nothing: the SPI that it provides is its whole
 * contract.
 *
 * @provides io.earshot.api.tunnel.spi.TunnelProvider both ends of a tunnel
 */
module io.earshot.transport.tunnel {
    requires io.earshot.api;
    requires io.earshot.transport.netty;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;

    provides io.earshot.api.tunnel.spi.TunnelProvider with io.earshot.transport.tunnel.DefaultTunnelProvider;
}
