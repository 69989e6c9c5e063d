/** What a plug-in implements that tunnels calls. No method takes or returns {@code null}. */
package io.earshot.api.tunnel.spi;
