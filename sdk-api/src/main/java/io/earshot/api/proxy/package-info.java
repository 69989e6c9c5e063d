/** Proxies between us and servers. No method takes or returns {@code null}. */
package io.earshot.api.proxy;
