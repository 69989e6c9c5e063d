package io.earshot.cli;

import io.earshot.api.MediaEncryption;
import io.earshot.sdk.classic.ClassicParameters;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code earshot name=value …} is the classic program; {@code earshot demo} shows a call without any server. */
@Command(name = "earshot", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, subcommands = {Main.DemoCommand.class,
        NatCommand.class, ServeCommand.class, SoftphoneCommand.class, TunnelGatewayCommand.class},
        description = "Registers, calls and is called over SIP. Notifications go to standard output, one a line; functions come from "
                + "standard input, one a line, as ?function=API_Call&line=-1&peer=1002, "
                + "and by UDP at 127.0.0.1:19422.",
        footerHeading = "%nParameters, with their [defaults]:%n")
public final class Main implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "name=value", description = "classic parameters, for example serveraddress=sip.example.com "
            + "username=alice password=secret callto=bob autocall=true")
    private List<String> settings = List.of();
    @Option(names = "--explain", paramLabel = "PARAM", description = "says everything about a parameter and ends")
    private String explained = "";
    @Spec
    private CommandSpec spec;

    private boolean endsJvm = true;

    private Main() {
    }

    /** Runs the program and ends the process with its exit code: 0 fine, 1 failed, 2 wrong usage. */
    public static void main(String[] arguments) {
        Main main = new Main();
        CommandLine line = new CommandLine(main);
        line.getCommandSpec().usageMessage().footer(ClassicParameters.help().replace("%", "%%").split("\\R"));
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        int code = line.execute(arguments);
        if (code != 0 || main.endsJvm) {
            System.exit(code);
        }
    }

    @Override
    public Integer call() {
        if (!explained.isEmpty()) {
            Optional<String> page = ClassicParameters.explain(explained);
            PrintWriter out = page.isPresent() ? spec.commandLine().getOut() : spec.commandLine().getErr();
            out.println(page.orElse("earshot: there is no parameter '" + explained + "'; 'earshot --help' lists them"));
            return page.isPresent() ? 0 : 2;
        }
        if (settings.isEmpty() && SoftphoneCommand.file().isPresent()) {
            return SoftphoneCommand.run(List.of()); // started by a double click, with its configuration beside it
        }
        if (settings.isEmpty()) {
            spec.commandLine().usage(System.err);
            return 2;
        }
        ClassicProgram program = new ClassicProgram(System.in, System.out, System.err);
        int code = program.run(settings);
        endsJvm = program.endsJvm();
        return code;
    }

    /** Says which version this is. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String built = Main.class.getPackage().getImplementationVersion();
            return new String[] {"Earshot " + (built == null ? "0.1.0-SNAPSHOT" : built) + ", Java " + Runtime.version()};
        }
    }

    /** The demo. */
    @Command(name = "demo", mixinStandardHelpOptions = true,
            description = "Starts a registrar in this process, registers two phones, and lets them talk.")
    static final class DemoCommand implements Callable<Integer> {
        @Option(names = "--output", paramLabel = "FOLDER", defaultValue = "earshot-demo", description = "where the recordings go "
                + "[${DEFAULT-VALUE}]")
        private Path output;
        @Option(names = "--encrypted", description = "encrypts the sound, with keys by DTLS")
        private boolean encrypted;

        @Override
        public Integer call() {
            return new Demo(System.out, output, encrypted ? MediaEncryption.DTLS : MediaEncryption.WHEN_OFFERED).run();
        }
    }
}
