package io.earshot.cli;

import io.earshot.sdk.classic.ParameterSources;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The classic program with the window of the phone. */
@Command(name = "softphone", mixinStandardHelpOptions = true, description = "Opens the window of the phone. Settings come from wpcfg.ini "
        + "beside the program or in the current folder, from environment variables wp_NAME, and from here, the last of which is the "
        + "strongest. Closing the window ends the program.")
final class SoftphoneCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "name=value", description = "classic parameters; 'earshot --help' lists them")
    private List<String> settings = List.of();

    @Override
    public Integer call() {
        return run(settings);
    }

    static int run(List<String> settings) {
        ParameterSources sources = new ParameterSources().arguments(List.of("iscommandline=false"));
        try {
            Optional<Path> file = file();
            if (file.isPresent()) {
                sources.file(file.get());
            }
        } catch (IOException unreadable) {
            System.err.println("earshot: " + unreadable.getMessage());
            return 1;
        }
        return new ClassicProgram(System.in, System.out, System.err).run(sources.environment(System.getenv()).arguments(settings).lines());
    }

    /** Returns the configuration file beside the program, or in the current folder, if there is one. */
    static Optional<Path> file() {
        return Stream.concat(program().stream(), Stream.of(Path.of("").toAbsolutePath()))
                .map(folder -> folder.resolve(ParameterSources.FILE)).filter(Files::isRegularFile).findFirst();
    }

    private static Optional<Path> program() {
        CodeSource source = SoftphoneCommand.class.getProtectionDomain().getCodeSource();
        try {
            return source == null || source.getLocation() == null || !"file".equals(source.getLocation().getProtocol()) ? Optional.empty()
                    : Optional.ofNullable(Path.of(source.getLocation().toURI()).getParent());
        } catch (URISyntaxException none) {
            return Optional.empty();
        }
    }
}
