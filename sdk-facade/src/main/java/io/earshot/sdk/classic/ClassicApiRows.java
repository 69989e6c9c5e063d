package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.text;
import static io.earshot.sdk.classic.ClassicParameter.yesNo;
import static io.earshot.sdk.classic.ParameterGroup.ACCOUNT;
import static io.earshot.sdk.classic.ParameterGroup.APPEARANCE;
import static io.earshot.sdk.classic.ParameterGroup.CALL;
import static io.earshot.sdk.classic.ParameterGroup.CONTROL;
import static io.earshot.sdk.classic.ParameterGroup.HOLD;
import static io.earshot.sdk.classic.ParameterGroup.LIFECYCLE;
import static io.earshot.sdk.classic.ParameterGroup.PRESENCE;
import static io.earshot.sdk.classic.ParameterGroup.QUALITY;
import static io.earshot.sdk.classic.ParameterGroup.RECORDING;
import static io.earshot.sdk.classic.ParameterGroup.REGISTRATION;
import static io.earshot.sdk.classic.ParameterGroup.STORAGE;

import java.util.List;

/** The classic parameters of the functions and notifications. */
final class ClassicApiRows {
    static final List<ClassicParameter> ROWS = List.of(
            number("startsipstack", 0, 86_400, 1, "the stack starts: 0 with the first registration or call, 1 and 2 at once").in(LIFECYCLE),
            yesNo("autostart", true, "API_Start starts the stack as startsipstack says; false leaves it to the first registration or call")
                    .in(LIFECYCLE),
            number("maxlines", 1, 4, 4, "how many lines a user can select; calls may use more").live().in(CALL),
            number("polling", -1, 3, -1, "notifications wait to be fetched: 0 no, 1 and 2 also, 3 only, -1 is 3 once they are fetched",
                    "jsscriptpoll", "jscriptpoll").live().in(CONTROL),
            number("jsscripstats", 0, 86_400, 0, "seconds between STATUS lines with counters for each call; 0 for none", "jscripstats")
                    .live().in(CONTROL),
            number("rtpstat", -1, 86_400, 0, "seconds between RTPSTAT lines; 0 for none, -1 is 6").live().in(QUALITY),
            number("vad", 0, 4, 2, "who is listened to for VAD: 0 and 4 both, 1 nobody, 2 the peer, 3 we").live().in(QUALITY),
            number("vadstat", 0, 4, 1, "VAD lines: 0 to 2 none, 3 now and then, 4 also when somebody begins or ends to speak").live()
                    .in(QUALITY),
            number("vadstat_ival", 1000, 3_600_000, 3000, "time between VAD lines in ms; whole seconds").live().in(QUALITY),
            number("forcevad", 0, 3, 0, "listen to calls for VAD also: 1 in a conference, 2 while muted or held, 3 always").live()
                    .in(QUALITY),
            number("enablenomicvoicewarning", 0, 1, 1, "a WARNING when the microphone gives no sound at all for ten seconds").live()
                    .in(QUALITY),
            yesNo("vadbyline", false, "a VAD line for each call").live().in(QUALITY),
            number("defmute", 0, 5, 2, "what is muted when nothing is said: 0, 3 and 4 both, 1 speaker, 2 microphone, 5 nothing")
                    .live().in(HOLD),
            text("extraregisteraccounts", "", "secondary accounts: server,user,password,interval,proxy,realm,authuser;…").in(ACCOUNT),
            number("clearcredentialsonunreg", -1, 1, -1, "1 forgets server, user name and password with API_Unregister")
                    .live().in(REGISTRATION),
            number("voicerecording", 0, 3, 0, "record every call: 0 no, 1 to a file in the data folder, 2 and 3 upload it too").live()
                    .in(RECORDING),
            number("voicerecfilename", 0, 4, 0, "names of recordings: 0 time and peer, 1 time and Call-ID, 2 Call-ID, 3 time and user, "
                    + "4 time, user name and peer").live().in(RECORDING),
            text("voicerecfilenameprefix", "", "what names of recordings begin with").live().in(RECORDING),
            text("ftp_addr", "", "where remote files are: ftp://USER:PASS@HOST:PORT/PATH/FILENAME").live().in(STORAGE),
            text("http_addr", "", "where remote files are: the address of a folder on a web server").live().in(STORAGE),
            text("profilestatustext", "", "a remark on oneself").live().in(PRESENCE),
            text("language", "", "language of status texts: en, ru, hu, ro, de, it, es, tr, pr, jp, fr, or 0 to 10").live().in(APPEARANCE),
            text("locale", "", "language of status texts as a locale, en-US; used without language").live().in(APPEARANCE),
            number("translatemode", 0, 2, 1, "0 translates status texts; programs that read them need 1 or 2").live().in(APPEARANCE));

    private ClassicApiRows() {
    }
}
