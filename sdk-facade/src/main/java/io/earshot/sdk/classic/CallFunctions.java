package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicArgument.line;
import static io.earshot.sdk.classic.ClassicArgument.number;
import static io.earshot.sdk.classic.ClassicArgument.text;
import static io.earshot.sdk.classic.ClassicArgument.yesNo;
import static io.earshot.sdk.classic.ClassicFunction.of;
import static io.earshot.sdk.classic.ClassicFunction.Result.DONE;
import static io.earshot.sdk.classic.ClassicFunction.Result.NUMBER;

import io.earshot.sdk.window.PhoneWindows.Kind;
import java.util.List;

/** The functions that make and steer calls. */
final class CallFunctions {
    static final List<ClassicFunction> ROWS = List.of(
            of(DONE, "API_Call", "Calls somebody; with an empty peer whom we called last. 123,456 sends the keys 456 when answered.",
                    (phone, in) -> phone.calls().call(in.line(), in.text("peer")), line(), text("peer")).starting(),
            of(DONE, "API_CallEx", "Calls somebody: 0 voice; there is no video (1) and screen sharing (2) in this version.",
                    (phone, in) -> phone.calls().call(in.line(), in.text("peer"), in.number("calltype")), line(), text("peer"),
                    number("calltype", 0)).starting(),
            of(DONE, "API_Hangup", "Ends a call, with -2 all.", (phone, in) -> phone.calls().hangup(in.line(), in.text("reasontext")),
                    line(), text("reasontext")),
            of(DONE, "API_Accept", "Answers a call that rings here.", (phone, in) -> phone.calls().accept(in.line()), line()),
            of(DONE, "API_Reject", "Refuses a call that rings here.", (phone, in) -> phone.calls().reject(in.line()), line()),
            of(DONE, "API_Forward", "Sends a call that rings here elsewhere (302).",
                    (phone, in) -> phone.calls().forward(in.line(), in.text("peer")), line(), text("peer")),
            of(DONE, "API_Transfer", "Transfers a connected call; an empty peer connects the peers of the two calls.",
                    (phone, in) -> phone.calls().transfer(in.line(), in.text("peer")), line(), text("peer")),
            of(DONE, "API_TransferDialog", "Asks the user whom to transfer to; needs a display and the module softphone.",
                    (phone, in) -> phone.windows().show(Kind.TRANSFER, "")),
            of(DONE, "API_AddVideo", "Adds video to a call; there is none in this version.", (phone, in) -> phone.calls().noVideo(),
                    line(), number("calltype", 1)),
            of(DONE, "API_StopVideo", "Ends the video of a call; there is none in this version.",
                    (phone, in) -> phone.calls().noVideo(), line()),
            of(DONE, "API_MuteEx", "Mutes a call or un-mutes it: 0 both ways, 1 speaker, 2 microphone, 4 as defmute says.",
                    (phone, in) -> phone.calls().mute(in.line(), in.yes("mute"), in.number("direction")), line(), yesNo("mute", true),
                    number("direction", 4)),
            of(DONE, "API_Mute", "Mutes a call or un-mutes it, as defmute says.",
                    (phone, in) -> phone.calls().mute(in.line(), in.yes("mute"), 4), line(), yesNo("mute", true)),
            of(NUMBER, "API_IsMuted", "Returns 0 no, 1 both, 2 speaker, 3 microphone, -1 not known.",
                    (phone, in) -> phone.calls().isMuted(in.line()), line()),
            of(NUMBER, "API_IsOnHold", "Returns 0 no, 2 held by us, 3 by the peer, 4 by both, -1 not known; -2 asks for any call.",
                    (phone, in) -> phone.calls().isOnHold(in.line()), line()),
            of(DONE, "API_Hold", "Puts a call on hold or takes it off.", (phone, in) -> phone.calls().hold(in.line(), in.yes("hold")),
                    line(), yesNo("hold", true)),
            of(DONE, "API_HoldChange", "Puts a call on hold, or takes it off when it is.",
                    (phone, in) -> phone.calls().holdChange(in.line()), line()),
            of(DONE, "API_Conf", "Mixes the calls there are, or calls somebody and adds him.",
                    (phone, in) -> phone.calls().conference(in.text("peer")), text("peer")),
            of(DONE, "API_ConfEx", "Adds lines to the conference, or removes them; -2 all.",
                    (phone, in) -> phone.calls().conference(in.line(), in.text("peer"), in.yes("add")), line(), text("peer"),
                    yesNo("add", true)),
            of(DONE, "API_SetSIPHeader", "Sets SIP headers, a line each, of everything that is sent.",
                    (phone, in) -> phone.calls().setSipHeader(in.line(), in.text("hdr")), line(), text("hdr")));

    private CallFunctions() {
    }
}
