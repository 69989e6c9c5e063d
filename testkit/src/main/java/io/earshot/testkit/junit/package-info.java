/**
 * The JUnit Jupiter extension. Needs JUnit.
 *
 * <pre>{@code
 * @Simulated(seed = 42)
 * class CallTest {
 *     @Test
 *     void rings(VirtualNetwork net, Transcript transcript) { … }
 * }
 * }</pre>
 */
package io.earshot.testkit.junit;
