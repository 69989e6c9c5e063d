package io.earshot.sdk.internal.call;

import io.earshot.api.AccountConfig;
import io.earshot.api.calls.Presentation;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.ua.ExtraHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who a call of ours says it is from (RFC 3323, RFC 3325).
 *
 * @param from instead of the account's own identity
 * @param headers Privacy and the identity for our server
 */
record Presenter(Optional<NameAddr> from, List<ExtraHeader> headers) {
    private static final NameAddr ANONYMOUS = NameAddr.parse("\"Anonymous\" <sip:anonymous@anonymous.invalid>");

    /**
     * Returns how to say it.
     *
     * @throws io.earshot.api.VoipException when the number is no address
     */
    static Presenter of(AccountConfig account, Optional<Presentation> wanted) {
        Presentation shown = wanted.orElse(account.identity().presentation());
        String name = shown.displayName().orElse(account.displayName());
        Uri own = Addresses.target(account.address(), account);
        Uri number = shown.number().map(text -> Addresses.target(text, account)).orElse(own);
        NameAddr identity = NameAddr.of(name, bare(number));
        List<ExtraHeader> headers = new ArrayList<>();
        if (shown.hidden()) {
            headers.add(new ExtraHeader(HeaderName.PRIVACY, "id"));
        }
        switch (shown.place()) {
            case PREFERRED -> headers.add(new ExtraHeader(HeaderName.P_PREFERRED_IDENTITY, identity.toString()));
            case ASSERTED -> headers.add(new ExtraHeader(HeaderName.P_ASSERTED_IDENTITY, identity.toString()));
            case REMOTE_PARTY -> headers.add(new ExtraHeader(HeaderName.REMOTE_PARTY_ID, identity
                    + ";party=calling;privacy=" + (shown.hidden() ? "full" : "off") + ";screen=no"));
            default -> {
                if (shown.hidden()) {
                    headers.add(new ExtraHeader(HeaderName.P_PREFERRED_IDENTITY, identity.toString()));
                }
            }
        }
        boolean elsewhere = shown.place() != Presentation.Place.FROM;
        Optional<NameAddr> from = shown.hidden() ? Optional.of(ANONYMOUS)
                : elsewhere ? Optional.empty() : Optional.of(NameAddr.of(name, number));
        boolean plain = shown.number().isEmpty() && shown.displayName().isEmpty() && !shown.hidden();
        return new Presenter(plain ? Optional.empty() : from, List.copyOf(headers));
    }

    private static Uri bare(Uri uri) {
        return uri instanceof SipUri sip ? sip.withoutHeaders() : uri;
    }
}
