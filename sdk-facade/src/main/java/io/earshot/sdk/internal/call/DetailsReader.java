package io.earshot.sdk.internal.call;

import io.earshot.api.Call;
import io.earshot.api.calls.AnswerMode;
import io.earshot.api.calls.CallDetails;
import io.earshot.api.calls.CallReason;
import io.earshot.api.calls.Diversion;
import io.earshot.api.calls.InfoLink;
import io.earshot.api.calls.UserToUser;
import io.earshot.sip.identity.CallerIdentity;
import io.earshot.sip.identity.HistoryEntry;
import io.earshot.sip.identity.Reason;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipMethod;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a message says beside the sound, in the words of the API. */
final class DetailsReader {
    private DetailsReader() {
    }

    /**
     * Reads a message of the peer.
     *
     * @param trusted whether what it asserts counts
     */
    static CallDetails read(SipMessage message, boolean trusted) {
        CallerIdentity caller = CallerIdentity.of(message, trusted);
        boolean request = message instanceof Request;
        NameAddr sender = request ? caller.from() : message.to();
        OptionalLong retry = request ? OptionalLong.empty() : message.seconds(HeaderName.RETRY_AFTER);
        return new CallDetails(peer(sender), caller.asserted().stream().findFirst().map(DetailsReader::peer),
                request ? caller.isAnonymous() : caller.privacy().contains("id"),
                io.earshot.sip.identity.Diversion.of(message).stream().map(DetailsReader::diversion).toList(),
                HistoryEntry.of(message).stream().map(entry -> entry.uri().toString()).toList(),
                io.earshot.sip.identity.UserToUser.of(message).stream()
                        .map(data -> new UserToUser(data.data(), data.encoding(), data.purpose(), data.content())).toList(),
                Reason.of(message).stream().map(why -> new CallReason(why.protocol(), why.cause().orElse(0), why.text())).toList(),
                answerMode(message), links(message, HeaderName.CALL_INFO), links(message, HeaderName.ALERT_INFO),
                retry.isPresent() ? Optional.of(Duration.ofSeconds(retry.getAsLong())) : Optional.empty(), headers(message));
    }

    /** Returns how the caller wants an INVITE to be answered. */
    static Optional<AnswerMode> answerMode(SipMessage message) {
        boolean invite = message instanceof Request request && request.method().equals(SipMethod.INVITE);
        return !invite ? Optional.empty() : io.earshot.sip.identity.AnswerMode.of(message)
                .map(mode -> new AnswerMode(mode.automatic(), Duration.ofSeconds(mode.delaySeconds()), mode.header()));
    }

    /** Returns the headers by name. */
    static Map<String, List<String>> headers(SipMessage message) {
        Map<String, List<String>> out = new LinkedHashMap<>();
        for (HeaderName name : message.headerNames()) {
            out.computeIfAbsent(name.canonical(), one -> message.values(name));
        }
        return out;
    }

    static Call.Peer peer(NameAddr address) {
        return new Call.Peer(address.uri().toString(), address.displayName());
    }

    private static Diversion diversion(io.earshot.sip.identity.Diversion read) {
        return new Diversion(read.uri().toString(), read.displayName(), read.reason(), read.counter().orElse(1));
    }

    private static List<InfoLink> links(SipMessage message, HeaderName name) {
        return io.earshot.sip.identity.InfoLink.of(message, name).stream().map(link -> {
            Map<String, String> parameters = new LinkedHashMap<>();
            link.parameters().names().forEach(key -> parameters.put(key, link.parameter(key)));
            return new InfoLink(link.target(), parameters);
        }).toList();
    }
}
