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
            boolean heard = account.chat().tell(new MessageEvent.Received(peer, message));
            answer(account, peer, heard, message.wanted(), message.id(), message.sent().orElse(""));
        } else if (event.content() instanceof ImContent.Typing typing) {
            typists.heard(account, peer, typing.status());
        } else if (event.content() instanceof ImContent.Report report) {
            news(peer, report.notification()).ifPresent(account.chat()::tell);
        }
    }

    /** Tells the sender what became of its message, where it wants to know that. A message that no program listened for is lost. */
    private void answer(EngineAccount account, String peer, boolean delivered, Set<OutgoingMessage.Report> wanted, String id, String sent) {
        if (delivered && wanted.contains(OutgoingMessage.Report.DELIVERED)) {
            room.report(account, peer, Imdn.delivered(id, sent));
        } else if (!delivered && wanted.contains(OutgoingMessage.Report.FAILED)) {
            room.report(account, peer, Imdn.failed(id, sent));
        }
    }

    /** A message had to be refused. */
    void refused(EngineAccount account, io.earshot.sip.ua.MessageEvent.Unreadable event) {
        Cpim envelope = event.envelope();
        envelope.imdn("Message-ID").ifPresent(id -> answer(account, event.request().from().uri().toString(), false,
                ChatBodies.wanted(envelope), id, envelope.header("DateTime").orElse("")));
    }

    /** That nobody may know whether a message was read is no news of its delivery; nor is what becomes of it in between. */
    private static Optional<MessageEvent> news(String peer, Imdn imdn) {
        return switch (imdn.kind()) {
            case DELIVERY -> Optional.of(imdn.positive() ? new MessageEvent.Delivered(peer, imdn.messageId())
                    : new MessageEvent.Undelivered(peer, imdn.messageId(), imdn.status()));
            case DISPLAY -> Optional.of(new MessageEvent.Displayed(peer, imdn.messageId())).filter(seen -> imdn.positive())
                    .map(MessageEvent.class::cast);
            case PROCESSING -> Optional.empty();
        };
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
