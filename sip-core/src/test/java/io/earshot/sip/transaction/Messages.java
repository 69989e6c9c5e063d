package io.earshot.sip.transaction;

import io.earshot.sip.message.ParseResult;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipLimits;
import io.earshot.sip.message.SipMessage;
import io.earshot.sip.message.SipParser;
import java.nio.charset.StandardCharsets;

/** Messages for tests, all through the parser so that they are what the network would give. */
final class Messages {
    static final String VIA = "SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-1";

    private Messages() { }

    static SipMessage parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ParseResult result = new SipParser(SipLimits.DEFAULT).parse(bytes, 0, bytes.length);
        if (result instanceof ParseResult.Parsed parsed) {
            return parsed.message();
        }
        throw new AssertionError(result + " for:\n" + text);
    }

    /** A request with a Via, outside a dialog. */
    static Request request(String method) {
        return request(method, VIA, "");
    }

    /** @param more further header lines, each ended by \r\n */
    static Request request(String method, String via, String more) {
        return request(method, via, "<sip:bob@example.net>", 7, more);
    }

    static Request request(String method, String via, String to, int cseq, String more) {
        return (Request) parse(method + " sip:bob@example.net SIP/2.0\r\nVia: " + via + "\r\nMax-Forwards: 70\r\n"
            + "From: <sip:alice@example.com>;tag=a1\r\nTo: " + to + "\r\nCall-ID: c1@example.com\r\nCSeq: " + cseq + " " + method + "\r\n"
            + more + "Content-Length: 0\r\n\r\n");
    }

    static Response response(Request request, int status) {
        return response(request, status, "b1");
    }

    static Response response(Request request, int status, String toTag) {
        return status == 100 ? Response.to(request, status).build() : Derived.reply(request, status, toTag).build();
    }
}
