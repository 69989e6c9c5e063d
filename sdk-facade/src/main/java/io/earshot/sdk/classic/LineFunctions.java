package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicArgument.line;
import static io.earshot.sdk.classic.ClassicArgument.number;
import static io.earshot.sdk.classic.ClassicArgument.text;
import static io.earshot.sdk.classic.ClassicFunction.of;
import static io.earshot.sdk.classic.ClassicFunction.Result.DONE;
import static io.earshot.sdk.classic.ClassicFunction.Result.NUMBER;
import static io.earshot.sdk.classic.ClassicFunction.Result.TEXT;

import java.util.List;

/** The functions that tell of lines, calls and SIP messages. */
final class LineFunctions {
    static final List<ClassicFunction> ROWS = List.of(
            of(DONE, "API_SetLine", "Selects the line that -1 means from now on.",
                    (phone, in) -> phone.parts().lines().select(in.line()), number("line", 1)),
            of(NUMBER, "API_GetLine", "Returns the current line.", (phone, in) -> phone.parts().lines().selected()),
            of(NUMBER, "API_GetLineStatus", "Returns the state of a line as a number, see docs/functions.md.",
                    (phone, in) -> ClassicState.number(ClassicState.line(phone, in.line())), line()),
            of(TEXT, "API_GetLineStatusText", "Returns the state of a line.", (phone, in) -> ClassicState.line(phone, in.line()), line()),
            of(TEXT, "API_GetLineDetails", "Returns LINEDETAILS,line,state,callid,remoteusername,localusername,type,localaddress,"
                    + "serveraddress,mute,hold,remotefullname.", (phone, in) -> ClassicState.details(phone, in.line()), line()),
            of(TEXT, "API_GetStatus", "Returns the state of a line, with -2 of the phone; strict 1 tells unused lines as Unknown.",
                    (phone, in) -> ClassicState.status(phone, in.line(), in.number("strict") == 1), line(), number("strict", 0)),
            of(TEXT, "API_GetGlobalStatus", "Returns the state of the phone.", (phone, in) -> ClassicState.global(phone)),
            of(NUMBER, "API_IsInCall", "Returns 0 no call, 1 one rings, 2 one is connected.",
                    (phone, in) -> phone.parts().lines().inCall()),
            of(NUMBER, "API_GetCurrentConnectedCallCount", "Returns how many calls are connected.",
                    (phone, in) -> ClassicState.connected(phone)),
            of(TEXT, "API_LineToCallID", "Returns the Call-ID of a line.", (phone, in) -> ClassicState.callId(phone, in.line()), line()),
            of(NUMBER, "API_CallIDToLine", "Returns the line of a Call-ID.",
                    (phone, in) -> ClassicState.lineOf(phone, in.text("callid")), text("callid")),
            of(TEXT, "API_GetCallerID", "Returns the peer's name.", (phone, in) -> ClassicState.caller(phone, in.line()), line()),
            of(TEXT, "API_GetIncomingDisplay", "Returns the peer's number, and on a second line its name.",
                    (phone, in) -> ClassicState.display(phone, in.line()), line()),
            of(TEXT, "API_GetDiscReasonText", "Returns how the last call ended.", (phone, in) -> ClassicState.lastReason(phone)),
            of(TEXT, "API_GetLastCallDetails", "Returns the last call as its CDR line.", (phone, in) -> ClassicState.lastCall(phone)),
            of(TEXT, "API_GetSIPHeader", "Returns a header that the peer sent, or a text that begins with ERROR:.",
                    (phone, in) -> phone.calls().sipHeader(in.line(), in.text("hdr")), line(), text("hdr")),
            of(DONE, "API_SendSIP", "Sends a SIP request of one's own.", (phone, in) -> phone.texts().sendSip(in.text("msg")), text("msg"))
                    .starting(),
            of(TEXT, "API_GetSIPMessage", "Returns the last message: 0 received, 1 sent; 0 any, 1 request, 2 answer, 3 INVITE, 4 a 200.",
                    (phone, in) -> ClassicState.message(phone, Integer.toString(in.line()), in.number("dir") == 1, in.number("type")),
                    line(), number("dir", 0), number("type", 0)),
            of(TEXT, "API_GetLastRecInvite", "Returns the last INVITE received.", (phone, in) -> ClassicState.message(phone, "", false, 3)),
            of(TEXT, "API_GetLastSentInvite", "Returns the last INVITE sent.", (phone, in) -> ClassicState.message(phone, "", true, 3)),
            of(TEXT, "API_GetLastRecSIPMessage", "Returns the last message received in a call, by line or Call-ID.",
                    (phone, in) -> ClassicState.message(phone, in.text("line"), false, 0), text("line")),
            of(TEXT, "API_RTPStat", "Returns RTPSTAT,quality,sent,rec,issues,loss; it is not told by itself from then on.",
                    (phone, in) -> phone.parts().reports().asked()));

    private LineFunctions() {
    }
}
