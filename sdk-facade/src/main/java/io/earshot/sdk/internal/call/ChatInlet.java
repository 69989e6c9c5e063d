package io.earshot.sdk.internal.call;

import io.earshot.api.chat.MessageEvent;
import io.earshot.api.chat.OutgoingMessage;
import io.earshot.api.chat.ReceivedMessage;
import io.earshot.sip.im.Cpim;
import io.earshot.sip.im.ImContent;
import io.earshot.sip.im.Imdn;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Messages that come in, on the signalling loop: told, and answered with the notifications that their senders want. */
final class ChatInlet {
    private static final Set<HeaderName> USED = Set.of(HeaderName.VIA, HeaderName.FROM, HeaderName.TO, HeaderName.CALL_ID, HeaderName.CSEQ,
            HeaderName.MAX_FORWARDS, HeaderName.CONTENT_LENGTH, HeaderName.CONTENT_TYPE, HeaderName.ROUTE, HeaderName.RECORD_ROUTE,
            HeaderName.AUTHORIZATION, HeaderName.PROXY_AUTHORIZATION);

    private final ChatRoom room;
    private final Typists typists;

    ChatInlet(ChatRoom room, Typists typists) {
        this.room = room;
        this.typists = typists;
    }

    void take(EngineAccount account, io.earshot.sip.ua.MessageEvent.Received event, OptionalLong call) {
        String peer = event.request().from().uri().toString();
        room.wake(account, Optional.of(peer));
        if (event.content() instanceof ImContent.Text text) {
            typists.received(account, peer);
            ReceivedMessage message = read(event.request(), text, peer, call);
            account.chat().tell(new MessageEvent.Received(peer, message));
            if (message.wanted().contains(OutgoingMessage.Report.DELIVERED)) {
                room.report(account, peer, Imdn.delivered(message.id(), message.sent().orElse("")));
            }
        } else if (event.content() instanceof ImContent.Typing typing) {
            typists.heard(account, peer, typing.status());
        } else if (event.content() instanceof ImContent.Report report) {
            account.chat().tell(news(peer, report.notification()));
        }
    }

    private static MessageEvent news(String peer, Imdn imdn) {
        if (!imdn.positive() && imdn.kind() == Imdn.Kind.DELIVERY) {
            return new MessageEvent.Undelivered(peer, imdn.messageId(), imdn.status());
        }
        return imdn.kind() == Imdn.Kind.DISPLAY && imdn.positive() ? new MessageEvent.Displayed(peer, imdn.messageId())
                : new MessageEvent.Delivered(peer, imdn.messageId());
    }

    private static ReceivedMessage read(Request request, ImContent.Text text, String peer, OptionalLong call) {
        Optional<Cpim> cpim = text.envelope();
        Map<String, String> headers = new LinkedHashMap<>();
        for (HeaderName name : request.headerNames()) {
            if (!USED.contains(name)) {
                headers.putIfAbsent(name.canonical(), request.value(name).orElse(""));
            }
        }
        return new ReceivedMessage(cpim.flatMap(one -> one.imdn("Message-ID")).orElse(request.callId()), peer,
                request.from().displayName(), text.type().type() + "/" + text.type().subtype(), text.text(),
                cpim.flatMap(one -> one.header("DateTime")), call, cpim.map(ChatBodies::wanted).orElse(Set.of()), headers);
    }
}
