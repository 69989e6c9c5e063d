package io.earshot.testkit.hostile;

import io.earshot.sip.auth.DigestChallenge;
import io.earshot.sip.dialog.DialogReference;
import io.earshot.sip.events.DialogInfo;
import io.earshot.sip.events.MessageSummary;
import io.earshot.sip.events.Presence;
import io.earshot.sip.events.RegInfo;
import io.earshot.sip.events.WatcherInfo;
import io.earshot.sip.identity.AnswerMode;
import io.earshot.sip.identity.CallerIdentity;
import io.earshot.sip.identity.Diversion;
import io.earshot.sip.identity.HistoryEntry;
import io.earshot.sip.identity.InfoLink;
import io.earshot.sip.identity.Reason;
import io.earshot.sip.identity.UserToUser;
import io.earshot.sip.im.ImContent;
import io.earshot.sip.info.DtmfBody;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.MediaType;
import io.earshot.sip.message.ParseResult;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipParser;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import io.earshot.sip.sdp.MediaDescription;
import io.earshot.sip.sdp.SdpParser;
import io.earshot.sip.sdp.SdpResult;
import io.earshot.sip.sdp.SdpWriter;
import java.util.List;

/**
 * Reads bytes as a message, and everything in it that anything of the SDK reads: every typed header, every body. Nothing of it may throw
 * for bytes from the network.
 */
public final class EveryReader {
    private static final HeaderName[] TOKENS = {HeaderName.ALLOW, HeaderName.SUPPORTED, HeaderName.REQUIRE, HeaderName.PROXY_REQUIRE,
        HeaderName.UNSUPPORTED, HeaderName.ALLOW_EVENTS, HeaderName.EVENT, HeaderName.CONTENT_DISPOSITION, HeaderName.CONTENT_ENCODING,
        HeaderName.SUBSCRIPTION_STATE};
    private static final HeaderName[] NUMBERS = {HeaderName.EXPIRES, HeaderName.MIN_EXPIRES, HeaderName.SESSION_EXPIRES, HeaderName.MIN_SE,
        HeaderName.RETRY_AFTER, HeaderName.RSEQ};
    private static final HeaderName[] ADDRESSES = {HeaderName.REFER_TO, HeaderName.REFERRED_BY, HeaderName.REPLY_TO};
    private static final HeaderName[] LISTS = {HeaderName.PATH, HeaderName.SERVICE_ROUTE, HeaderName.P_ASSERTED_IDENTITY};

    private final SipParser parser;
    private final SdpParser sdp = new SdpParser();

    /** Makes a reader over a parser. */
    public EveryReader(SipParser parser) {
        this.parser = parser;
    }

    /** What became of bytes. */
    public enum Verdict {
        /** A message that the layers above would see. */
        SOUND,
        /** A message with a header that is broken. */
        BROKEN_HEADER,
        /** No message, but an error can be replied. */
        REFUSED,
        /** Nothing there is a reply to, or a keep-alive. */
        DROPPED
    }

    /** Reads all there is. An exception out of here is a defect of the SDK. */
    public Verdict read(byte[] bytes) {
        ParseResult result = parser.parse(bytes);
        if (result instanceof ParseResult.Malformed malformed) {
            malformed.reply().ifPresent(Response::toBytes);
            return malformed.reply().isPresent() ? Verdict.REFUSED : Verdict.DROPPED;
        }
        if (!(result instanceof ParseResult.Parsed parsed)) {
            return Verdict.DROPPED;
        }
        SipMessage message = parsed.message();
        plain(message);
        if (message.check().isPresent()) {
            return Verdict.BROKEN_HEADER;
        }
        typed(message);
        identities(message);
        body(message);
        return Verdict.SOUND;
    }

    private static void plain(SipMessage message) {
        message.vias().forEach(via -> via.rport());
        message.from().tag();
        message.to().uri().equivalent(message.from().uri());
        message.callId();
        message.cseq();
        message.toString();
        message.bodyText();
        message.headerNames().forEach(message::values);
    }

    private static void typed(SipMessage message) {
        message.maxForwards();
        message.contacts().forEach(contact -> fields(contact.uri()));
        message.routes();
        message.recordRoutes();
        message.contentType();
        for (HeaderName name : TOKENS) {
            message.tokens(name);
        }
        for (HeaderName name : NUMBERS) {
            message.seconds(name);
        }
        for (HeaderName name : ADDRESSES) {
            message.address(name).ifPresent(address -> fields(address.uri()));
        }
        for (HeaderName name : LISTS) {
            message.addresses(name);
        }
        for (HeaderName name : List.of(HeaderName.WWW_AUTHENTICATE, HeaderName.PROXY_AUTHENTICATE)) {
            message.values(name).forEach(DigestChallenge::parse);
        }
        message.values(HeaderName.REPLACES).forEach(DialogReference::parse);
        message.values(HeaderName.JOIN).forEach(DialogReference::parse);
        message.values(HeaderName.TARGET_DIALOG).forEach(DialogReference::parseTarget);
        if (message instanceof Request request) {
            fields(request.requestUri());
        }
    }

    private static void fields(Uri uri) {
        if (uri instanceof SipUri sip) {
            sip.headerFields();
            sip.decodedUser();
            sip.transport();
        }
    }

    private static void identities(SipMessage message) {
        AnswerMode.of(message);
        CallerIdentity.of(message, true);
        CallerIdentity.of(message, false);
        Diversion.of(message);
        Diversion.count(message);
        HistoryEntry.of(message).forEach(HistoryEntry::toString);
        Reason.of(message).forEach(Reason::toString);
        UserToUser.of(message).forEach(UserToUser::toString);
        InfoLink.of(message, HeaderName.CALL_INFO).forEach(InfoLink::toString);
        InfoLink.of(message, HeaderName.ALERT_INFO).forEach(InfoLink::toString);
    }

    private void body(SipMessage message) {
        byte[] body = message.body();
        if (body.length == 0) {
            return;
        }
        MediaType type = message.contentType().orElse(MediaType.TEXT_PLAIN);
        ImContent.read(type, body);
        switch (type.subtype()) {
            case "sdp" -> session(body);
            case "pidf+xml" -> Presence.parse(message.bodyText());
            case "dialog-info+xml" -> DialogInfo.parse(message.bodyText());
            case "reginfo+xml" -> RegInfo.parse(message.bodyText());
            case "watcherinfo+xml" -> WatcherInfo.parse(message.bodyText());
            case "simple-message-summary" -> MessageSummary.parse(message.bodyText());
            default -> DtmfBody.parse(body);
        }
    }

    private void session(byte[] body) {
        if (sdp.parse(body) instanceof SdpResult.Parsed parsed) {
            SdpWriter.write(parsed.description());
            parsed.description().groups();
            for (MediaDescription media : parsed.description().media()) {
                parsed.description().connection(media);
                parsed.description().direction(media);
                media.rtpMaps();
                media.payloadTypes().forEach(media::fmtp);
                media.ptime();
                media.maxptime();
                media.rtcp("192.0.2.1");
                media.mid();
            }
        }
    }
}
