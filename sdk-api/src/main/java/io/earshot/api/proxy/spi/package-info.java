/** What transports need to go through proxies: bytes in, bytes out. No method takes or returns {@code null}. */
package io.earshot.api.proxy.spi;
