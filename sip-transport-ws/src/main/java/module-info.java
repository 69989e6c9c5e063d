/**
 * SIP over WebSocket (RFC 7118), client and listener, on Netty. Exports nothing: the SPI that it provides is its whole contract.
 *
 * @provides io.earshot.api.transport.spi.SipTransportProvider the protocols {@code WS} and {@code WSS}
 */
module io.earshot.transport.ws {
    requires io.earshot.api;
    requires io.earshot.transport.netty;
    requires io.netty.buffer;
    requires io.netty.codec;
    requires io.netty.codec.http;
    requires io.netty.common;
    requires io.netty.handler;
    requires io.netty.transport;

    provides io.earshot.api.transport.spi.SipTransportProvider
        with io.earshot.transport.ws.WsTransportProvider, io.earshot.transport.ws.WssTransportProvider;
}
