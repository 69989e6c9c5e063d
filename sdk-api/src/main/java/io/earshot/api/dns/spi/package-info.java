/** What a DNS plug-in implements. No method takes or returns {@code null}. */
package io.earshot.api.dns.spi;
