package io.earshot.sip.ua;

import io.earshot.sip.auth.AuthVerdict;
import io.earshot.sip.auth.Authorization;
import io.earshot.sip.auth.DigestChallenge;
import io.earshot.sip.auth.DigestClient;
import io.earshot.sip.auth.SignedRequest;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import io.earshot.sip.message.RequestBuilder;
import io.earshot.sip.message.Response;
import io.earshot.sip.transaction.Hop;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The credentials of one request, from its first sending to its last (RFC 3261 §22). */
final class Authenticator {
    /** An Authorization with SHA-256, qop and a nonce of usual length. */
    private static final int TYPICAL_CREDENTIALS = 320;

    private final Optional<Account> account;
    private final Optional<DigestClient.Exchange> exchange;
    private boolean challenged;

    Authenticator(Optional<Account> account) {
        this.account = account;
        this.exchange = account.flatMap(Account::digest).map(DigestClient::exchange);
    }

    /** Returns about how many bytes {@link #authorize} is going to add. */
    int room(Hop hop) {
        return challenged || exchange.isEmpty() || !account.get().wasChallengedBy(hop.peer()) ? 0 : TYPICAL_CREDENTIALS;
    }

    /** Returns the request with the credentials this server is known to want, unless a challenge has been answered in it already. */
    Request authorize(Request request, Hop hop) {
        if (challenged || exchange.isEmpty() || !account.get().wasChallengedBy(hop.peer())) {
            return request;
        }
        return with(request, exchange.get().preemptive(signed(request)));
    }

    /** Returns the request with the answer to a 401 or 407, or why there is none. */
    Result onChallenge(Request request, Response response, Hop hop) {
        List<String> www = response.values(HeaderName.WWW_AUTHENTICATE);
        List<String> proxy = response.values(HeaderName.PROXY_AUTHENTICATE);
        String realm = Stream.concat(www.stream(), proxy.stream()).flatMap(value -> DigestChallenge.parse(value).stream())
            .map(DigestChallenge::realm).findFirst().orElse("");
        if (exchange.isEmpty()) {
            return refused(response, realm,
                "The server asks for a user name and password (realm '" + realm + "'), but none are configured");
        }
        if (!account.get().settings().registration().habits().answers(response.status())) {
            return refused(response, realm, "The server asks for credentials with " + response.status()
                + ", and the account is set to answer other challenges only");
        }
        AuthVerdict verdict = exchange.get().onChallenge(signed(request), www, proxy);
        if (verdict instanceof AuthVerdict.Refused refused) {
            return refused(response, realm, "Authentication failed: " + refused.detail());
        }
        challenged = true;
        account.get().challengedBy(hop.peer());
        return new Result.Retry(with(request, ((AuthVerdict.Authorized) verdict).headers()));
    }

    private static Result refused(Response response, String realm, String detail) {
        return new Result.Refused(new Failure.AuthenticationFailed(response.status(), realm, detail));
    }

    private static SignedRequest signed(Request request) {
        return new SignedRequest(request.method().name(), request.requestUri().toString(), request.body());
    }

    /** Tells whether a challenge was answered in this request. */
    boolean isChallenged() {
        return challenged;
    }

    static Request withoutCredentials(Request request) {
        return with(request, List.of());
    }

    private static Request with(Request request, List<Authorization> headers) {
        RequestBuilder builder = request.toBuilder().remove(HeaderName.AUTHORIZATION).remove(HeaderName.PROXY_AUTHORIZATION);
        for (Authorization header : headers) {
            builder.add(header.proxy() ? HeaderName.PROXY_AUTHORIZATION : HeaderName.AUTHORIZATION, header.value());
        }
        return builder.build();
    }

    /** What a challenge came to. */
    sealed interface Result {
        record Retry(Request request) implements Result { }

        record Refused(Failure failure) implements Result { }
    }
}
