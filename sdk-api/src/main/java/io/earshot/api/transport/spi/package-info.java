/**
 * What a transport plug-in implements: bytes and addresses, never messages. One {@link io.earshot.api.transport.spi.IoLoop} owns each
 * transport and everything it delivers to, so that nothing here needs a lock. No method takes or returns {@code null}.
 */
package io.earshot.api.transport.spi;
