/**
 * Tools to test telephony with: virtual time, a simulated network, an in-process registrar and proxy, fake audio, contract tests for
 * plug-ins, and a JUnit extension. Only {@code io.earshot.testkit.junit} and {@code io.earshot.testkit.contract} need JUnit; everything
 * else works in a plain program.
 */
module io.earshot.testkit {
    requires transitive io.earshot.api;
    requires transitive io.earshot.sip;
    requires static org.junit.jupiter.api; // not transitive: javac would demand it of everybody then
    requires static java.management;
    requires static jdk.management;

    exports io.earshot.testkit;
    exports io.earshot.testkit.audio;
    exports io.earshot.testkit.contract;
    exports io.earshot.testkit.dns;
    exports io.earshot.testkit.hostile;
    exports io.earshot.testkit.junit;
    exports io.earshot.testkit.net;
    exports io.earshot.testkit.node;
    exports io.earshot.testkit.server;

    uses io.earshot.api.transport.spi.SipTransportProvider;
}
