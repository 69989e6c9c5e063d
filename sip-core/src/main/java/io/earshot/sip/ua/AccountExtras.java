package io.earshot.sip.ua;

import io.earshot.sip.message.SipUri;
import java.util.List;

/**
 * What an account has beside its address of record.
 *
 * @param aliases further addresses that calls come for, as further numbers of one line
 * @param headers go into every request of the account outside a dialog, REGISTER included
 */
public record AccountExtras(List<SipUri> aliases, List<ExtraHeader> headers) {
    /** No alias and no header. */
    public static final AccountExtras NONE = new AccountExtras(List.of(), List.of());

    /** Copies the lists. */
    public AccountExtras {
        aliases = List.copyOf(aliases);
        headers = List.copyOf(headers);
    }
}
