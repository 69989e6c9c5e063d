package io.earshot.sdk.classic;

import io.earshot.api.Account;
import io.earshot.api.Call;
import io.earshot.api.chat.MessageOutcome;
import io.earshot.api.chat.OutgoingMessage;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The functions that send texts and keys: chat, short messages, DTMF, INFO, raw requests. Safe for any thread. */
public final class ClassicTexts {
    private final ClassicPhone phone;
    private final ClassicChat chat;

    ClassicTexts(ClassicPhone phone, ClassicChat chat) {
        this.phone = phone;
        this.chat = chat;
    }

    /**
     * Sends a chat message; CHATREPORT tells what becomes of it.
     *
     * @param peer empty to send to each member of the group
     * @param group the members of a group, joined by {@code |}; empty when there is none
     */
    public boolean sendChat(String peer, String group, String text) {
        phone.send(Notification.status("Chat"));
        return phone.with((engine, account) -> chat.send((to, message) -> send(account, to, message), peer, group, text, false));
    }

    /** A message to the peer of a call goes within it where messages are not to have a dialog each. */
    private CompletableFuture<MessageOutcome> send(Account account, String peer, OutgoingMessage message) {
        Optional<ClassicLine> talk = phone.parameters().number("separatechatdiag") == 1 ? Optional.empty()
                : phone.parts().lines().all().stream().filter(line -> line.call().state() == Call.State.ESTABLISHED)
                        .filter(line -> ClassicLine.userOf(line.call().remote().address()).equalsIgnoreCase(ClassicLine.userOf(peer)))
                        .findFirst();
        return talk.isPresent() ? talk.get().call().messages().send(message) : account.messages().sendAsync(peer, message);
    }

    /** Sends a text that the server may make a short message of (header {@code X-Sms: Yes}). */
    public boolean sendSms(String peer, String text) {
        return phone.with((engine, account) -> chat.send(account.messages()::sendAsync, peer, "", text, true));
    }

    /** Tells a peer that our user writes to it. */
    public boolean sendChatIsComposing(String peer) {
        return phone.with((engine, account) -> account.messages().typing(peer));
    }

    /** Sends keys: -1 the current line, -2 all. INFO notifications tell the outcome. */
    public boolean dtmf(int line, String digits) {
        if (phone.parameters().number("dtmfmode") == 0) {
            phone.send(Notification.event("ERROR", "Keys are switched off: the parameter dtmfmode is 0."));
            return false;
        }
        return phone.parts().lines().each(line,
                one -> told(one, one.call().signals().sendDtmf(digits, ClassicKeys.options(phone.parameters()))));
    }

    /** Returns whom to call: without the keys behind a comma when keys are switched off. */
    String callee(String peer) {
        boolean off = phone.parameters().number("dtmfmode") == 0 && peer.matches("[^,@]+,[0-9*#A-Da-d, ]+");
        if (off) {
            phone.send(Notification.event("WARNING", "Keys are switched off: those behind the comma of " + peer + " are not sent."));
        }
        return off ? peer.substring(0, peer.indexOf(',')) : peer;
    }

    /** Sends an INFO with this text: -1 the current line, -2 all. INFO notifications tell the outcome. */
    public boolean info(int line, String text) {
        String start = text.strip();
        String guess = start.startsWith("{") || start.startsWith("[") ? "application/json"
                : start.startsWith("<") ? "application/xml" : "application/octet-stream";
        String type = phone.parameters().given("infocontenttype").orElse(guess);
        return phone.parts().lines().each(line, one -> told(one, one.call().signals().sendInfo(type, text)));
    }

    private void told(ClassicLine line, CompletableFuture<Void> outcome) {
        outcome.whenComplete((done, refused) -> {
            Throwable cause = refused == null || refused.getCause() == null ? refused : refused.getCause();
            phone.send(line.info(refused == null ? "OK" : "ERROR", refused == null ? "" : String.valueOf(cause.getMessage())));
        });
    }

    /** Sends a request of one's own; EVENT notifications tell what came of it. */
    public boolean sendSip(String message) {
        return phone.with((engine, account) -> {
            ClassicRules.Raw raw = ClassicRules.raw(message);
            engine.raw().send(account, raw.target(), raw.request()).whenComplete((answer, refused) -> {
                if (refused == null) {
                    phone.send(Notification.event("EVENT", raw.request().method() + " answered: " + answer.startLine()));
                } else {
                    phone.error(refused);
                }
            });
        });
    }
}
