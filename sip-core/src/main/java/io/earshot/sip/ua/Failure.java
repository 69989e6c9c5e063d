package io.earshot.sip.ua;

import static java.util.Objects.requireNonNull;

import io.earshot.sip.message.NameAddr;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Why a request brought nothing: a protocol outcome as a value. */
public sealed interface Failure extends EndCause {
    /**
     * The peer or a proxy refused.
     *
     * @param status 300 to 699
     * @param reasonPhrase as sent
     * @param retryAfter the Retry-After header in seconds
     * @param warning the first Warning header, as sent
     */
    record Rejected(int status, String reasonPhrase, OptionalLong retryAfter, Optional<String> warning) implements Failure {
        public Rejected {
            requireNonNull(reasonPhrase, "reasonPhrase");
            requireNonNull(retryAfter, "retryAfter");
            requireNonNull(warning, "warning");
        }

        @Override
        public String sentence() {
            return "The other side answered " + status + " " + reasonPhrase + warning.map(text -> " (" + text + ")").orElse("");
        }
    }

    /** No answer in time: timer B or F, 64 T1. {@code detail} is the sentence. */
    record TimedOut(String detail) implements Failure {
        public TimedOut {
            requireNonNull(detail, "detail");
        }

        @Override
        public String sentence() {
            return detail;
        }
    }

    /** There is no address or no route to send to: unknown name, no DNS, no such transport. {@code detail} is the sentence. */
    record Unreachable(String detail) implements Failure {
        public Unreachable {
            requireNonNull(detail, "detail");
        }

        @Override
        public String sentence() {
            return detail;
        }
    }

    /**
     * The credentials were refused, or the server asked for some that we have not.
     *
     * @param status 401 or 407
     * @param realm the realm the server asked for, or the empty string
     * @param detail the sentence
     */
    record AuthenticationFailed(int status, String realm, String detail) implements Failure {
        public AuthenticationFailed {
            requireNonNull(realm, "realm");
            requireNonNull(detail, "detail");
        }

        @Override
        public String sentence() {
            return detail;
        }
    }

    /** The transport could not deliver: refused port, connection lost. {@code detail} is the sentence. */
    record TransportFailed(String detail) implements Failure {
        public TransportFailed {
            requireNonNull(detail, "detail");
        }

        @Override
        public String sentence() {
            return detail;
        }
    }

    /** The peer broke the protocol in a way the call cannot go on with. {@code detail} is the sentence. */
    record ProtocolError(String detail) implements Failure {
        public ProtocolError {
            requireNonNull(detail, "detail");
        }

        @Override
        public String sentence() {
            return detail;
        }
    }

    /**
     * The call was sent elsewhere and not followed.
     *
     * @param status 300 to 399
     * @param contacts where to, best first
     */
    record Redirected(int status, List<NameAddr> contacts) implements Failure {
        public Redirected {
            contacts = List.copyOf(contacts);
        }

        @Override
        public String sentence() {
            return "The call was redirected (" + status + ")" + (contacts.isEmpty() ? "" : " to " + contacts.get(0).uri());
        }
    }
}
