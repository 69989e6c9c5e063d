/** What kind of NAT there is (RFC 5780, RFC 3489), and what helps peers without ICE: latching, hole punching, address repair. */
package io.earshot.ice.nat;
