package io.earshot.sip.ua;

import io.earshot.sip.message.NameAddr;
import java.net.InetAddress;
import java.util.List;
import java.util.function.LongConsumer;

/** What calls say beside their state: headers of our user, reasons for the end. Confined to the engine's thread. */
public final class CallExtras {
    private final Accounts accounts;
    private final Sessions sessions;
    private final LongConsumer pump;

    CallExtras(Accounts accounts, Sessions sessions, LongConsumer pump) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.pump = pump;
    }

    /**
     * Sets the headers that every request and response of ours in this call has from now on, but for ACK and CANCEL. They replace those
     * set before.
     *
     * @return whether the call is not over
     */
    public boolean setHeaders(SessionId session, List<ExtraHeader> headers) {
        return sessions.with(session, known -> {
            known.headers(headers);
            return true;
        });
    }

    /**
     * Ends a call as {@link SipEngine#hangup} does and says why.
     *
     * @param headers for the BYE or the refusal, as Reason (RFC 3326); a CANCEL takes Reason alone
     * @return whether the call was not over
     */
    public boolean hangup(SessionId session, List<ExtraHeader> headers, long now) {
        boolean applied = sessions.with(session, known -> {
            known.farewell(headers);
            known.phase().hangup(now);
            return true;
        });
        pump.accept(now);
        return applied;
    }

    /**
     * Sends an incoming call elsewhere with 302 and says on whose behalf.
     *
     * @param headers as Diversion (RFC 5806) and History-Info (RFC 7044)
     * @return whether the call was there to be redirected
     */
    public boolean redirect(SessionId session, List<NameAddr> contacts, List<ExtraHeader> headers, long now) {
        boolean applied = sessions.with(session, known -> {
            known.farewell(headers);
            return known.phase().redirect(contacts, now);
        });
        pump.accept(now);
        return applied;
    }

    /**
     * Says that no media has ever come in an answered call of ours: if our ACK has named the chosen codec by
     * {@link io.earshot.api.codec.FinalCodec#AUTOMATIC}, those of later calls by that server do not.
     */
    public void unheard(SessionId session) {
        sessions.with(session, known -> {
            if (known.phase() instanceof Leg leg) {
                leg.unheard();
            }
            return true;
        });
    }

    /** Tells whether this is the address of the server that the account is registered at now; what it asserts may be believed. */
    public boolean isServer(AccountId account, InetAddress host) {
        return accounts.isServer(account, host);
    }
}
