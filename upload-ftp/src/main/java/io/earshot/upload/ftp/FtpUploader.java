package io.earshot.upload.ftp;

import io.earshot.api.audio.spi.RecordingUploader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPReply;
import org.apache.commons.net.ftp.FTPSClient;
import org.apache.commons.net.io.CopyStreamException;

/**
 * Stores a file in passive mode (RFC 959), under a name that ends in {@code .part} until it is complete; folders that are missing are made.
 * {@code ftps} is FTP with TLS for commands and data (RFC 4217), on port 990 from the first byte on.
 */
public final class FtpUploader implements RecordingUploader {
    private static final int IMPLICIT_TLS_PORT = 990;
    private static final int SESSION_NOT_REUSED = 522;

    /** For {@link java.util.ServiceLoader}. */
    public FtpUploader() {
    }

    @Override
    public Set<String> schemes() {
        return Set.of("ftp", "ftps");
    }

    @Override
    public void upload(Path file, URI target, Duration timeout) throws IOException {
        if (target.getHost() == null || target.getPath() == null || target.getPath().length() < 2) {
            throw new IOException("the address names no host and file; write ftp://user:password@host/folder/FILENAME");
        }
        FTPClient client = client(target);
        try {
            client.setConnectTimeout((int) timeout.toMillis());
            client.setDefaultTimeout((int) timeout.toMillis());
            client.setDataTimeout(timeout);
            client.setControlEncoding(StandardCharsets.UTF_8.name());
            client.connect(target.getHost(), target.getPort() < 0 ? client.getDefaultPort() : target.getPort());
            demand(FTPReply.isPositiveCompletion(client.getReplyCode()), "the server is not ready", client);
            client.setSoTimeout((int) timeout.toMillis());
            login(client, target);
            store(client, file, target.getPath());
            client.logout();
        } finally {
            if (client.isConnected()) {
                client.disconnect();
            }
        }
    }

    private static FTPClient client(URI target) throws IOException {
        if (!"ftps".equalsIgnoreCase(target.getScheme())) {
            return new FTPClient();
        }
        FTPSClient client = new ReusingFtpsClient(target.getPort() == IMPLICIT_TLS_PORT, trust());
        client.setEndpointCheckingEnabled(true);
        return client;
    }

    private static SSLContext trust() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            return context;
        } catch (GeneralSecurityException none) {
            throw new IOException("certificates cannot be verified here: " + none.getMessage(), none);
        }
    }

    private static void login(FTPClient client, URI target) throws IOException {
        String raw = target.getRawUserInfo() == null ? "anonymous:anonymous" : target.getRawUserInfo();
        int colon = raw.indexOf(':');
        String user = decoded(colon < 0 ? raw : raw.substring(0, colon));
        String password = colon < 0 ? "" : decoded(raw.substring(colon + 1));
        demand(client.login(user, password), "the server rejected user " + user + " or its password", client);
        if (client instanceof FTPSClient secure) {
            secure.execPBSZ(0);
            secure.execPROT("P");
        }
        client.enterLocalPassiveMode();
        demand(client.setFileType(FTP.BINARY_FILE_TYPE), "the server takes no binary files", client);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static void store(FTPClient client, Path file, String path) throws IOException {
        String[] parts = path.substring(1).split("/");
        for (int i = 0; i < parts.length - 1; i++) {
            if (!client.changeWorkingDirectory(parts[i])) {
                client.makeDirectory(parts[i]);
                demand(client.changeWorkingDirectory(parts[i]), "there is no folder " + parts[i] + ", and none can be made", client);
            }
        }
        String name = parts[parts.length - 1];
        try (InputStream in = Files.newInputStream(file)) {
            demand(client.storeFile(name + ".part", in), "the server did not take the file", client);
        } catch (CopyStreamException broken) {
            throw broken(client, broken);
        }
        if (!client.rename(name + ".part", name)) {
            client.deleteFile(name);
            demand(client.rename(name + ".part", name), "the file cannot be given its name", client);
        }
    }

    /** The reply tells why a server ended the transfer. */
    private static IOException broken(FTPClient client, CopyStreamException broken) {
        String why = String.valueOf(broken.getCause() == null ? broken.getMessage() : broken.getCause().getMessage());
        try {
            client.completePendingCommand();
            why = client.getReplyString().strip();
        } catch (IOException alsoBroken) {
            broken.addSuppressed(alsoBroken);
        }
        String hint = client.getReplyCode() != SESSION_NOT_REUSED ? ""
                : "; Java resumes no TLS session whose ticket is good for more than a week, as those of vsftpd: start it with"
                + " -Djdk.tls.client.enableSessionTicketExtension=false";
        return new IOException("the server ended the transfer (" + why + ")" + hint, broken);
    }

    private static void demand(boolean done, String otherwise, FTPClient client) throws IOException {
        if (!done) {
            throw new IOException(otherwise + " (" + String.valueOf(client.getReplyString()).strip() + ")");
        }
    }
}
