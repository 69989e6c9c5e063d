/**
 * Contract tests for plug-ins: extend the class of the SPI, say what is under test, and JUnit runs the rest. Needs JUnit Jupiter.
 *
 * <pre>{@code
 * class MyTransportContractTest extends SipTransportContract {
 *     protected SipTransportProvider provider() { return new MyTransportProvider(); }
 *     protected InetAddress bindAddress() { return InetAddress.getLoopbackAddress(); }
 * }
 * }</pre>
 */
package io.earshot.testkit.contract;
