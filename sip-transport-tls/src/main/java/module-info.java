/**
 * SIP over TCP and over TLS, IPv4 and IPv6, on NIO and JSSE. Exports nothing: the SPI that it provides is its whole contract.
 *
 * @provides io.earshot.api.transport.spi.SipTransportProvider the protocols {@code TCP} and {@code TLS}
 */
module io.earshot.transport.tls {
    requires io.earshot.api;
    requires io.earshot.transport.common;

    provides io.earshot.api.transport.spi.SipTransportProvider
        with io.earshot.transport.tls.TcpTransportProvider, io.earshot.transport.tls.TlsTransportProvider;
}
