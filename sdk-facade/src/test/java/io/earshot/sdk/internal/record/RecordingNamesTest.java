package io.earshot.sdk.internal.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.audio.RecordingConfig;
import io.earshot.api.audio.RecordingConfig.Format;
import io.earshot.api.audio.RecordingPolicy;
import io.earshot.api.audio.RecordingPolicy.Naming;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms of names. */
class RecordingNamesTest {
    @TempDir
    private Path folder;

    private static RecordingNames.Facts facts(String peer) {
        return new RecordingNames.Facts(ZonedDateTime.of(2026, 11, 21, 17, 4, 9, 0, ZoneOffset.UTC), peer, "sip:alice@example.com",
                "f00/b:a@10.0.0.1");
    }

    private String name(RecordingPolicy policy, String peer) {
        return RecordingNames.next(policy, facts(peer)).getFileName().toString();
    }

    @ParameterizedTest
    @CsvSource({"TIME_AND_PEER,20261121170409-bob.wav", "TIME_AND_CALL_ID,20261121170409-f00_b_a@10.0.0.1.wav",
        "CALL_ID,f00_b_a@10.0.0.1.wav", "TIME_AND_USER,20261121170409-alice.wav", "TIME_USER_AND_PEER,20261121170409-alice-bob.wav"})
    void namesSayWhatWasAskedFor(Naming naming, String expected) {
        assertEquals("x-" + expected, name(RecordingPolicy.into(folder).withNaming(naming, "x-"), "sip:bob@example.com:5080"));
    }

    @Test
    void noNameLeavesTheFolderOrIsTakenTwice() throws Exception {
        RecordingPolicy policy = RecordingPolicy.into(folder);
        assertEquals("20261121170409-__.._etc_passwd.wav", name(policy, "sip:../../etc/passwd@x"));
        assertEquals(folder, RecordingNames.next(policy, facts("sip:../..@x")).getParent());
        Path first = Files.createFile(RecordingNames.next(policy, facts("sip:bob@x")));
        assertEquals("20261121170409-bob-2.wav", name(policy, "sip:bob@x"));
        Files.createFile(folder.resolve("20261121170409-bob-in.gsm"));
        assertEquals("20261121170409-bob-2.gsm",
                name(policy.withConfig(RecordingConfig.DEFAULT.withFormat(Format.GSM)), "sip:bob@x"));
        Files.delete(first);
    }

    @Test
    void aCallIdThatIsLongerThanANameMayBeIsCut() {
        RecordingNames.Facts facts = new RecordingNames.Facts(facts("x").time(), "sip:bob@x", "sip:alice@x", "f".repeat(5000));
        assertEquals("p-20261121170409_" + "f".repeat(60), RecordingNames.stem(Naming.TIME_AND_CALL_ID, "p-", facts, "_"));
    }

    @Test
    void theTargetGetsTheNameAndHidesThePassword() {
        URI target = Upload.named(URI.create("ftp://us:secret@host/calls/FILENAME"), Path.of("/tmp/a b+c.wav"));
        assertEquals("ftp://us:secret@host/calls/a%20b%2Bc.wav", target.toString());
        assertEquals("ftp://us@host/calls/a%20b%2Bc.wav",
                new Upload("1", Path.of("x"), target, RecordingPolicy.Retry.NEVER, 0, true).shown());
    }
}
