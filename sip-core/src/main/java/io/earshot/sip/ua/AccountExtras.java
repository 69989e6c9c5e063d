package io.earshot.sip.ua;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.SipUri;
import java.util.List;
import java.util.Optional;

/**
 * What an account has beside its address of record.
 *
 * @param aliases further addresses that calls come for, as further numbers of one line
 * @param headers go into every request of the account outside a dialog, REGISTER included
 * @param calls which extensions the account's calls use; empty for those of {@link EngineConfig#calls}
 */
public record AccountExtras(List<SipUri> aliases, List<ExtraHeader> headers, Optional<CallPolicy> calls) {
    /** No alias and no header. */
    public static final AccountExtras NONE = new AccountExtras(List.of(), List.of(), Optional.empty());

    /** Copies the lists. */
    public AccountExtras {
        aliases = List.copyOf(aliases);
        headers = List.copyOf(headers);
        requireNonNull(calls, "calls");
    }

    /** Makes extras whose calls are as all others of the engine. */
    public AccountExtras(List<SipUri> aliases, List<ExtraHeader> headers) {
        this(aliases, headers, Optional.empty());
    }
}
