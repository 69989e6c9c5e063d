/** Handlers of Netty that more than one transport has. */
package io.earshot.transport.netty;
