package io.earshot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayFilesTest {
    @TempDir
    private Path folder;

    @Test
    void usersAreReadAnewWhenTheirFileIsAnotherOne() throws IOException {
        Path users = Files.writeString(folder.resolve("users"), "# who\n\nalice: a key of 16 or more letters\n");
        GatewayFiles files = new GatewayFiles(users, Optional.empty(), Optional.empty(), "");
        assertTrue(files.changed());
        assertFalse(files.changed());
        assertEquals(Map.of("alice", "a key of 16 or more letters"), files.users());
        Files.writeString(users, "bob:another key of 16 letters\n");
        Files.setLastModifiedTime(users, FileTime.fromMillis(1_000));
        assertTrue(files.changed());
        assertEquals(Map.of("bob", "another key of 16 letters"), files.users());
        Files.delete(users);
        assertFalse(files.changed(), "it is being written");
        assertEquals("the file of users " + users + " cannot be read", assertThrows(IOException.class, files::users).getMessage());
    }
}
