package io.earshot.sdk.internal.call;

import io.earshot.api.Failure;
import io.earshot.api.TransferOptions;
import io.earshot.api.VoipException;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.ua.EndCause;
import java.util.List;
import java.util.Optional;

/** Calls that are answered only to be transferred, for servers that do not follow 302 (B-068). Confined to the signalling loop. */
final class TransferRule {
    private final EngineContext context;

    TransferRule(EngineContext context) {
        this.context = context;
    }

    /** Tells whether a call is the fruit of a transfer by this account, which must not be transferred again. */
    static boolean isOurs(EngineAccount account, Request invite) {
        Uri own = Addresses.target(account.address(), account.config());
        return invite.value(HeaderName.REFERRED_BY).flatMap(TransferRule::address).filter(by -> isSame(by, own)).isPresent();
    }

    private static Optional<Uri> address(String referredBy) {
        try {
            return Optional.of(NameAddr.parse(referredBy).uri());
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isSame(Uri one, Uri other) {
        return one instanceof SipUri left && other instanceof SipUri right && left.host().equalsIgnoreCase(right.host())
                && left.decodedUser().equals(right.decodedUser());
    }

    /** Answers a call, which nobody else decides on any more, and transfers it. */
    void answer(EngineIncomingCall incoming, String target) {
        CallSession session = incoming.session();
        EngineAccount account = (EngineAccount) session.handle().account();
        try {
            Uri uri = Addresses.target(target, account.config());
            incoming.answerNow();
            session.handle().answered().thenAccept(call -> context.loop().execute(() -> transfer(session, account, uri)));
        } catch (VoipException noAddress) {
            session.refuse(480, List.of(), noAddress.failure());
        }
    }

    private void transfer(CallSession session, EngineAccount account, Uri target) {
        account.transfers().blind(session, target, TransferOptions.DEFAULT.withoutHold()).done().exceptionally(refused -> {
            Failure failure = new Failure.Cancelled("The call could not be transferred to " + target + ": "
                    + Failures.of(refused).sentence());
            context.loop().execute(() -> session.giveUp(new EndCause.LocalHangup(), failure));
            return 0;
        });
    }
}
