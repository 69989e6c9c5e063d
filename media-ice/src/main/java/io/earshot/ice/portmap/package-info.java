/** Ports opened at the router: PCP (RFC 6887), NAT-PMP (RFC 6886) and UPnP IGD. */
package io.earshot.ice.portmap;
