package io.earshot.cli;

import io.earshot.api.Nat;
import io.earshot.api.NatReport;
import io.earshot.api.Phone;
import io.earshot.api.VoipException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what kind of NAT stands in front of this machine. */
@Command(name = "nat", mixinStandardHelpOptions = true,
        description = "Asks STUN servers what kind of NAT stands in front of this machine. One with two addresses (RFC 5780) tells all.")
final class NatCommand implements Callable<Integer> {
    @Parameters(arity = "1..2", paramLabel = "SERVER", description = "host or host:port of a STUN server")
    private List<String> servers = List.of();
    @Option(names = "--bind", paramLabel = "IP", description = "our address to ask from; the system's choice unless given")
    private String bind = "0.0.0.0";

    @Override
    public Integer call() {
        try (Phone phone = Phone.builder().listen(new InetSocketAddress(bind, 0)).open()) {
            NatReport report = phone.network().natReport(Nat.DEFAULT.withStunServers(servers.toArray(String[]::new))).join();
            System.out.println(report.kind() + report.seenAt().map(seen -> " " + report.local().getAddress().getHostAddress() + ":"
                    + report.local().getPort() + " is seen at " + seen.getAddress().getHostAddress() + ":" + seen.getPort()).orElse(""));
            return 0;
        } catch (CompletionException refused) {
            System.err.println("earshot: " + (refused.getCause() instanceof VoipException known ? known.failure().sentence() : refused));
            return 1;
        }
    }
}
