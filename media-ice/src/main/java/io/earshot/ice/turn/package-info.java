/** A client of TURN relays over UDP, TCP and TLS: RFC 8656, and RFC 5766 and RFC 6156 servers. */
package io.earshot.ice.turn;
