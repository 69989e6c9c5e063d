package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicParameter.number;
import static io.earshot.sdk.classic.ClassicParameter.text;
import static io.earshot.sdk.classic.ClassicParameter.yesNo;

import java.util.List;
import java.util.stream.Stream;

/** Messages, presence, control, logs, storage and the program itself. */
final class ServiceRows {
    private static final List<ClassicParameter> CHAT = ParameterGroup.CHAT.live(
            number("separatechatdiag", 0, 1, 1, "messages to the peer of a call: 0 go within the call's dialog, 1 are requests "
                    + "of their own"),
            text("pjsua.send_im.mime_type", "text/plain", "what chat messages are: text/plain, text/html or another kind of text"),
            number("textmessaging", -1, 6, -1, "chat: -1 on, 0 off, 1 no receiving, 2 no sending, 5 and 6 on", "haschat", "chatsms"),
            number("offlinechat", 0, 2, 1, "messages to peers that are away: 0 fail, 1 wait, 2 are written down before they are sent"));

    private static final List<ClassicParameter> PRESENCE = ParameterGroup.PRESENCE.live(
            number("enablepresence", 0, 1, 1, "presence: 0 off, 1 on"),
            number("presenceexpire", 10, 86_400, 3600, "life of presence, line and voice mail subscriptions in seconds",
                    "presenceexpiresec"),
            number("autoacceptpresencrequests", -1, 2, -1, "strangers who want to see our presence: 0 refuse, 1 ask, 2 accept; -1 is 1",
                    "autoacceptpresencerequests"),
            number("enableblf", 0, 3, 1, "busy lamps: 0 off, 1 on and then 2 when one works or 0 when none does, 2 on, 3 on for good"),
            text("blfuserlist", "", "users whose calls are watched, separated by commas"),
            number("voicemail", 0, 4, 2,
                    "voice mail: 0 off, 1 what the server tells, 2 also subscribe if the server says that it can,"
                    + " 3 subscribe when registered, 4 subscribe at start"),
            text("email", "", "our mail address, told with our presence").live(),
            text("upresence_USERNAME", "", "what this user sees of our presence, as Online, Away, Busy, DND, Invisible or Offline, instead "
                    + "of what all see").live(),
            text("voicemailnum", "", "the voice mail box to subscribe to when it is not our own address"));

    private static final List<ClassicParameter> CONTROL = ParameterGroup.CONTROL.live(
            number("events", 0, 3, 2, "notifications: 0 none, 1 status and cdr, 2 also events, 3 also logs", "javascriptevents",
                    "jsscriptevent", "jssevent"));

    private static final List<ClassicParameter> LOG = ParameterGroup.LOG.live(
            number("loglevel", 0, 6, 1, "trace level; 5 prints SIP messages' headlines"));

    private static final List<ClassicParameter> STORAGE = ParameterGroup.STORAGE.rows(
            number("autocfgsave", -2, 3, 3, "what is kept in datafolder: 3 is written and read, 2 only read, 1 only written, 0 nothing; "
                    + "-1 and -2 write no log either, -2 no recordings and no files of API_SaveFile"),
            yesNo("resetsettings", false, "forget at start what was kept").atStart(),
            text("datafolder", "", "folder for what has to survive, as messages to peers that are away; empty keeps nothing (Earshot)"));

    private static final List<ClassicParameter> LIFECYCLE = ParameterGroup.LIFECYCLE.rows(
            yesNo("iscommandline", true, "the program has no window at start; false opens it (earshot softphone)").atStart(),
            number("fastexit", 0, 2, 1, "0 ends carefully, 1 waits as waitforunregister says, 2 does not remove the registration"));

    static final List<ClassicParameter> ROWS = Stream.of(CHAT, PRESENCE, CONTROL, LOG, STORAGE, LIFECYCLE).flatMap(List::stream).toList();

    private ServiceRows() {
    }
}
