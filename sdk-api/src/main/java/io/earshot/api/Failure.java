package io.earshot.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Why something did not come about. A value, not an exception: it arrives inside events and inside {@link VoipException}.
 * {@link #sentence()} is for people; everything else is for programs.
 */
public sealed interface Failure {
    /** Returns what happened and, where there is one, the fix, in one or two English sentences. */
    String sentence();

    /** Returns the SIP status code, where a SIP response was the cause. */
    default Optional<Integer> sipStatus() {
        return Optional.empty();
    }

    /** The peer is on another call: 486 or 600. */
    record Busy(int status, String reason) implements Failure {
        @Override
        public String sentence() {
            return "The other side is busy (" + status + " " + reason + ").";
        }

        @Override
        public Optional<Integer> sipStatus() {
            return Optional.of(status);
        }
    }

    /** A person or a rule said no: 603 or 403 to a call. */
    record Declined(int status, String reason) implements Failure {
        @Override
        public String sentence() {
            return "The call was declined (" + status + " " + reason + ").";
        }

        @Override
        public Optional<Integer> sipStatus() {
            return Optional.of(status);
        }
    }

    /** No such user: 404, 410, 484 or 604. */
    record NotFound(String target, int status, String reason) implements Failure {
        @Override
        public String sentence() {
            return "The server does not know " + target + " (" + status + " " + reason + ").";
        }

        @Override
        public Optional<Integer> sipStatus() {
            return Optional.of(status);
        }
    }

    /** The user exists and is not there: 480. */
    record Unavailable(String target, int status, String reason) implements Failure {
        @Override
        public String sentence() {
            return target + " is not reachable now (" + status + " " + reason + ").";
        }

        @Override
        public Optional<Integer> sipStatus() {
            return Optional.of(status);
        }
    }

    /** No codec, address family or encryption in common: 488, 606, 415, or our own finding. */
    record MediaRefused(int status, String detail) implements Failure {
        @Override
        public String sentence() {
            return "The two sides have no audio format in common: " + detail;
        }

        @Override
        public Optional<Integer> sipStatus() {
            return status == 0 ? Optional.empty() : Optional.of(status);
        }
    }

    /**
     * The sound cannot be encrypted as it has to be, or the peer demands what is switched off here.
     *
     * @param status the SIP status; 0 when it is our own finding
     * @param detail what exactly went wrong, a sentence
     */
    record NotEncrypted(int status, String detail) implements Failure {
        @Override
        public String sentence() {
            return "The call cannot be encrypted as demanded: " + detail;
        }

        @Override
        public Optional<Integer> sipStatus() {
            return status == 0 ? Optional.empty() : Optional.of(status);
        }
    }

    /**
     * The peer does not know the secret kept of earlier calls with it: it has lost it, or somebody is in between (ZRTP, RFC 6189 §4.3.2).
     *
     * @param shortString what the two users have to compare, as in the first call
     */
    record PeerNotRecognised(String shortString) implements Failure {
        @Override
        public String sentence() {
            return "The other side does not know the secret kept of earlier calls with it: it has lost it, or somebody is in between."
                    + " Compare the characters " + shortString + " with it by voice.";
        }
    }

    /**
     * The server refused the user name or the password, or asks for credentials that there are none of: 401, 403 or 407.
     *
     * @param user the user name given, or that would have been given
     * @param realm the realm that the server asked for
     * @param status the SIP status
     * @param detail what exactly went wrong, a sentence
     */
    record AuthenticationFailed(String user, String realm, int status, String detail) implements Failure {
        @Override
        public String sentence() {
            return detail;
        }

        @Override
        public Optional<Integer> sipStatus() {
            return Optional.of(status);
        }
    }

    /**
     * Neither sound nor a report came from the peer for so long that the call was ended.
     *
     * @param silent how long
     * @param ever whether anything ever came
     */
    record MediaLost(Duration silent, boolean ever) implements Failure {
        @Override
        public String sentence() {
            return ever ? "The call was ended: nothing was heard of the other side for " + silent.toSeconds() + " s."
                    : "The call was ended: no sound came from the other side in " + silent.toSeconds()
                    + " s; a firewall or router may keep it back.";
        }
    }

    /** Any other refusal. */
    record Rejected(int status, String reason, Optional<Duration> retryAfter) implements Failure {
        @Override
        public String sentence() {
            return "The server refused: " + status + " " + reason
                    + retryAfter.map(after -> "; try again in " + after.toSeconds() + " s").orElse("") + ".";
        }

        @Override
        public Optional<Integer> sipStatus() {
            return Optional.of(status);
        }
    }

    /** The peer asks to call elsewhere and redirects are not followed, or there were too many. */
    record Redirected(int status, List<String> contacts) implements Failure {
        @Override
        public String sentence() {
            return "The call was redirected (" + status + ") to " + String.join(", ", contacts) + ".";
        }

        @Override
        public Optional<Integer> sipStatus() {
            return Optional.of(status);
        }
    }

    /** Nobody answered in time: no response at all, or ringing for too long. */
    record TimedOut(String what) implements Failure {
        @Override
        public String sentence() {
            return what;
        }

        @Override
        public Optional<Integer> sipStatus() {
            return Optional.of(408);
        }
    }

    /** A name that DNS does not have, a port that is closed, a network that is down. */
    record Unreachable(String detail) implements Failure {
        @Override
        public String sentence() {
            return detail;
        }
    }

    /** We gave up ourselves: hung up, cancelled, closed. */
    record Cancelled(String detail) implements Failure {
        @Override
        public String sentence() {
            return detail;
        }
    }

    /** A rule of {@link io.earshot.api.calls.CallRules} forbids it. */
    record Forbidden(String detail) implements Failure {
        @Override
        public String sentence() {
            return detail;
        }
    }

    /** An argument or setting that cannot be used. */
    record BadArgument(String detail) implements Failure {
        @Override
        public String sentence() {
            return detail;
        }
    }

    /** The local port cannot be had, the sound device cannot be opened, a file cannot be written. */
    record LocalResource(String detail) implements Failure {
        @Override
        public String sentence() {
            return detail;
        }
    }

    /**
     * A plug-in that is needed is not there.
     *
     * @param kind what it would provide: codec, transport, …
     * @param name which one
     * @param artifact the Maven coordinates to add
     */
    record NoProvider(String kind, String name, String artifact) implements Failure {
        @Override
        public String sentence() {
            return "no " + kind + " provider for " + name + " on the module path; add " + artifact;
        }
    }

    /** The other side broke the protocol in a way that the call cannot survive, or we did. */
    record Protocol(String detail) implements Failure {
        @Override
        public String sentence() {
            return detail;
        }
    }
}
