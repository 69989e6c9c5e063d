/**
 * Owners for sans-IO machines. A {@link io.earshot.testkit.node.Driven} machine is plugged into a {@link io.earshot.testkit.node.Node},
 * which feeds it datagrams and time and sends what it asks for: {@link io.earshot.testkit.node.VirtualNode} on a virtual network and
 * virtual time, {@link io.earshot.testkit.node.RealNode} on real sockets with a thread of its own. No method takes or returns
 * {@code null}.
 */
package io.earshot.testkit.node;
