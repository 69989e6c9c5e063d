package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;

import io.earshot.api.audio.MediaFeed;
import io.earshot.api.audio.MediaFeed.Form;
import io.earshot.api.audio.MediaFeed.Header;
import io.earshot.api.audio.MediaFeed.Side;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** Copies of calls' sound for other programs of this machine, by UDP: the sendmedia parameters. */
final class ClassicStreams {
    static final List<ClassicParameter> ROWS = ParameterGroup.STREAMING.rows(
            number("sendmediain_to", 0, 65_535, 0, "UDP port of this machine that gets what peers say; 0 for none", "sendmedia_in_to")
                    .live(),
            number("sendmediaout_to", 0, 65_535, 0, "UDP port of this machine that gets what peers hear; 0 for none", "sendmediain_from")
                    .live(),
            number("sendmedia_type", 0, 4, 0, "its packets: 0 PCM, 1 RTP, 2 PCM at 8 kHz, 3 PCM at 16 kHz, 4 payloads").live(),
            number("sendmedia_line", 0, 4, 0,
                    "their header: 0 none, 1 line and comma, 2 line, comma, Call-ID, comma, 3 a byte, 4 two bytes")
                    .live(),
            number("sendmedia_marks", 0, 1, 0, "1 sends BOF and EOF around each stream").live(),
            number("sendmedia_mode", 0, 3, 0, "2 and 3 keep packets for API_GetMedia from the start of each call on").live(),
            number("playbacksteamformat", 0, 1, 0, "API_StreamSoundBuff gets: 0 16 kHz in wideband calls, else 8 kHz, 1 always 16 kHz")
                    .live(),
            number("streamsoundisrtp", -1, 1, -1, "API_StreamSoundBuff gets: 0 PCM, 1 RTP packets, -1 what it looks like").live(),
            number("sendmediain_conf", 0, 1, 0, "streams of their own for calls in a conference")
                    .without("every call has a stream of its own, in a conference or not: sendmedia_line tells them apart"),
            number("realtimeplayback", 0, 1, 0, "API_StreamSoundBuff gets sound as it arises: 1 drops what waits too long, so that it is "
                    + "never more than 0.2 s late; 0 plays all").live());
    private static final List<Form> FORMS = List.of(Form.PCM, Form.RTP, Form.PCM_8000, Form.PCM_16000, Form.PAYLOAD);
    private static final List<Header> HEADERS = List.of(Header.NONE, Header.LINE_TEXT, Header.LINE_AND_CALL_ID_TEXT, Header.LINE_BYTE,
            Header.LINE_AND_VOICE_BYTES);
    private static final int HIGHEST_LINE = 127;

    private ClassicStreams() {
    }

    /** Begins the copies of a call that the parameters ask for; they end with it. */
    static void begin(ClassicParameters from, ClassicLine line) {
        feed(from, line, Side.INCOMING, (int) from.number("sendmediain_to"));
        feed(from, line, Side.OUTGOING, (int) from.number("sendmediaout_to"));
    }

    private static void feed(ClassicParameters from, ClassicLine line, Side side, int port) {
        if (port > 0) {
            line.call().audio().feed(feed(from, line.number(), line.call().callId()), side,
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }
    }

    static MediaFeed feed(ClassicParameters from, int line, String callId) {
        return MediaFeed.PCM.withForm(FORMS.get((int) from.number("sendmedia_type")))
                .withHeader(HEADERS.get((int) from.number("sendmedia_line")), Math.max(0, Math.min(HIGHEST_LINE, line)), callId)
                .withMarks(from.isOn("sendmedia_marks"));
    }

    /** Tells whether packets are kept for API_GetMedia without its being asked. */
    static boolean keeps(ClassicParameters from) {
        return from.number("sendmedia_mode") >= 2;
    }
}
