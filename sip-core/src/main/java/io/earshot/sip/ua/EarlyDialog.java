package io.earshot.sip.ua;

import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.ResponseBuilder;
import io.earshot.sip.message.SipMethod;
import io.earshot.sip.sdp.SessionDescription;
import java.util.List;
import java.util.Optional;

/**
 * Offers and answers in a dialog whose call is not answered yet (RFC 3262 §5, RFC 3311 §5, RFC 6337 §2): one under way at a time. Also
 * sends what such a dialog sends: PRACK and UPDATE.
 */
final class EarlyDialog {
    /** Where offers and answers stand. */
    enum State {
        /** Nobody has offered anything. */
        SILENT,
        /** We have, and there is no answer that cannot get lost. */
        OFFERED,
        /** The peer has, and our answer is not on its way. */
        ASKED,
        /** There is an answer. */
        AGREED
    }

    /** How our user's answer gets to the peer. */
    interface Question {
        void accept(SessionDescription answer, long now);

        void refuse(int status, long now);
    }

    private final Context context;
    private final Session session;
    private final Dialog dialog;
    private final String forkTag;
    private State state;
    private Optional<Question> question = Optional.empty();
    private Optional<SessionDescription> local = Optional.empty();
    private Optional<SessionDescription> remote = Optional.empty();
    private Optional<SessionDescription> refused = Optional.empty();

    /** Makes it; {@code forkTag} is how events name it, empty when we are called. */
    EarlyDialog(Context context, Session session, Dialog dialog, String forkTag, State state) {
        this.context = context;
        this.session = session;
        this.dialog = dialog;
        this.forkTag = forkTag;
        this.state = state;
    }

    Dialog dialog() {
        return dialog;
    }

    State state() {
        return state;
    }

    /** Returns our last description. */
    Optional<SessionDescription> local() {
        return local;
    }

    /** Returns the peer's last description. */
    Optional<SessionDescription> remote() {
        return remote;
    }

    void said(SessionDescription ours, State now) {
        local = Optional.of(ours);
        state = now;
    }

    void heard(SessionDescription theirs, State now) {
        remote = Optional.of(theirs);
        state = now;
    }

    /** Our offer came to nothing. */
    void withdrawn(State now) {
        state = now;
    }

    // ---- offers of the peer's

    /** Tells our user of an offer. */
    void ask(SessionDescription offer, Question how) {
        refused = remote;
        heard(offer, State.ASKED);
        question = Optional.of(how);
        session.emit(new SipEvent.OfferReceived(session.id(), forkTag, offer));
    }

    boolean isAsking() {
        return question.isPresent();
    }

    boolean accept(SessionDescription answer, long now) {
        Optional<Question> asked = question;
        question = Optional.empty();
        asked.ifPresent(how -> {
            said(answer, State.AGREED);
            how.accept(answer, now);
        });
        return asked.isPresent();
    }

    boolean refuse(int status, long now) {
        Optional<Question> asked = question;
        question = Optional.empty();
        asked.ifPresent(how -> {
            state = State.AGREED;
            remote = refused;
            how.refuse(status, now);
        });
        return asked.isPresent();
    }

    /** Takes an UPDATE (RFC 3311 §5.2). */
    void onUpdate(ServerRequest request, long now) {
        Bodies.Body body = context.bodies.read(request.request());
        if (body instanceof Bodies.Body.Broken) {
            context.respond(request, 400, now);
            return;
        }
        if (body.description().isPresent() && state == State.OFFERED) {
            context.respond(request, 491, now);
            return;
        }
        if (body.description().isPresent() && state != State.AGREED) {
            Leg.refuseOverlap(context, request, now);
            return;
        }
        dialog.refreshTarget(request.request());
        Identities.learn(session, dialog, request.request());
        if (body.description().isEmpty()) {
            context.respond(request, success(request).build(), now);
            return;
        }
        ask(body.description().get(), new Reply(request));
    }

    /** Starts the 2xx to an UPDATE or a PRACK. */
    private ResponseBuilder success(ServerRequest request) {
        ResponseBuilder builder = context.reply(request, 200, dialog.id().localTag());
        if (request.request().method().equals(SipMethod.UPDATE)) {
            builder.set(HeaderName.CONTACT, NameAddr.of(context.contact(session.account(), session.contactUser(), request.flow())));
        }
        return builder;
    }

    /** Our user's answer goes into the response to an UPDATE or a PRACK. */
    final class Reply implements Question {
        private final ServerRequest request;

        Reply(ServerRequest request) {
            this.request = request;
        }

        @Override
        public void accept(SessionDescription answer, long now) {
            context.respond(request, Bodies.write(success(request), Optional.of(answer)).build(), now);
        }

        @Override
        public void refuse(int status, long now) {
            context.respond(request, status, now);
        }
    }

    /** Returns which extensions the call uses. */
    CallPolicy policy() {
        return session.policy();
    }

    // ---- ours

    /** Offers another session by UPDATE (RFC 3311 §5.1); {@code false} when it is not the time for that. */
    boolean offer(SessionDescription offer, long now) {
        if (state != State.AGREED) {
            return false;
        }
        Optional<SessionDescription> before = local;
        said(offer, State.OFFERED);
        RequestBuilder builder = Outgoing.inDialog(context, dialog, SipMethod.UPDATE)
            .set(HeaderName.ALLOW, context.extensions.allow())
            .set(HeaderName.SUPPORTED, session.supported());
        send(Bodies.write(builder, Optional.of(offer)).build(), new ClientRequest.Handler() {
            @Override
            public void onFinal(ClientRequest request, Response response, long then) {
                Optional<SessionDescription> answer = context.bodies.read(response).description();
                if (response.isSuccess() && answer.isPresent()) {
                    dialog.refreshTarget(response);
                    heard(answer.get(), State.AGREED);
                    session.emit(new SipEvent.AnswerReceived(session.id(), forkTag, answer.get()));
                } else {
                    failed(response.isSuccess() ? Leg.noDescription(new Bodies.Body.None()) : Failures.of(response));
                }
            }

            @Override
            public void onFailure(ClientRequest request, Failure failure, long then) {
                failed(failure);
            }

            private void failed(Failure cause) {
                local = before;
                state = State.AGREED;
                session.emit(new SipEvent.OfferFailed(session.id(), cause));
            }
        }, now);
        return true;
    }

    /** Acknowledges a reliable provisional response (RFC 3262 §4), with the answer to the offer it may have brought. */
    void acknowledge(Response response, Optional<SessionDescription> answer, long now) {
        RequestBuilder builder = Outgoing.inDialog(context, dialog, SipMethod.PRACK)
            .set(HeaderName.RACK, response.value(HeaderName.RSEQ).orElse("") + " " + response.cseq());
        send(Bodies.write(builder, answer).build(), Farewell.NOBODY, now);
    }

    private void send(Request template, ClientRequest.Handler handler, long now) {
        context.requests.send(new ClientRequest.Plan(template, dialog.nextHop(), session.account(), hop -> template.method()
            .equals(SipMethod.PRACK) ? List.of() : List.of(NameAddr.of(context.contact(session.account(), session.contactUser(), hop))),
            dialog::nextSequence), handler, now);
    }
}
