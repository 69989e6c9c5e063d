package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.text;
import static io.earshot.sdk.classic.ClassicParameter.yesNo;

import java.util.List;
import java.util.stream.Stream;

/** Calls, transfer, keys, sound and recording. */
final class TalkRows {
    private static final List<ClassicParameter> CALL = ParameterGroup.CALL.rows(
            text("callto", "", "whom to call").live(),
            yesNo("autocall", false, "call callto at once", "call"),
            yesNo("autoaccept", false, "answer every incoming call").live(),
            number("ringtimeout", 1000, 86_400_000, 90_000, "longest ringing in ms").live(),
            number("calltimeout", 1000, 864_000_000, 10_800_000, "longest call in ms").live(),
            number("timer2", 1, 100, 10, "ringtimeout and calltimeout: 10 as they are, 20 twice as long").live(),
            number("allowcallredirect", 0, 1, 1, "1 follows 301 and 302 answers"),
            yesNo("prack", false, "acknowledge ringing and early media by PRACK, with peers that can (RFC 3262)"),
            yesNo("session_timers", true, "refresh calls, so that dead ones are noticed (RFC 4028)", "jssip.session_timers"),
            number("sessionexpires", 2, 86_400, 1800, "longest time without a refresh, in seconds; at least minse (Earshot)"),
            number("minse", 1, 86_400, 90, "shortest such time that we accept, in seconds; less than 90 is for tests (Earshot)"));

    private static final List<ClassicParameter> TRANSFER = ParameterGroup.TRANSFER.live(
            number("transfertype", -1, 8, -1, "0 no transfer, 1 blind and hang up, 2 to 5 attended: when the other side, we, or anybody "
                    + "ends the second call, 6 (or -1) on hold until it succeeds, 7 neither hold nor hang up, 8 conference"),
            number("transfwithreplace", -1, 1, -1, "1 (or -1) attended transfers replace the second call, 0 they call its target anew",
                    "transwithreplace"),
            number("allowreplace", 0, 3, 2, "incoming calls may replace others: 0 no, 1 or 2 yes, 3 yes and the old call stays"),
            number("discontransfer", -1, 4, -1, "our call ends: 0 never, 1 when the target answers, 2 when nobody tells whether it "
                    + "did, 3 with either, 4 when the peer agrees"),
            number("disconincomingrefer", -1, 1, -1, "our call ends after a transfer by the peer: 0 no, 1 at once, -1 after a moment"),
            number("transferdelay", 0, 60_000, 400, "pause in ms before a transfer is asked for"),
            number("inversetransfer", 0, 1, 0, "attended transfers are asked of the peer of: 0 the first call, 1 the second, for first "
                    + "peers that know no transfers").live(),
            number("useserverdomainforrefer", 0, 4, 0, "our server's domain goes: 1 into Refer-To, 2 into Referred-By, where it is anyway, "
                    + "3 and 4 into both; 0 leaves Refer-To as the call has it").live(),
            number("checksubscriptionstate", -1, 2, -1, "a transfer that did not come about: 0 leaves our call as it is, 1 ends it, 2 "
                    + "(or -1) takes it off hold").live(),
            number("subscribefortransfer", -1, 2, -1, "SUBSCRIBE in the call for the progress of a transfer, which REFER alone asks for: "
                    + "0 (or -1) never, 1 when the peer has told nothing for 2 s, 2 always").live(),
            number("pjsua.PJSUA_XFER_NO_REQUIRE_REPLACES", 0, 1, 0, "1 asks targets of attended transfers for Replaces without "
                    + "insisting on it").live(),
            number("newdialogforrefer", 0, 1, 0, "1 asks for transfers outside the call's dialog"),
            number("holdontransfer", -1, 3, -1, "hold the first call: 0 no, 1 or 2 before, 3 when the second rings or is answered"));

    private static final List<ClassicParameter> DTMF = ParameterGroup.DTMF.rows(
            number("dtmfmode", 0, 6, 2, "keys: 0 off, 1 INFO, 2 the best way, 3 INFO and telephone events, 4 telephone events, 5 tones, "
                    + "6 INFO and tones; another way where the peer refuses"),
            number("sendearlydtmf", 0, 2, 1, "keys before the answer: 0 no, 1 and 2 where sound flows already"),
            text("infocontenttype", "", "Content-Type of API_Info; empty guesses"));

    private static final List<ClassicParameter> MEDIA = ParameterGroup.MEDIA.rows(
            number("rtpport", 0, 65_000, 0, "first local RTP port, even; 0 for 20000"),
            number("incrtpport", 0, 1000, 0, "how far behind the last call's RTP port the next one is; 0 takes the first free one"),
            number("sun.net.maxDatagramSockets", 0, 100_000, 0, "the most UDP sockets for sound, two a call, from 2 on; 0 for 1000"),
            yesNo("rtcp", true, "send reports on the sound (RFC 3550, RFC 3611)"),
            number("rtpkeepaliveival", 0, 3_600_000, 0, "a packet each so many ms while nothing else is sent, as on hold; 0 for none"),
            number("mediatimeout", 0, 86_400, 300, "seconds without any packet after which a call ends, half of it at its start; 0 never"),
            number("mediatimeout_notify", 0, 86_400, 0, "seconds without any packet after which a call is told of; 0 never"),
            number("jittersize", 0, 6, 3, "jitter buffer: 0 next to none, 1 and 2 small, 3 normal, 4 and 5 big, 6 the biggest"),
            number("maxjitterpackets", 2, 128, 70, "the most packets in the jitter buffer"),
            number("audioqueuemaxsize", 1, 10_000, 70, "the most packets that wait to be played, 2 to 128 of them; with maxjitterpackets "
                    + "the smaller counts"),
            number("allowspeedup", -1, 1, -1, "too long a delay: 0 leaves out packets, 1 and -1 play faster"),
            number("allowfirstdrop", -1, 1, -1, "packets that pile up before the sound begins: 0 are played, 1 and -1 left out"));

    private static final List<ClassicParameter> STREAMING = ParameterGroup.STREAMING.rows(
            text("audiosource", "device", "what the peer hears: device (and calls are heard on it), silence, tone:HERTZ "
                    + "or file:PATH of a WAV file (Earshot)"));

    private static final List<ClassicParameter> RECORDING = ParameterGroup.RECORDING.rows(
            text("recordto", "", "record calls to this WAV file, left heard, right sent; %c is the call's number (Earshot)"));

    static final List<ClassicParameter> ROWS = Stream.of(CALL, TRANSFER, DTMF, MEDIA, STREAMING, RECORDING).flatMap(List::stream)
            .toList();

    private TalkRows() {
    }
}
