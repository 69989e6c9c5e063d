/** The command line: the classic {@code name=value} program, and the demo. */
module io.earshot.cli {
    requires io.earshot.api;
    requires io.earshot.control;
    requires io.earshot.sdk;
    requires io.earshot.testkit;
    requires info.picocli;

    uses io.earshot.api.tunnel.spi.TunnelProvider;

    opens io.earshot.cli to info.picocli;
}
