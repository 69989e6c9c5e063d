/**
 * A DNS server to test with: {@link io.earshot.testkit.dns.TestDnsServer} answers over real loopback sockets from a zone that the test
 * fills, and misbehaves on demand. No method takes or returns {@code null}.
 */
package io.earshot.testkit.dns;
