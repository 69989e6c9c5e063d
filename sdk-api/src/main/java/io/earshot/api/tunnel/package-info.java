/**
 * Calls through one connection to a tunnel gateway, where firewalls let nothing else through. No method takes or returns {@code null}.
 */
package io.earshot.api.tunnel;
