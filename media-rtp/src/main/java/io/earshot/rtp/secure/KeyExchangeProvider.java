package io.earshot.rtp.secure;

import io.earshot.api.id.IdSource;

/** Makes key exchanges. Found by {@link java.util.ServiceLoader}: without one, media is never encrypted. */
public interface KeyExchangeProvider {
    /**
     * Makes the exchange of one media line.
     *
     * @param ids where keys come from: {@link IdSource#secure()} outside tests
     * @throws IllegalArgumentException if the policy names a suite that is not known here; the message names it and those that are
     */
    KeyExchange sdes(KeyPolicy policy, IdSource ids);
}
