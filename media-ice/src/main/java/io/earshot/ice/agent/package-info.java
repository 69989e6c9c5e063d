/**
 * ICE: {@link io.earshot.ice.agent.IceAgent} finds the way between two peers through whatever NATs there are. RFC 8445 with trickle
 * (RFC 8838), consent (RFC 7675), and peers that are lite or of the first edition (RFC 5245).
 */
package io.earshot.ice.agent;
