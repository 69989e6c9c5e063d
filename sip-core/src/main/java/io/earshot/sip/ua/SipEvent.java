package io.earshot.sip.ua;

import io.earshot.api.transport.spi.Flow;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.sdp.SessionDescription;
import java.net.InetSocketAddress;
import java.util.Optional;

/** What happened, for the user. Events of one call come in order, and nothing after its {@link Ended}. */
public sealed interface SipEvent permits SipEvent.RegistrationChanged, SipEvent.RegistrationLearned, SipEvent.SessionEvent,
        SipEvent.Located, SipEvent.OptionsAnswered, SipEvent.OptionsFailed, SipEvent.Dropped, SipEvent.InternalError, EventNews,
        TransferEvent, MessageEvent, InfoEvent, RawEvent, FinalCodecEvent {
    /** An account's registration moved. A refresh that changes nothing is not told. */
    record RegistrationChanged(AccountId account, RegistrationState state) implements SipEvent { }

    /** The registrar told something new with its 2xx: routes, globally routable URIs, where we are registered. */
    record RegistrationLearned(AccountId account, RegistrationFacts facts, int server) implements SipEvent { }

    /** Something about one call. */
    sealed interface SessionEvent extends SipEvent {
        /** Returns the call. */
        SessionId session();
    }

    /**
     * A call comes in; 100 has been sent. Answer with {@link SipEngine#ring}, {@link SipEngine#answer}, {@link SipEngine#reject},
     * {@link SipEngine#redirect} or {@link SipEngine#hangup}.
     *
     * @param account whom it is for; empty when it matches no account
     * @param request the INVITE
     * @param offer empty when the INVITE has none: {@link SipEngine#answer} then takes an offer, and {@link AnswerReceived} follows
     */
    record IncomingCall(SessionId session, Optional<AccountId> account, Request request, Optional<SessionDescription> offer)
        implements SessionEvent { }

    /**
     * A provisional response to our INVITE.
     *
     * @param status 101 to 199
     * @param forkTag the To tag: responses with different tags come from different phones; empty when there is none
     * @param earlySdp the preview of an answer it carries (early media); at most one per fork counts
     */
    record Progress(SessionId session, int status, String forkTag, Optional<SessionDescription> earlySdp, Response response)
        implements SessionEvent { }

    /**
     * Our call was answered.
     *
     * @param forkTag the To tag of the phone that answered
     * @param remote its answer, or its last offer where that was answered early; empty when our INVITE had no offer and none came
     *     early: {@link OfferReceived} follows then
     */
    record Answered(SessionId session, String forkTag, Optional<SessionDescription> remote, Response response) implements SessionEvent { }

    /** The ACK to our 2xx came: an incoming call is established. Told once, before the {@link AnswerReceived} that the ACK may carry. */
    record Confirmed(SessionId session) implements SessionEvent { }

    /** A fork of our call is over while others may go on: what it sent is not to be heard any more (RFC 6228, or BYE from it). */
    record ForkEnded(SessionId session, String forkTag) implements SessionEvent { }

    /**
     * The peer is somebody else than before: the call was passed on, or a network knows better (RFC 4916, RFC 3325).
     *
     * @param identity without a tag
     */
    record RemoteChanged(SessionId session, NameAddr identity) implements SessionEvent { }

    /**
     * The peer offers a new session: answer by {@link SipEngine#acceptOffer} or {@link SipEngine#rejectOffer}.
     *
     * @param forkTag which phone, while a call of ours is not answered (RFC 3262, RFC 3311); otherwise empty
     */
    record OfferReceived(SessionId session, String forkTag, SessionDescription offer) implements SessionEvent {
        /** Makes the event of a call that has one peer only. */
        public OfferReceived(SessionId session, SessionDescription offer) {
            this(session, "", offer);
        }
    }

    /** The peer asks us for an offer (a re-INVITE without): give it by {@link SipEngine#acceptOffer}; {@link AnswerReceived} follows. */
    record OfferRequested(SessionId session) implements SessionEvent { }

    /**
     * The peer answered our offer.
     *
     * @param forkTag as in {@link OfferReceived}
     */
    record AnswerReceived(SessionId session, String forkTag, SessionDescription answer) implements SessionEvent {
        /** Makes the event of a call that has one peer only. */
        public AnswerReceived(SessionId session, SessionDescription answer) {
            this(session, "", answer);
        }
    }

    /**
     * Our re-INVITE was refused, the session goes on as it was (RFC 3261 §14.1). Glare (491) is tried again, and told only when it goes on
     * and on.
     */
    record OfferFailed(SessionId session, Failure cause) implements SessionEvent { }

    /**
     * What the peer said when it refused, redirected, cancelled or hung up, for its headers; what follows from it is told next.
     *
     * @param message a final response to our INVITE, a CANCEL or a BYE
     */
    record Heard(SessionId session, SipMessage message) implements SessionEvent { }

    /** The call is over. */
    record Ended(SessionId session, EndCause cause) implements SessionEvent { }

    /**
     * Where {@link SipEngine#locate} leads.
     *
     * @param peer the first server there is a way to; empty when there is none
     */
    record Located(QueryId query, Optional<InetSocketAddress> peer) implements SipEvent { }

    /** An OPTIONS query was answered, whatever the status. */
    record OptionsAnswered(QueryId query, Response response) implements SipEvent { }

    /** An OPTIONS query brought no answer. */
    record OptionsFailed(QueryId query, Failure cause) implements SipEvent { }

    /**
     * Something useless came in and was dropped, or refused with an error; or, as {@code unproven.path}, was not sent to whom it may have
     * been forged to hurt. Told for the first of its kind, then at most once a minute.
     *
     * @param kind a short stable word for counting, such as {@code malformed.VERSION} or {@code stray.response}
     * @param detail what was wrong
     * @param total how many of this kind so far
     * @param flow where from, or where to
     */
    record Dropped(String kind, String detail, long total, Flow flow) implements SipEvent { }

    /** A defect of the engine: handling one input failed, and it was given up. Please report. */
    record InternalError(String where, RuntimeException cause) implements SipEvent { }
}
