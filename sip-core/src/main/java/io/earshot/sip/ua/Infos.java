package io.earshot.sip.ua;

import io.earshot.sip.dialog.Dialog;
import io.earshot.sip.info.DtmfBody;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMethod;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * INFO within calls (RFC 6086): keys and other bodies of the old kind, and Info Packages that both sides named in Recv-Info; a command
 * object of {@link SipEngine}, on its thread. {@link InfoEvent} tells what comes of it.
 */
public final class Infos {
    /** What an INFO of the old kind may carry: keys, requests for a picture, which a phone without pictures ignores, and plain data. */
    private static final List<MediaType> ACCEPTED = List.of(MediaType.APPLICATION_DTMF_RELAY, DtmfBody.PLAIN,
        MediaType.of("application", "media_control+xml"), MediaType.of("application", "json"), MediaType.of("application", "xml"),
        MediaType.of("application", "octet-stream"), MediaType.TEXT_PLAIN);
    private static final int MOST_BYTES = 65_536;

    private final Context context;
    private final Sessions sessions;
    private final LongConsumer pump;
    private long last;

    Infos(Context context, Sessions sessions, LongConsumer pump) {
        this.context = context;
        this.sessions = sessions;
        this.pump = pump;
        context.extensions.addInCalls(SipMethod.INFO);
        context.extensions.add(SipMethod.INFO, new Receiver());
    }

    /** Says that an Info Package is understood, from the next call on: its name goes into Recv-Info. */
    public void receive(String infoPackage) {
        context.extensions.receiveInfo(infoPackage);
    }

    /** Tells whether the peer of a call has said that it takes an Info Package. */
    public boolean isTaken(SessionId call, String infoPackage) {
        return sessions.find(call).filter(session -> session.peerTakes(infoPackage)).isPresent();
    }

    /** Tells whether an Info Package can go to the peer of a call now: it takes it, and there is a dialog, if only an early one. */
    public boolean isOpen(SessionId call, String infoPackage) {
        return isTaken(call, infoPackage) && sessions.find(call).flatMap(Infos::dialog).isPresent();
    }

    private static Optional<Dialog> dialog(Session session) {
        return session.phase().talk().or(session.phase()::early);
    }

    /**
     * Sends an INFO within an established call; an Info Package also before the answer, where the dialog is known to both sides. One
     * that the peer does not take fails at once.
     */
    public InfoId send(SessionId call, InfoRequest info, long now) {
        InfoId id = new InfoId(++last);
        Optional<Session> session = sessions.find(call);
        Optional<Dialog> dialog = session.flatMap(known -> info.infoPackage().isPresent() ? dialog(known) : known.phase().talk());
        Optional<String> unwanted = info.infoPackage().filter(name -> session.isPresent() && !session.get().peerTakes(name));
        if (dialog.isEmpty()) {
            context.emit(new InfoEvent.Failed(call, id, new Failure.Unreachable("The call is not established")));
        } else if (unwanted.isPresent()) {
            context.emit(new InfoEvent.Failed(call, id, new Failure.ProtocolError("The other side does not take the Info Package '"
                + unwanted.get() + "'")));
        } else {
            RequestBuilder builder = Outgoing.inDialog(context, dialog.get(), SipMethod.INFO);
            info.infoPackage().ifPresent(name -> builder.set(HeaderName.INFO_PACKAGE, name)
                .set(HeaderName.CONTENT_DISPOSITION, "Info-Package"));
            Request template = builder.body(info.type(), info.body()).build();
            context.requests.send(new ClientRequest.Plan(template, dialog.get().nextHop(), session.get().account(),
                ClientRequest.Contacts.NONE, dialog.get()::nextSequence), new Sent(call, id), now);
        }
        pump.accept(now);
        return id;
    }

    private final class Sent implements ClientRequest.Handler {
        private final SessionId call;
        private final InfoId id;

        Sent(SessionId call, InfoId id) {
            this.call = call;
            this.id = id;
        }

        @Override
        public void onFinal(ClientRequest request, Response response, long now) {
            context.emit(response.isSuccess() ? new InfoEvent.Accepted(call, id, response)
                : new InfoEvent.Failed(call, id, Failures.of(response)));
        }

        @Override
        public void onFailure(ClientRequest request, Failure failure, long now) {
            context.emit(new InfoEvent.Failed(call, id, failure));
        }
    }

    private final class Receiver implements MethodHandler {
        /** RFC 6086 §4.2: INFO lives in dialogs only. */
        @Override
        public void onRequest(ServerRequest request, long now) {
            context.respond(request, 481, now);
        }

        @Override
        public void onRequestInCall(ServerRequest request, Session session, Dialog dialog, long now) {
            Request received = request.request();
            Optional<String> infoPackage = received.value(HeaderName.INFO_PACKAGE).map(Receiver::bareName);
            if (received.bodyLength() > MOST_BYTES) {
                context.respond(request, 413, now);
            } else if (infoPackage.isPresent() && !(context.extensions.receivesInfo(infoPackage.get())
                    && session.policy().uses(infoPackage.get()))) {
                context.respond(request, context.reply(request, 469, "").reasonPhrase("Bad Info Package")
                    .set(HeaderName.RECV_INFO, session.recvInfo()).build(), now);
            } else if (infoPackage.isEmpty() && !isReadable(received)) {
                context.respond(request, context.reply(request, 415, "").set(HeaderName.ACCEPT, accept()).build(), now);
            } else {
                take(request, session, infoPackage, now);
            }
        }

        private static String bareName(String value) {
            int end = value.indexOf(';');
            return (end < 0 ? value : value.substring(0, end)).strip();
        }

        private static boolean isReadable(Request request) {
            return request.bodyLength() == 0 || request.contentType().filter(type -> ACCEPTED.stream().anyMatch(type::matches)).isPresent();
        }

        private static String accept() {
            return String.join(", ", ACCEPTED.stream().map(MediaType::toString).toList());
        }

        private void take(ServerRequest request, Session session, Optional<String> infoPackage, long now) {
            Request received = request.request();
            boolean key = infoPackage.isEmpty() && received.bodyLength() > 0
                && received.contentType().filter(DtmfBody::isDtmf).isPresent();
            Optional<DtmfBody> pressed = key ? DtmfBody.parse(received.body()) : Optional.empty();
            if (key && pressed.isEmpty()) {
                context.respond(request, context.reply(request, 400, "").reasonPhrase("No such key").build(), now);
                return;
            }
            context.respond(request, 200, now);
            if (pressed.isPresent()) {
                session.emit(new InfoEvent.Key(session.id(), pressed.get(),
                    received.contentType().filter(MediaType.APPLICATION_DTMF_RELAY::matches).isPresent()));
            } else if (received.bodyLength() > 0 || infoPackage.isPresent()) {
                session.emit(new InfoEvent.Received(session.id(), infoPackage, received));
            }
        }
    }
}
