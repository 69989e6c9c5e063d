/**
 * A network that exists in memory only: hosts, links with loss, delay, jitter, reordering, duplication, blackouts, limited rate and MTU,
 * and NATs of the usual types; datagrams, reliable streams and media sockets behind the SDK's transport SPIs.
 *
 * <p>It is single-threaded and runs on virtual time: call {@link io.earshot.testkit.net.VirtualNetwork#runUntil(long)} and its kin from
 * the test's thread, and an hour passes in milliseconds. All chance comes from one seed, with a stream of its own for each link, so that
 * the same seed and the same calls give the same run. No method takes or returns {@code null}.
 */
package io.earshot.testkit.net;
