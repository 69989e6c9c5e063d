package io.earshot.cli;

import io.earshot.control.CommandTarget;
import io.earshot.control.ControlConfig;
import io.earshot.control.ControlServer;
import io.earshot.sdk.classic.ClassicCommand;
import io.earshot.sdk.classic.ClassicCommands;
import io.earshot.sdk.classic.Notification;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;

/** The control server in front of a phone: functions go to the phone, its notifications to the clients. */
final class Control implements CommandTarget, AutoCloseable {
    private final CompletableFuture<ClassicCommands> commands = new CompletableFuture<>();
    private final Runnable exit;
    private final Optional<ControlServer> server;

    /**
     * Opens the ports.
     *
     * @param config empty for none
     * @param exit ends the program
     * @throws java.io.UncheckedIOException with a sentence when a port cannot be opened
     */
    Control(Optional<ControlConfig> config, Runnable exit) {
        this.exit = exit;
        this.server = config.map(wanted -> ControlServer.start(wanted, this));
    }

    /** Lets commands through. */
    void attach(ClassicCommands phone) {
        commands.complete(phone);
    }

    void publish(Notification notification) {
        server.ifPresent(open -> open.publish(notification.fields()));
    }

    @Override
    public String run(String function, Map<String, String> arguments) {
        if (function.equals("API_Exit")) {
            exit.run();
            return "OK: initiated";
        }
        return commands.isDone() ? commands.join().run(new ClassicCommand(function, arguments)) : "ERROR: the phone is not started yet";
    }

    /** Nobody is there any more: nothing of the session stays. */
    @Override
    public void expired() {
        run("API_Hangup", Map.of("line", "-2"));
        run("API_Unregister", Map.of());
    }

    /** Says where commands may be sent; empty when nowhere. */
    String ports() {
        StringJoiner ports = new StringJoiner(", ", "Commands are taken at ", "");
        server.filter(open -> open.udpPort() > 0).ifPresent(open -> ports.add("UDP " + open.udpPort()));
        server.filter(open -> open.tcpPort() > 0).ifPresent(open -> ports.add("TCP and HTTP " + open.tcpPort()));
        server.filter(open -> open.windowsPort() > 0).ifPresent(open -> ports.add("TCP " + open.windowsPort() + " (Windows service)"));
        return server.isPresent() ? ports.toString() : "";
    }

    @Override
    public void close() {
        server.ifPresent(ControlServer::close);
    }
}
