package io.earshot.sdk.internal.call;

import io.earshot.api.Call;
import io.earshot.api.CallEvent;
import io.earshot.api.CallOptions;
import io.earshot.api.Failure;
import io.earshot.api.VoipException;
import io.earshot.sdk.internal.media.CallMedia;
import io.earshot.sdk.internal.registry.Codecs;
import io.earshot.sip.message.Uri;
import io.earshot.sip.sdp.SessionDescription;
import io.earshot.sip.ua.ExtraHeader;
import io.earshot.sip.ua.InviteRequest;
import io.earshot.sip.ua.SessionId;
import io.earshot.sip.ua.SipEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** How calls begin: placed by us, or come in and answered. Its steps hop between the program's thread and the two loops. */
final class CallStarter {
    private final EngineContext context;
    private final EnginePhone phone;
    private final AtomicLong ids = new AtomicLong();

    CallStarter(EngineContext context, EnginePhone phone) {
        this.context = context;
        this.phone = phone;
    }

    /** Places a call; from any thread. */
    EngineCall dial(EngineAccount account, Uri target, CallOptions options) {
        Codecs codecs = context.codecs().select(options.codecs());
        List<ExtraHeader> headers = headers(options.headers());
        EngineCall call = handle(account, Call.Direction.OUTGOING, new Call.Peer(target.toString(), ""), "");
        CallSession session = call.session();
        Runnable invite = () -> {
            if (session.isOver()) {
                return;
            }
            Optional<SessionDescription> offer = Optional.empty();
            MediaControl control = new MediaControl(context, call.media(), session.journal(), codecs,
                    local(Addresses.nextHop(target, account.config())));
            session.setMedia(control);
            if (!options.offerless()) {
                offer = Optional.of(control.offer());
            }
            InviteRequest request = new InviteRequest(target, offer, headers, context.settings().followRedirects());
            SessionId id = context.signalling().engine().invite(account.id(), request, context.now());
            session.begin(id, options);
            phone.know(id, session);
        };
        context.loop().execute(() -> {
            phone.add(session);
            session.journal().add(header -> new CallEvent.Started(header, Call.Direction.OUTGOING));
            openMedia(session, invite);
        });
        return call;
    }

    /** Takes a call that came in; on the signalling loop. */
    void incoming(SipEvent.IncomingCall event, EngineAccount account) {
        String callId = event.request().callId();
        Call.Peer peer = new Call.Peer(event.request().from().uri().toString(), event.request().from().displayName());
        EngineCall call = handle(account, Call.Direction.INCOMING, peer, callId);
        CallSession session = call.session();
        phone.add(session);
        phone.know(event.session(), session);
        session.begin(event.session(), CallOptions.DEFAULT);
        session.journal().add(header -> new CallEvent.Started(header, Call.Direction.INCOMING));
        EngineIncomingCall incoming = new EngineIncomingCall(context, this, call, event);
        if (account.handler().isEmpty() && phone.handler().isEmpty()) {
            session.reject(480, List.of());
            return;
        }
        context.signalling().engine().ring(event.session(), 180, Optional.empty(), context.now());
        context.callbacks().execute(() -> account.handler().or(phone::handler).orElseThrow().accept(incoming));
    }

    /** Answers a call that came in; from any thread. */
    void answer(EngineCall call, SipEvent.IncomingCall event, CallOptions options) {
        Codecs codecs = context.codecs().select(options.codecs());
        CallSession session = call.session();
        Runnable accept = () -> {
            if (session.isOver()) {
                return;
            }
            Optional<InetSocketAddress> peer = Addresses.source(event.request());
            MediaControl control = new MediaControl(context, call.media(), session.journal(), codecs, local(peer));
            session.setMedia(control);
            SessionDescription ours;
            if (event.offer().isPresent()) {
                MediaControl.Outcome outcome = control.answer(event.offer().get());
                if (outcome.isRefused()) {
                    session.reject(488, List.of(ExtraHeader.of("Warning", "304 earshot \"" + quoted(outcome.refusal().get()) + "\"")));
                    return;
                }
                ours = outcome.answer().orElseThrow();
            } else {
                ours = control.offer();
            }
            context.signalling().engine().answer(event.session(), ours, context.now());
        };
        context.loop().execute(() -> openMedia(session, accept));
    }

    /** Binds the sockets of a call, then goes on, on the signalling loop; a call whose sockets cannot be had ends. */
    private void openMedia(CallSession session, Runnable then) {
        if (session.isOver()) {
            return;
        }
        session.handle().media().open().whenComplete((opened, defect) -> context.loop().execute(() -> {
            if (defect == null) {
                then.run();
            } else {
                Throwable cause = defect.getCause() == null ? defect : defect.getCause();
                session.reject(500, List.of());
                session.giveUp(cause instanceof VoipException known ? known.failure()
                        : new Failure.LocalResource(String.valueOf(cause.getMessage())));
            }
        }));
    }

    private EngineCall handle(EngineAccount account, Call.Direction direction, Call.Peer peer, String callId) {
        long id = ids.incrementAndGet();
        CallMedia media = new CallMedia(context.room(), "call " + id);
        EngineCall call = new EngineCall(context, new EngineCall.Facts(id, account, direction), media, peer, callId);
        new CallSession(context, phone, call);
        return call;
    }

    private InetAddress local(Optional<InetSocketAddress> peer) {
        return context.signalling().localIp(peer);
    }

    static List<ExtraHeader> headers(Map<String, String> headers) {
        try {
            return headers.entrySet().stream().map(entry -> ExtraHeader.of(entry.getKey(), entry.getValue())).toList();
        } catch (IllegalArgumentException malformed) {
            throw Addresses.bad("A header cannot be sent: " + malformed.getMessage());
        }
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
