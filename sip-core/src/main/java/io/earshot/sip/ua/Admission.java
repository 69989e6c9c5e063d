package io.earshot.sip.ua;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.TelUri;
import io.earshot.sip.message.Uri;

/**
 * Who gets in at all: asked of each request outside dialogs before anything is made of it, so that strangers cost no more than a 404.
 * OPTIONS is answered whoever asks. Confined to the engine's thread.
 */
public final class Admission {
    /** Whose requests are taken. */
    public enum From {
        /** Anybody's. */
        ANYBODY,
        /** Those for the user of an account: its address, Contact or aliases, at whatever host. */
        WHO_KNOWS_US,
        /** Of those, only what comes from the server that this account is registered at, once it is registered. */
        OUR_SERVERS
    }

    private final Accounts accounts;
    private From from = From.ANYBODY;

    Admission(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Takes requests of these alone from now on; what goes on already goes on. */
    public void admit(From whose) {
        from = requireNonNull(whose);
    }

    /** Tells whether a request outside dialogs is a stranger's. */
    boolean refuses(ServerRequest request) {
        return from != From.ANYBODY && !request.request().method().equals(SipMethod.OPTIONS) && !accounts.any(account ->
            isFor(account.settings(), request.request())
                && (from != From.OUR_SERVERS || account.registration().trusts(request.flow())));
    }

    private static boolean isFor(AccountSettings account, Request request) {
        String asked = userOf(request.requestUri());
        String to = userOf(request.to().uri());
        String own = userOf(account.address());
        return asked.equals(account.contactUser()) || asked.equals(own) || to.equals(own)
            || account.extras().aliases().stream().map(Admission::userOf).anyMatch(alias -> alias.equals(asked) || alias.equals(to));
    }

    private static String userOf(Uri uri) {
        return uri instanceof SipUri sip ? sip.decodedUser().orElse("") : uri instanceof TelUri tel ? tel.digits() : "";
    }
}
