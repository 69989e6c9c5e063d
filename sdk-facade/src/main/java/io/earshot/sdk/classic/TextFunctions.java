package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicArgument.line;
import static io.earshot.sdk.classic.ClassicArgument.text;
import static io.earshot.sdk.classic.ClassicFunction.of;
import static io.earshot.sdk.classic.ClassicFunction.Result.DONE;
import static io.earshot.sdk.classic.ClassicFunction.Result.TEXT;

import io.earshot.sdk.window.PhoneWindows.Kind;
import java.util.List;

/** The functions that send texts and keys. */
final class TextFunctions {
    static final List<ClassicFunction> ROWS = List.of(
            of(DONE, "API_Dtmf", "Sends keys: 0-9 * # A-D, a space is a pause.",
                    (phone, in) -> phone.texts().dtmf(in.line(), in.text("dtmf")), line(), text("dtmf")).also("API_SendDtmf"),
            of(DONE, "API_Info", "Sends an INFO with this text.", (phone, in) -> phone.texts().info(in.line(), in.text("msg")), line(),
                    text("msg")),
            of(DONE, "API_SendChat", "Sends a chat message; CHATREPORT tells what becomes of it.",
                    (phone, in) -> phone.texts().sendChat(in.text("peer"), in.text("group"), in.text("message")), line(), text("peer"),
                    text("group"), text("message")).starting(),
            of(DONE, "API_SendSMS", "Sends a text that the server makes a short message of.",
                    (phone, in) -> phone.texts().sendSms(in.text("peer"), in.text("message")), line(), text("peer"), text("message"))
                    .starting(),
            of(DONE, "API_Chat", "Opens a window for chat; needs a display and the module softphone.",
                    (phone, in) -> phone.windows().show(Kind.CHAT, in.text("peer")), text("peer")),
            of(TEXT, "API_SendChatIsComposing", "Tells a peer that our user writes.", (phone, in) ->
                    phone.texts().sendChatIsComposing(in.text("number")) ? "OK: initiated" : "ERROR: failed", text("line"), text("number"))
                    .also("SendChatIsComposing").starting());

    private TextFunctions() {
    }
}
