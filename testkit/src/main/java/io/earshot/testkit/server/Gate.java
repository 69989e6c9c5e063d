package io.earshot.testkit.server;

import io.earshot.api.id.IdSource;
import io.earshot.sip.auth.Credentials;
import io.earshot.sip.auth.DigestServer;
import io.earshot.sip.auth.SignedRequest;
import io.earshot.sip.auth.UserStore;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import java.util.List;

/** Asks for credentials and checks them (RFC 3261 §22, RFC 7616, RFC 8760). */
final class Gate {
    private final DigestServer digest;
    private final Replies replies;
    private int forcedStale;

    /** What came of a check. */
    sealed interface Outcome { }

    /**
     * The sender is who it says.
     *
     * @param header the one whose credentials were accepted
     */
    record Passed(String user, String header) implements Outcome { }

    /** It has to try again, or is refused. */
    record Refused(Response response) implements Outcome { }

    Gate(ServerSettings settings, IdSource ids, Replies replies) {
        List<Credentials> users = settings.users().entrySet().stream()
            .map(user -> Credentials.password(user.getKey(), user.getValue())).toList();
        digest = new DigestServer(settings.digest(), UserStore.of(users), ids);
        this.replies = replies;
    }

    /** Calls the next so many correct answers stale. */
    void forceStale(int answers) {
        forcedStale = answers;
    }

    /**
     * Checks a request.
     *
     * @param proxy asks with 407 instead of 401
     * @param claimed the URI whose user the sender wants to be
     */
    Outcome check(Request request, boolean proxy, Uri claimed, long now) {
        boolean stale = false;
        HeaderName header = proxy ? HeaderName.PROXY_AUTHORIZATION : HeaderName.AUTHORIZATION;
        SignedRequest signed = new SignedRequest(request.method().name(), request.requestUri().toString(), request.body());
        for (String value : request.values(header)) {
            DigestServer.Verdict verdict = digest.verify(value, signed, now);
            if (verdict instanceof DigestServer.Accepted accepted && forcedStale == 0) {
                boolean own = claimed instanceof SipUri uri && uri.decodedUser().orElse("").equals(accepted.user());
                return own ? new Passed(accepted.user(), value) : new Refused(replies.to(request, 403).build());
            }
            if (verdict instanceof DigestServer.Accepted) {
                forcedStale--;
                stale = true;
            }
            stale |= verdict instanceof DigestServer.Stale;
        }
        return new Refused(replies.to(request, proxy ? 407 : 401)
            .setAll(proxy ? HeaderName.PROXY_AUTHENTICATE : HeaderName.WWW_AUTHENTICATE, digest.challenges(stale, now)).build());
    }
}
