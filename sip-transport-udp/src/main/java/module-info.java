/**
 * SIP over UDP, IPv4 and IPv6, on NIO. Exports nothing: the SPI that it provides is its whole contract.
 *
 * @provides io.earshot.api.transport.spi.SipTransportProvider the protocol {@code UDP}
 */
module io.earshot.transport.udp {
    requires io.earshot.api;
    requires io.earshot.transport.common;

    provides io.earshot.api.transport.spi.SipTransportProvider with io.earshot.transport.udp.UdpTransportProvider;
}
