package io.earshot.testkit.server;

import io.earshot.api.id.IdSource;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.ResponseBuilder;

/** Answers of the server itself: with a To tag where there is none yet (RFC 3261 §8.2.6.2). */
final class Replies {
    private static final int TAG_BITS = 64;

    private final IdSource ids;

    Replies(IdSource ids) {
        this.ids = ids;
    }

    ResponseBuilder to(Request request, int status) {
        ResponseBuilder builder = Response.to(request, status).set(HeaderName.SERVER, "Earshot-Testkit");
        boolean tagged = status == 100 || request.to().tag().isPresent();
        return tagged ? builder : builder.set(HeaderName.TO, request.to().withTag(ids.token(TAG_BITS)));
    }
}
