package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.text;

import io.earshot.api.Call;
import io.earshot.api.Phone;
import io.earshot.api.audio.RecordingConfig;
import io.earshot.api.audio.RecordingConfig.Format;
import io.earshot.api.audio.RecordingConfig.Sync;
import io.earshot.api.audio.RecordingPolicy;
import io.earshot.api.audio.RecordingPolicy.Naming;
import io.earshot.api.audio.RecordingPolicy.Retry;
import io.earshot.sdk.internal.record.RecordingNames;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** How calls are recorded and where recordings go, by the classic parameters. */
final class ClassicRecordings {
    static final List<ClassicParameter> ROWS = ParameterGroup.RECORDING.rows(
            number("voicerecformat", 0, 3, 0, "files: 0 WAV with a side on each channel, 1 GSM in two files, 2 Ogg with Opus, 3 MP3")
                    .live(),
            number("voicerecordingbuff", -1, 525_600, -1, "longest recording in minutes; -1 for no limit").live(),
            number("syncvoicerec", -1, 2, 2, "sides: 0 (or -1) begin at once, 1 with faint noise for what is missing, 2 begin together")
                    .live(),
            text("voicerecftp_addr", "",
                    "where recordings go with voicerecording 2 and 3: ftp or http://USER:PASS@HOST:PORT/PATH/FILENAME"),
            number("uploadretry", 0, 2, 1, "an upload that failed is tried again: 0 never, 1 once, 2 until it succeeds", "ftpretry"));
    private static final List<Format> FORMATS = List.of(Format.WAV, Format.GSM, Format.OPUS, Format.MP3);

    private ClassicRecordings() {
    }

    static RecordingConfig config(ClassicParameters from) {
        long minutes = from.number("voicerecordingbuff");
        Sync sync = from.number("syncvoicerec") == 1 ? Sync.NOISE : from.number("syncvoicerec") == 2 ? Sync.BOTH_SIDES : Sync.AT_ONCE;
        return RecordingConfig.DEFAULT.withFormat(format(from)).withSync(sync)
                .withLongest(minutes < 1 ? Duration.ZERO : Duration.ofMinutes(minutes));
    }

    static Format format(ClassicParameters from) {
        return FORMATS.get((int) from.number("voicerecformat"));
    }

    /** Returns the name of a recording, as {@code voicerecfilename} wants it; the hours go to 23 (coverage C-50). */
    static String name(ClassicParameters from, ClassicLine line) {
        Call call = line.call();
        RecordingNames.Facts facts = new RecordingNames.Facts(InstantSource.system().instant().atZone(ZoneId.systemDefault()), line.peer(),
                call.account().address(), call.callId());
        String prefix = from.text("voicerecfilenameprefix").replaceAll("[^A-Za-z0-9._+-]", "_");
        // Two calls may begin within a second.
        return RecordingNames.stem(Naming.values()[(int) from.number("voicerecfilename")], prefix, facts, "_") + "_" + call.id() + "."
                + format(from).extension();
    }

    /** Returns where recordings are uploaded to, if they are. */
    static Optional<URI> target(ClassicParameters from) {
        long mode = from.number("voicerecording");
        Optional<String> address = from.given("voicerecftp_addr").or(() -> from.given("http_addr"));
        return mode == 2 || mode == 3 ? address.map(ClassicRecordings::named).map(URI::create) : Optional.empty();
    }

    private static String named(String address) {
        return address.contains("FILENAME") ? address : address + (address.endsWith("/") ? "" : "/") + "FILENAME";
    }

    /** Sets how often uploads are tried. */
    static void apply(ClassicParameters from, Path folder, Phone to) {
        target(from).ifPresent(where -> to.recordings().policy(RecordingPolicy.into(folder)
                .withUpload(where, Retry.values()[(int) from.number("uploadretry")], from.number("voicerecording") == 3)));
    }
}
