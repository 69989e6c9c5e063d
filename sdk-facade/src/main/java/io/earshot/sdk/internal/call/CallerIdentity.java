package io.earshot.sdk.internal.call;

import io.earshot.api.identity.CallerVerification;
import io.earshot.api.identity.spi.CallerVerifier;
import io.earshot.sip.message.HeaderName;
import io.earshot.sip.message.Request;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks the plug-in that verifies callers, if there is one, about an INVITE. */
final class CallerIdentity {
    private static final HeaderName IDENTITY = HeaderName.of("Identity");
    private static final HeaderName ASSERTED = HeaderName.of("P-Asserted-Identity");
    private static final HeaderName DATE = HeaderName.of("Date");

    private final Optional<CallerVerifier> verifier;

    CallerIdentity(Optional<CallerVerifier> verifier) {
        this.verifier = verifier;
    }

    CompletableFuture<CallerVerification> verify(Request invite, Instant received) {
        List<String> identities = invite.values(IDENTITY);
        if (identities.isEmpty()) {
            return CompletableFuture.completedFuture(new CallerVerification.NotSigned());
        }
        if (verifier.isEmpty()) {
            return CompletableFuture.completedFuture(new CallerVerification.NotChecked(Optional.empty(),
                    "Nothing here verifies callers: put io.earshot:stir-shaken on the module path or class path."));
        }
        List<String> callers = new ArrayList<>(List.of(invite.from().uri().toString()));
        invite.values(ASSERTED).forEach(value -> callers.add(uri(value)));
        List<String> called = List.of(invite.to().uri().toString(), invite.requestUri().toString());
        return verifier.get().verify(identities, new CallerVerifier.Facts(callers, called, date(invite), received)).toCompletableFuture();
    }

    private static String uri(String nameAddress) {
        int open = nameAddress.indexOf('<');
        int close = nameAddress.indexOf('>', open + 1);
        return open >= 0 && close > open ? nameAddress.substring(open + 1, close) : nameAddress;
    }

    private static Optional<Instant> date(Request invite) {
        try {
            return invite.value(DATE).map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    void close() {
        verifier.ifPresent(CallerVerifier::close);
    }
}
