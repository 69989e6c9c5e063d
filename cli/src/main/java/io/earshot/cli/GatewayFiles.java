package io.earshot.cli;

import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.transport.spi.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of a tunnel gateway, which may change while it runs: users come and go, certificates are renewed. For one thread. */
final class GatewayFiles {
    private final Path users;
    private final Optional<Path> cert;
    private final Optional<Path> certKey;
    private final String certPassword;
    private List<FileTime> seen = List.of();

    GatewayFiles(Path users, Optional<Path> cert, Optional<Path> certKey, String certPassword) {
        this.users = users;
        this.cert = cert;
        this.certKey = certKey;
        this.certPassword = certPassword;
    }

    /** Tells whether a file is another one than at the last call, or cannot be read now. */
    boolean changed() {
        List<FileTime> times = new ArrayList<>();
        for (Path each : List.of(users, cert.orElse(users), certKey.orElse(users))) {
            try {
                times.add(Files.getLastModifiedTime(each));
            } catch (IOException gone) {
                return false; // somebody is about to write it
            }
        }
        boolean other = !times.equals(seen);
        seen = times;
        return other;
    }

    TlsConfig tls() throws IOException {
        if (cert.isEmpty()) {
            return TlsConfig.DEFAULT;
        }
        char[] password = certPassword.toCharArray();
        return TlsConfig.DEFAULT.withIdentity(TlsFiles.isPkcs12(cert.get()) ? TlsFiles.identity(cert.get(), password)
                : TlsFiles.identity(cert.get(), certKey.orElse(cert.get()), password));
    }

    Map<String, String> users() throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        if (!Files.isReadable(users)) {
            throw new IOException("the file of users " + users + " cannot be read");
        }
        for (String line : Files.readAllLines(users)) {
            int colon = line.indexOf(':');
            if (!line.isBlank() && !line.startsWith("#")) {
                if (colon < 1) {
                    throw new IOException("a line of " + users + " is not user:key");
                }
                all.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
            }
        }
        return all;
    }
}
