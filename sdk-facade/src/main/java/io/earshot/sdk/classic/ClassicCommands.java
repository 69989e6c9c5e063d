package io.earshot.sdk.classic;

import java.util.List;
import java.util.Locale;

/** Runs {@link ClassicCommand}s on a {@link ClassicPhone}. */
public final class ClassicCommands {
    private final ClassicPhone phone;

    /** Makes an interpreter for one phone. */
    public ClassicCommands(ClassicPhone phone) {
        this.phone = phone;
    }

    /**
     * Runs a command.
     *
     * @return {@code OK: …} or {@code ERROR: …}
     */
    public String run(ClassicCommand command) {
        int line = command.line();
        ClassicTexts texts = phone.texts();
        return switch (command.function().toLowerCase(Locale.ROOT)) {
            case "api_call" -> result(phone.call(line, command.argument("peer", 2).orElse("")));
            case "api_hangup" -> result(phone.hangup(line, command.argument("reason", 2).orElse("")));
            case "api_forward" -> result(phone.forward(line, command.argument("peer", 2).orElse("")));
            case "api_setsipheader" -> result(phone.setSipHeader(line, command.argument("hdr", 2).orElse("")));
            case "api_getsipheader" -> phone.sipHeader(line, command.argument("hdr", 2).orElse(""));
            case "api_sendsip" -> result(texts.sendSip(command.argument("msg", 1).orElse("")));
            case "api_getblacklist" -> phone.blacklist();
            case "api_setblacklist" -> result(texts.setBlacklist(command.argument("str", 1).orElse("")));
            case "api_addtoblacklist" -> result(texts.setBlacklist(phone.blacklist() + "," + command.argument("str", 1).orElse("")));
            case "api_accept" -> result(phone.accept(line));
            case "api_reject" -> result(phone.reject(line));
            case "api_hold" -> result(phone.hold(line, isTrue(command.argument("state", 2).orElse("true"))));
            case "api_transfer" -> result(phone.transfer(line, command.argument("peer", 2).orElse("")));
            case "api_conf" -> result(phone.conference(command.argument("peer", 1).orElse("")));
            case "api_sendchat" -> result(texts.sendChat(command.argument("peer", 2).orElse(""), command.argument("group", 3).orElse(""),
                    command.argument("message", 4).orElse("")));
            case "api_sendsms" -> result(texts.sendSms(command.argument("peer", 2).orElse(""), command.argument("message", 3).orElse("")));
            case "api_sendchatiscomposing" -> result(texts.sendChatIsComposing(command.argument("number", 2).orElse("")));
            case "api_dtmf", "api_senddtmf" -> result(texts.dtmf(line, command.argument("dtmf", 2).orElse("")));
            case "api_info" -> result(texts.info(line, command.argument("msg", 2).or(() -> command.argument("message", 2)).orElse("")));
            case "api_register" -> result(phone.register());
            case "api_unregister" -> result(phone.unregister());
            case "api_isonline" -> "OK: " + phone.network().isOnline();
            case "api_checkconnection" -> result(phone.checkConnection());
            case "api_shouldreset" -> "OK: " + phone.network().shouldReset();
            case "api_shouldresetbeforecall" -> "OK: " + (phone.network().shouldReset() != 0);
            default -> phone.presence(command).map(ClassicCommands::result).orElse("ERROR: unknown function " + command.function());
        };
    }

    private static String result(boolean done) {
        return done ? "OK: initiated" : "ERROR: failed";
    }

    private static boolean isTrue(String text) {
        return List.of("true", "1", "yes").contains(text.strip().toLowerCase(Locale.ROOT));
    }
}
