package io.earshot.sdk.classic;

import static io.earshot.sdk.classic.ClassicArgument.line;
import static io.earshot.sdk.classic.ClassicArgument.number;
import static io.earshot.sdk.classic.ClassicArgument.text;
import static io.earshot.sdk.classic.ClassicArgument.yesNo;
import static io.earshot.sdk.classic.ClassicFunction.of;
import static io.earshot.sdk.classic.ClassicFunction.Result.DONE;
import static io.earshot.sdk.classic.ClassicFunction.Result.NOTHING;
import static io.earshot.sdk.classic.ClassicFunction.Result.NUMBER;
import static io.earshot.sdk.classic.ClassicFunction.Result.TEXT;
import static io.earshot.sdk.classic.ClassicFunction.Result.YES_NO;

import java.util.List;

/** The functions of accounts, registrations, the network and presence. */
final class AccountFunctions {
    static final List<ClassicFunction> ROWS = List.of(
            of(DONE, "API_Register", "Registers at the server; what is empty stays as it is.", (phone, in) -> register(phone, in),
                    text("server"), text("username"), text("password"), text("authname"), text("displayname")),
            of(DONE, "API_RegisterEx", "Registers secondary accounts: server,user,password,interval,proxy,realm,authuser;…",
                    (phone, in) -> phone.parts().accounts().registerMore(in.text("accounts")), text("accounts")).starting(),
            of(DONE, "API_Unregister", "Ends calls and registrations; 1 waits until the server knows.",
                    (phone, in) -> phone.parts().accounts().unregister(in.number("waitfor")), number("waitfor", -1)),
            of(DONE, "API_CapabilityRequest", "Asks a server or user what it can do (OPTIONS).",
                    (phone, in) -> phone.parts().accounts().ask(in.text("server"), in.text("username")), text("server"),
                    text("username")).starting(),
            of(YES_NO, "API_IsRegistered", "Tells whether we are registered.", (phone, in) -> phone.parts().accounts().isRegistered()),
            of(NUMBER, "API_IsRegisteredEx", "Returns 0 not known, 1 not needed, 2 yes, 3 to 5 working, 6 un-registered, 7 failed.",
                    (phone, in) -> phone.parts().accounts().state()),
            of(TEXT, "API_GetRegFailReason", "Returns why the last registration failed.",
                    (phone, in) -> phone.parts().accounts().failReason(in.yes("extended")), yesNo("extended", false)),
            of(NUMBER, "API_GetAccountRegState", "Returns the state of an account: -1 no such, 0 working, 1 registered, 2 failed, 3 not.",
                    (phone, in) -> phone.parts().accounts().find(wanted(in), in.yes("strict"))
                            .map(account -> ClassicAccounts.number(account.state())).orElse(-1),
                    text("domain"), text("proxy"), text("username"), text("sipusername"), yesNo("pushnotify", false),
                    yesNo("strict", false)),
            of(TEXT, "API_GetAccountRegStateString", "Returns the state of an account in words.",
                    (phone, in) -> phone.parts().accounts().find(wanted(in), in.yes("strict"))
                            .map(account -> ClassicAccounts.text(account.state())).orElse(""),
                    text("domain"), text("proxy"), text("username"), text("sipusername"), yesNo("pushnotify", false),
                    yesNo("strict", false)),
            of(YES_NO, "API_IsOnline", "Tells whether there is a network.", (phone, in) -> phone.network().isOnline()),
            of(NOTHING, "API_CheckConnection", "Looks at the network at once and registers anew.", (phone, in) -> {
                phone.with((engine, account) -> engine.network().check());
                return "";
            }),
            of(NUMBER, "API_ShouldReset", "Returns 0 all is well, 1 not registered for a while, 2 the network changed.",
                    (phone, in) -> phone.network().shouldReset()),
            of(YES_NO, "API_ShouldResetBeforeCall", "Tells whether to restart before a call.",
                    (phone, in) -> phone.network().shouldReset() != 0),
            of(TEXT, "API_GetAddress", "Returns the local SIP address and port.", (phone, in) -> ClassicState.address(phone)),
            of(TEXT, "API_GetMySIPURI", "Returns our address, or all of them with commas between.",
                    (phone, in) -> ClassicState.addresses(phone, in.yes("all")), yesNo("all", false)),
            of(NUMBER, "API_IsEncrypted", "Returns -1 not known, 0 no, 1 partially, 2 yes, 3 always.",
                    (phone, in) -> phone.isStarted() ? phone.parts().lines().encrypted() : -1),
            of(DONE, "API_CheckVoicemail", "Asks for new voice mail.", (phone, in) -> subscribing(phone).checkVoicemail(), line())
                    .starting(),
            of(DONE, "API_CheckPresence", "Watches the presence of users, with commas between.",
                    (phone, in) -> subscribing(phone).checkPresence(in.text("userlist")), text("userlist")).starting(),
            of(DONE, "API_SetPresenceStatus", "Shows our presence: Online, Away, DND, Invisible, Offline.",
                    (phone, in) -> presence(phone).show(in.text("statustring").strip()), text("statustring")).starting(),
            of(DONE, "API_NewUser", "Lets a user watch us and watches it.",
                    (phone, in) -> presence(phone).newUser(in.text("username")), text("username")).starting(),
            of(DONE, "API_PushContactlist", "Names the users who may watch us.",
                    (phone, in) -> presence(phone).allow(in.text("contacts")), text("contacts")).starting(),
            of(DONE, "API_NumExists", "Asks the server which of these users there are; SERVERCONTACTS tells.",
                    (phone, in) -> presence(phone).exist(in.text("userlist")), text("userlist")).starting(),
            of(DONE, "API_UnSubscribe", "Ends every watching.", (phone, in) -> presence(phone).unsubscribe()).starting(),
            of(DONE, "API_CheckBLF", "Watches the calls of users.", (phone, in) -> subscribing(phone).checkBlf(in.text("userlist")),
                    text("userlist")).starting(),
            of(DONE, "API_DisableBLF", "Watches the calls of users no longer.",
                    (phone, in) -> presence(phone).disableBlf(in.text("userlist")), text("userlist")).starting(),
            of(TEXT, "API_GetProfileStatusText", "Returns what a user says of itself; our own with an empty name.",
                    (phone, in) -> ClassicState.profile(phone, in.text("username")), text("username")));

    private AccountFunctions() {
    }

    /** The parameters go first: a start with an account registers by itself. */
    private static boolean register(ClassicPhone phone, ClassicArguments in) {
        List<String> account = SettingFunctions.credentials(in);
        if (!account.isEmpty() && !phone.keep(account)) {
            return false;
        }
        if (!phone.isStarted()) {
            return phone.start() && (phone.config().register() || phone.parts().accounts().register());
        }
        return phone.parts().accounts().register();
    }

    private static List<String> wanted(ClassicArguments in) {
        return List.of(in.text("domain"), in.text("proxy"), in.text("username"), in.text("sipusername"));
    }

    private static ClassicPresence subscribing(ClassicPhone phone) {
        phone.parts().accounts().line("Subscribe");
        return presence(phone);
    }

    private static ClassicPresence presence(ClassicPhone phone) {
        return phone.running().orElseThrow(() -> new IllegalStateException("The phone is not started.")).presence().get();
    }
}
