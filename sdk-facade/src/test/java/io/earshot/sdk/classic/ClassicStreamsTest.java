package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Call;
import io.earshot.api.audio.MediaFeed;
import io.earshot.api.audio.RecordingConfig;
import io.earshot.api.audio.RecordingConfig.Format;
import io.earshot.api.audio.RecordingConfig.Sync;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies of calls' sound for other programs, and the parameters of recordings. */
@Timeout(60)
class ClassicStreamsTest {
    private static ClassicParameters parse(String... arguments) {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(List.of(arguments));
        assertEquals(List.of(), parsed.problems());
        return parsed.parameters();
    }

    @Test
    void whatThePeerSaysGoesToAPortOfThisMachineBetweenMarks() throws Exception {
        try (DatagramSocket ear = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ear.setSoTimeout(10_000);
            try (WebphoneRig rig = new WebphoneRig("sendmediain_to=" + ear.getLocalPort(), "sendmedia_type=2", "sendmedia_line=1",
                    "sendmedia_marks=1").started()) {
                rig.peer("bob");
                assertTrue(rig.alice.API_Call(-1, "bob"));
                rig.ringing().answer();
                rig.until("Speaking (0 sec)");
                assertEquals("1,BOF", text(receive(ear)));
                byte[] sound = receive(ear);
                assertEquals("1,", new String(sound, 0, 2, StandardCharsets.US_ASCII));
                assertEquals(2 + 320, sound.length, "20 ms of PCM at 8 kHz behind the line");
                assertTrue(rig.alice.API_Hangup(-1));
                byte[] last = sound;
                while (last.length > 20) {
                    last = receive(ear);
                }
                assertEquals("1,EOF", text(last));
            }
        }
    }

    private static byte[] receive(DatagramSocket from) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        from.receive(packet);
        return java.util.Arrays.copyOf(packet.getData(), packet.getLength());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({"0, PCM", "1, RTP", "2, PCM_8000", "3, PCM_16000", "4, PAYLOAD"})
    void packetsHaveTheFormThatIsAskedFor(int type, MediaFeed.Form form) {
        assertEquals(form, ClassicStreams.feed(parse("sendmedia_type=" + type), 1, "id").form());
    }

    @ParameterizedTest
    @CsvSource({"0, NONE", "1, LINE_TEXT", "2, LINE_AND_CALL_ID_TEXT", "3, LINE_BYTE", "4, LINE_AND_VOICE_BYTES"})
    void packetsHaveTheHeaderThatIsAskedFor(int kind, MediaFeed.Header header) {
        assertEquals(MediaFeed.PCM.withHeader(header, 3, "id").withMarks(true),
                ClassicStreams.feed(parse("sendmedia_line=" + kind, "sendmedia_marks=1"), 3, "id"));
    }

    @Test
    void packetsAreKeptFromTheStartOfACallWhereTheModeSaysSo() throws Exception {
        try (WebphoneRig rig = new WebphoneRig("sendmedia_mode=2").started()) {
            rig.peer("bob");
            assertTrue(rig.alice.API_Call(-1, "bob"));
            Call theirs = rig.ringing().answer();
            rig.until("Speaking (0 sec)");
            assertEquals(320, rig.alice.API_GetMedia(5000).length);
            theirs.hangup();
        }
    }

    @ParameterizedTest
    @CsvSource({"'', WAV, 0, BOTH_SIDES", "voicerecformat=1, GSM, 0, BOTH_SIDES", "voicerecformat=2, OPUS, 0, BOTH_SIDES",
        "voicerecformat=3, MP3, 0, BOTH_SIDES", "voicerecordingbuff=5, WAV, 5, BOTH_SIDES", "syncvoicerec=0, WAV, 0, AT_ONCE",
        "syncvoicerec=1, WAV, 0, NOISE", "syncvoicerec=-1, WAV, 0, AT_ONCE"})
    void recordingsAreAsTheParametersSay(String argument, Format format, int minutes, Sync sync) {
        ClassicParameters from = argument.isEmpty() ? parse() : parse(argument);
        assertEquals(RecordingConfig.DEFAULT.withFormat(format).withSync(sync).withLongest(Duration.ofMinutes(minutes)),
                ClassicRecordings.config(from));
    }

    @Test
    void recordingsGoWhereTheAddressSays() {
        String address = "voicerecftp_addr=ftp://u:p@host:21/in/FILENAME";
        assertEquals(Optional.empty(), ClassicRecordings.target(parse("voicerecording=1", address)));
        assertEquals(Optional.of(URI.create("ftp://u:p@host:21/in/FILENAME")), ClassicRecordings.target(parse("voicerecording=2",
                address)));
        assertEquals(Optional.of(URI.create("http://host/in/FILENAME")),
                ClassicRecordings.target(parse("voicerecording=3", "http_addr=http://host/in")));
    }

    @Test
    void anUploadThatNothingHereCanDoIsToldOfAtStart(@TempDir Path folder) throws Exception {
        try (WebphoneRig rig = new WebphoneRig("datafolder=" + folder, "voicerecording=3", "voicerecftp_addr=ftp://host/FILENAME")) {
            rig.alice.API_Start();
            assertTrue(rig.until("ERROR").contains("upload-ftp"), rig.told()::toString);
        }
    }
}
