package io.earshot.cli;

import io.earshot.api.transport.spi.TlsFiles;
import io.earshot.api.transport.spi.TlsIdentity;
import io.earshot.control.Access;
import io.earshot.control.AddressRange;
import io.earshot.control.ControlConfig;
import io.earshot.control.ControlLimits;
import io.earshot.control.ControlTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The control server's configuration, from classic parameters. */
final class ControlSettings {
    private final Map<String, String> values;

    private ControlSettings(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Returns the configuration; empty when no port is wanted.
     *
     * @param values by name, all given
     * @throws IllegalArgumentException with a sentence that names the parameter and what is wanted
     */
    static Optional<ControlConfig> of(Map<String, String> values) {
        ControlSettings settings = new ControlSettings(values);
        ControlConfig config = settings.config();
        return config.udpPort() == 0 && config.tcpPort() == 0 && config.windowsPort() == 0 ? Optional.empty() : Optional.of(config);
    }

    private ControlConfig config() {
        ControlConfig plain = new ControlConfig(bind(), number("wpapiudplistenport"), number("wpapilistenport"), number("wpapiwindowsport"),
                number("wpapiconnectport"), number("canuseudpnotifications"), Integer.parseInt(values.getOrDefault("polling", "-1")),
                number("httpsessiontimeout"), access(), ControlLimits.DEFAULT, Optional.empty());
        return tls().map(plain::withTls).orElse(plain);
    }

    private int number(String name) {
        return Integer.parseInt(values.get(name));
    }

    private Access access() {
        Optional<String> token = Optional.of(values.get("controltoken")).filter(text -> !text.isEmpty()).or(this::tokenFromFile);
        return new Access(token, list("controlallow").stream().map(AddressRange::parse).toList(), lower("controlhosts"),
                lower("controlorigins"));
    }

    private Optional<ControlTls> tls() {
        String file = values.get("controltlscert");
        if (file.isEmpty()) {
            return Optional.empty();
        }
        char[] password = values.get("controltlspassword").toCharArray();
        String key = values.get("controltlskey");
        try {
            Path chain = Path.of(file);
            TlsIdentity identity = TlsFiles.isPkcs12(chain) ? TlsFiles.identity(chain, password)
                    : TlsFiles.identity(chain, key.isEmpty() ? chain : Path.of(key), password);
            return Optional.of(ControlTls.of(identity.key(), identity.chain()));
        } catch (IOException | InvalidPathException unreadable) {
            throw new IllegalArgumentException("parameter controltlscert=" + file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    private Optional<String> tokenFromFile() {
        return Optional.of(values.get("controltokenfile")).filter(file -> !file.isEmpty()).map(file -> {
            try {
                return Files.readString(Path.of(file)).lines().findFirst().orElse("").strip();
            } catch (IOException | InvalidPathException unreadable) {
                throw new IllegalArgumentException("parameter controltokenfile=" + file + " cannot be read: " + unreadable.getMessage(),
                        unreadable);
            }
        });
    }

    private InetAddress bind() {
        String text = values.get("controlbind");
        try {
            return text.isEmpty() ? ControlConfig.DEFAULT.bind() : InetAddress.getByName(text);
        } catch (UnknownHostException none) {
            throw new IllegalArgumentException("parameter controlbind=" + text + ": an address of this machine is wanted, as 127.0.0.1 or "
                    + "0.0.0.0", none);
        }
    }

    private List<String> list(String name) {
        return Arrays.stream(values.get(name).split(",")).map(String::strip).filter(text -> !text.isEmpty()).toList();
    }

    private Set<String> lower(String name) {
        return list(name).stream().map(text -> text.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }
}
