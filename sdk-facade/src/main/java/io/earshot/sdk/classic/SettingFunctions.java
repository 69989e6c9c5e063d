package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicArgument.number;
import static io.earshot.sdk.classic.ClassicArgument.text;
import static io.earshot.sdk.classic.ClassicFunction.of;
import static io.earshot.sdk.classic.ClassicFunction.Result.DONE;
import static io.earshot.sdk.classic.ClassicFunction.Result.NOTHING;
import static io.earshot.sdk.classic.ClassicFunction.Result.NUMBER;
import static io.earshot.sdk.classic.ClassicFunction.Result.TEXT;
import static io.earshot.sdk.classic.ClassicFunction.Result.YES_NO;

import io.earshot.sdk.window.PhoneWindows.Kind;
import java.util.Arrays;
import java.util.List;

/** The functions of parameters, start and stop, notifications and the program itself. */
final class SettingFunctions {
    static final List<ClassicFunction> ROWS = List.of(
            of(DONE, "API_SetParameter", "Sets a parameter; DEF or NULL takes it back to its default.",
                    (phone, in) -> phone.keep(List.of(in.text("param") + "=" + in.text("value"))),
                    text("param"), text("value")),
            of(DONE, "API_SetParameters", "Sets parameters, a line name=value each.",
                    (phone, in) -> phone.keep(lines(in.text("parameters"))), text("parameters")),
            of(DONE, "API_SetCredentials", "Sets server, user and password; what is empty stays as it is.",
                    (phone, in) -> phone.keep(credentials(in)), server(), text("username"), text("password"), text("authname"),
                    text("displayname")),
            of(DONE, "API_SetCredentialsMD5", "Sets server and user, and MD5(user:realm:password) instead of the password.",
                    (phone, in) -> phone.keep(md5(in)), server(), text("username"), text("md5"), text("realm")),
            of(DONE, "API_ClearCredentials", "Forgets server, user name and password.", (phone, in) -> phone.parts().accounts().clear()),
            of(DONE, "API_DelSettings", "Deletes what was saved: 0 nothing, 1 settings, 2 also recordings.",
                    (phone, in) -> delete(phone, in.number("level")), number("level", 0)),
            of(DONE, "API_Start", "Starts the phone; START,api tells when it can be used.", (phone, in) -> phone.begin()),
            of(DONE, "API_StartStack", "Starts the phone.", (phone, in) -> phone.start()),
            of(DONE, "API_Stop", "Ends calls and registrations and stops.", (phone, in) -> stop(phone)),
            of(DONE, "API_Exit", "Ends calls and registrations and stops for good.", (phone, in) -> phone.exit()),
            of(DONE, "API_ReStart", "Stops and starts the phone.", (phone, in) -> restart(phone)),
            of(DONE, "API_ServerInit", "Deprecated; does what API_StartStack does, so that the network is ready.",
                    (phone, in) -> phone.start(), text("address")),
            of(DONE, "API_StartGUI", "Opens the window of the phone, and starts the phone; needs a display and the module softphone.",
                    (phone, in) -> phone.windows().open()),
            of(DONE, "API_ShowLog", "Opens a window with the log; needs a display and the module softphone.",
                    (phone, in) -> phone.windows().show(Kind.LOG, "")),
            of(NOTHING, "API_AddLog", "Adds a line to the log.", (phone, in) -> {
                phone.send(Notification.log(in.text("msg")));
                return "";
            }, text("msg")),
            of(TEXT, "API_GetNotifications", "Returns the notifications since the last time, with CRLF between them.",
                    (phone, in) -> phone.mailbox().fetch()).also("GetNotifications", "API_Poll"),
            of(TEXT, "API_GetNotificationsSync", "Waits for notifications and returns them.", (phone, in) -> phone.mailbox().await())
                    .also("GetNotificationsSync"),
            of(YES_NO, "API_Test", "Returns true.", (phone, in) -> true),
            of(NUMBER, "API_TestEx", "Returns 42.", (phone, in) -> 42),
            of(TEXT, "API_TestEcho", "Returns its argument.", (phone, in) -> in.text("echo"), text("echo")),
            of(DONE, "API_HTTPKeepAlive", "Keeps the session of a web client alive.", (phone, in) -> true),
            of(TEXT, "API_GetVersion", "Returns the version.", (phone, in) -> ClassicFacts.version()),
            of(TEXT, "API_GetBindir", "Returns the folder of the program.", (phone, in) -> ClassicFolder.program().toString()),
            of(TEXT, "API_GetWorkdir", "Returns the data folder.", (phone, in) -> phone.parts().folder().path().toString()),
            of(TEXT, "API_GetAltWorkdir", "Returns the data folder that is used when the first cannot be.",
                    (phone, in) -> phone.parts().folder().home().toString()),
            of(TEXT, "API_GetDeviceID", "Returns an id of this machine and user.", (phone, in) -> ClassicFacts.deviceId()));

    private SettingFunctions() {
    }

    private static ClassicArgument server() {
        return text("server");
    }

    /** Lines may be separated by line breaks or, where there can be none, by the word CRLF. */
    static List<String> lines(String text) {
        return Arrays.stream(text.split("\r?\n|\r| ?CRLF ?")).filter(line -> !line.isBlank()).toList();
    }

    static List<String> credentials(ClassicArguments in) {
        return given("serveraddress", in.text("server"), "username", in.text("username"), "password", in.text("password"), "sipusername",
                in.text("authname"), "displayname", in.text("displayname"));
    }

    private static List<String> md5(ClassicArguments in) {
        return given("serveraddress", in.text("server"), "username", in.text("username"), "realm", in.text("realm"), "md5",
                in.text("md5"));
    }

    private static List<String> given(String... pairs) {
        return java.util.stream.IntStream.range(0, pairs.length / 2).filter(i -> !pairs[2 * i + 1].isEmpty())
                .mapToObj(i -> pairs[2 * i] + "=" + pairs[2 * i + 1]).toList();
    }

    private static boolean delete(ClassicPhone phone, int level) {
        if (level < 0 || level > 2) {
            phone.send(Notification.event("ERROR", "There is no level " + level + ": 0 is nothing, 1 settings, 2 everything."));
            return false;
        }
        boolean settings = level == 0 || phone.parts().people().clear();
        return settings && (level < 2 || phone.parts().player().deleteRecordings());
    }

    private static boolean stop(ClassicPhone phone) {
        phone.stop();
        return true;
    }

    private static boolean restart(ClassicPhone phone) {
        phone.parts().workers().execute(() -> {
            phone.stop();
            phone.start();
        });
        return true;
    }
}
