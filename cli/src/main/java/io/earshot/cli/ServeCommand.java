package io.earshot.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The classic program with all doors of the control server open. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Lets programs in any language drive a phone: by UDP, TCP, HTTP, "
        + "WebSocket and server-sent events. http://127.0.0.1:19422/ shows and tries everything.")
final class ServeCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "PORT", defaultValue = "19422", description = "for TCP, HTTP and WebSocket, 0 for none "
            + "[${DEFAULT-VALUE}]")
    private String port;
    @Option(names = "--udp-port", paramLabel = "PORT", defaultValue = "19422", description = "for UDP, 0 for none [${DEFAULT-VALUE}]")
    private String udpPort;
    @Option(names = "--windows-port", paramLabel = "PORT", defaultValue = "0", description = "for TCP with the answers of the Windows "
            + "service, usually 18620 [none]")
    private String windowsPort;
    @Option(names = "--bind", paramLabel = "ADDRESS", description = "listen on; others than loopback want a token [127.0.0.1]")
    private Optional<String> bind = Optional.empty();
    @Option(names = "--token-file", paramLabel = "FILE", description = "its first line is a secret that every client has to know [none]")
    private Optional<String> tokenFile = Optional.empty();
    @Option(names = "--tls-cert", paramLabel = "FILE", description = "our certificate, PEM or PKCS#12: encrypts; other machines have to")
    private Optional<String> certificate = Optional.empty();
    @Option(names = "--tls-key", paramLabel = "FILE", description = "its key, PEM [in the same file]")
    private Optional<String> key = Optional.empty();
    @Option(names = "--allow", paramLabel = "ADDRESSES", description = "of other machines that may connect [all]")
    private Optional<String> allow = Optional.empty();
    @Option(names = "--host", paramLabel = "NAMES", description = "by which web clients reach the server, besides localhost and addresses")
    private Optional<String> hosts = Optional.empty();
    @Option(names = "--origin", paramLabel = "ORIGINS", description = "of web pages that may use the server, besides its own")
    private Optional<String> origins = Optional.empty();
    @Parameters(arity = "0..*", paramLabel = "name=value", description = "classic parameters; 'earshot --help' lists them")
    private List<String> settings = List.of();

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>(List.of("wpapilistenport=" + port, "wpapiudplistenport=" + udpPort,
                "wpapiwindowsport=" + windowsPort));
        bind.ifPresent(value -> arguments.add("controlbind=" + value));
        tokenFile.ifPresent(value -> arguments.add("controltokenfile=" + value));
        certificate.ifPresent(value -> arguments.add("controltlscert=" + value));
        key.ifPresent(value -> arguments.add("controltlskey=" + value));
        allow.ifPresent(value -> arguments.add("controlallow=" + value));
        hosts.ifPresent(value -> arguments.add("controlhosts=" + value));
        origins.ifPresent(value -> arguments.add("controlorigins=" + value));
        arguments.addAll(settings);
        return new ClassicProgram(System.in, System.out, System.err).serve(arguments);
    }
}
