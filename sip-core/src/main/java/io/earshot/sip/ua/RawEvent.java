package io.earshot.sip.ua;

import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import java.util.Optional;

/** What happens to requests that the engine has no meaning for; see {@link RawRequests}. */
public sealed interface RawEvent extends SipEvent {
    /** Returns which request. */
    RawId id();

    /** A final response came, whatever its status. */
    record Answered(RawId id, Response response) implements RawEvent { }

    /** No response came, or the request could not be sent. */
    record Failed(RawId id, Failure cause) implements RawEvent { }

    /**
     * A request came of a method that {@link RawRequests#accept} named; answer it by {@link RawRequests#respond} within
     * {@link RawRequests#PATIENCE}, or it gets 500.
     *
     * @param account whom it is for; empty when it matches no account
     * @param session the call whose dialog it is in; empty outside calls
     */
    record Received(RawId id, Optional<AccountId> account, Optional<SessionId> session, Request request) implements RawEvent { }
}
