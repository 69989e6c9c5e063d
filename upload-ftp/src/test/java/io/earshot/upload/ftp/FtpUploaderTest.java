package io.earshot.upload.ftp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against Apache's FTP server in this process. */
@Tag("rfc959")
class FtpUploaderTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @TempDir
    private Path folder;
    private FtpServer server;
    private int port;

    @BeforeEach
    void start() throws FtpException, IOException {
        FtpServerFactory factory = new FtpServerFactory();
        ListenerFactory listener = new ListenerFactory();
        listener.setServerAddress("127.0.0.1");
        listener.setPort(0);
        Listener made = listener.createListener();
        factory.addListener("default", made);
        BaseUser user = new BaseUser();
        user.setName("us@er");
        user.setPassword("se:cret");
        user.setHomeDirectory(Files.createDirectory(folder.resolve("home")).toString());
        user.setAuthorities(List.of(new WritePermission()));
        factory.getUserManager().save(user);
        server = factory.createServer();
        server.start();
        port = made.getPort();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private URI target(String user, String path) {
        return URI.create("ftp://" + user + "@127.0.0.1:" + port + path);
    }

    private Path file() throws IOException {
        byte[] content = new byte[200_000];
        new Random(5).nextBytes(content);
        return Files.write(folder.resolve("call.wav"), content);
    }

    @Test
    void storesEveryByteAndMakesFolders() throws IOException {
        Path file = file();
        new FtpUploader().upload(file, target("us%40er:se%3Acret", "/calls/today/a%20b.wav"), TIMEOUT);
        Path stored = folder.resolve("home/calls/today/a b.wav");
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(stored));
        Files.write(file, new byte[10]);
        new FtpUploader().upload(file, target("us%40er:se%3Acret", "/calls/today/a%20b.wav"), TIMEOUT);
        assertEquals(10, Files.size(stored), "a second trial takes the place of the first");
        assertFalse(Files.exists(folder.resolve("home/calls/today/a b.wav.part")));
    }

    @Test
    void whatIsWrongIsSaidWithoutThePassword() throws IOException {
        Path file = file();
        IOException wrong = assertThrows(IOException.class, () -> new FtpUploader().upload(file, target("us%40er:bad", "/a"), TIMEOUT));
        assertTrue(wrong.getMessage().startsWith("the server rejected user us@er or its password (530"), wrong.getMessage());
        IOException nowhere = assertThrows(IOException.class, () -> new FtpUploader().upload(file, URI.create("ftp:x"), TIMEOUT));
        assertEquals("the address names no host and file; write ftp://user:password@host/folder/FILENAME", nowhere.getMessage());
        server.stop();
        assertThrows(IOException.class, () -> new FtpUploader().upload(file, target("us%40er:se%3Acret", "/a"), TIMEOUT));
    }
}
