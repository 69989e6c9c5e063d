/**
 * Messages as an attacker, or a broken peer, might send them: well-formed ones with every header in use, changed at random from a seed;
 * and what reads all there is to read in them. No method takes or returns {@code null}; nothing here is safe for use by several threads.
 */
package io.earshot.testkit.hostile;
