/**
 * A SIP registrar and forking proxy in one object, for tests and demonstrations: over real sockets or on a virtual network. It is small
 * and strict rather than fast, trusts nobody's DNS, and is no product to put on the Internet. No method takes or returns {@code null}.
 *
 * <pre>{@code
 * try (TestSipServer server = TestSipServer.builder().realm("test").user("alice", "secret").user("bob", "secret").start()) {
 *     phone.register("sip:alice@test", server.address());
 * }
 * }</pre>
 */
package io.earshot.testkit.server;
