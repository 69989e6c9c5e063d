package io.earshot.sip.auth;

import static java.util.Objects.requireNonNull;

import io.earshot.api.id.IdSource;
import io.earshot.api.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The asking side of digest authentication: a registrar's or a proxy's. It makes challenges and checks the answers: nonce life, stale,
 * use counts (replay), body integrity. Memory is bounded, and requests with wrong or no credentials take none.
 *
 * <p>Sans-IO; confined to one thread; {@code now} comes from a {@link Ticker}.
 */
public final class DigestServer {
    private final Settings settings;
    private final UserStore users;
    private final NonceTable nonces;

    /**
     * How a realm asks.
     *
     * @param realm its name
     * @param algorithms one challenge each, the most wanted first (RFC 8760 §2.3)
     * @param qops the protections offered; empty asks as servers did before RFC 2617, without protection from replay
     * @param nonceLife nanoseconds until a nonce is stale
     * @param maxNonces answered nonces remembered
     * @param userhash let clients hide the user name
     * @param sameUri demand that the {@code uri} parameter is the Request-URI to the letter; off by default, since proxies may have
     *     rewritten the latter and some clients sign another
     */
    public record Settings(String realm, List<DigestAlgorithm> algorithms, Set<Qop> qops, long nonceLife, int maxNonces, boolean userhash,
            boolean sameUri) {
        public Settings {
            requireNonNull(realm, "realm");
            algorithms = List.copyOf(algorithms);
            qops = Set.copyOf(qops);
            if (algorithms.isEmpty() || nonceLife <= 0 || maxNonces <= 0) {
                throw new IllegalArgumentException("algorithms, nonce life and the number of nonces must be set");
            }
        }

        /** Returns the usual: MD5, {@code auth}, nonces good for five minutes, 10,000 of them. */
        public static Settings of(String realm) {
            return new Settings(realm, List.of(DigestAlgorithm.MD5), Set.of(Qop.AUTH), 300 * Ticker.SECOND, 10_000, false, false);
        }

        /** Returns a copy with other algorithms. */
        public Settings withAlgorithms(DigestAlgorithm... wanted) {
            return new Settings(realm, List.of(wanted), qops, nonceLife, maxNonces, userhash, sameUri);
        }

        /** Returns a copy with other protections. */
        public Settings withQops(Qop... wanted) {
            return new Settings(realm, algorithms, Set.of(wanted), nonceLife, maxNonces, userhash, sameUri);
        }

        /** Returns a copy with another life of nonces, in nanoseconds. */
        public Settings withNonceLife(long nanos) {
            return new Settings(realm, algorithms, qops, nanos, maxNonces, userhash, sameUri);
        }
    }

    /** What a header of credentials proves. */
    public sealed interface Verdict { }

    /**
     * The user is who it claims to be.
     *
     * @param user the name, also where only its hash came
     * @param uri the {@code uri} parameter that was signed
     */
    public record Accepted(String user, String uri) implements Verdict { }

    /** The answer is right, but the nonce is too old: challenge again with {@code stale}. */
    public record Stale() implements Verdict { }

    /**
     * The user has proved nothing.
     *
     * @param reason for counting; do not tell the peer
     */
    public record Denied(Denial reason) implements Verdict { }

    /** Why credentials are not accepted. */
    public enum Denial {
        /** Not Digest, a parameter is missing or comes twice, or a number is none. */
        MALFORMED,
        /** For another realm: perhaps for the next server on the way. */
        OTHER_REALM,
        /** An algorithm or protection that was not offered. */
        NOT_OFFERED,
        /** A nonce that is not ours. */
        FOREIGN_NONCE,
        /** Nobody of that name. */
        UNKNOWN_USER,
        /** The response does not come out. */
        WRONG_RESPONSE,
        /** This use of the nonce was seen before. */
        REPLAY,
        /** Signed for another URI. */
        OTHER_URI
    }

    /** Makes a server. */
    public DigestServer(Settings settings, UserStore users, IdSource ids) {
        this.settings = requireNonNull(settings, "settings");
        this.users = requireNonNull(users, "users");
        this.nonces = new NonceTable(ids, settings.nonceLife(), settings.maxNonces());
    }

    /** Returns the values of {@code WWW-Authenticate} or {@code Proxy-Authenticate} headers to send, one for each algorithm. */
    public List<String> challenges(boolean stale, long now) {
        List<String> out = new ArrayList<>();
        for (DigestAlgorithm algorithm : settings.algorithms()) {
            StringBuilder value = new StringBuilder("Digest realm=").append(AuthHeader.quote(settings.realm()))
                .append(", nonce=\"").append(nonces.issue(now)).append("\", algorithm=").append(algorithm.token());
            if (!settings.qops().isEmpty()) {
                value.append(", qop=\"").append(String.join(",", settings.qops().stream().sorted().map(Qop::token).toList())).append('"');
            }
            out.add(value.append(stale ? ", stale=true" : "").append(settings.userhash() ? ", userhash=true" : "").toString());
        }
        return out;
    }

    /**
     * Checks the value of one {@code Authorization} or {@code Proxy-Authorization} header. A count that was accepted once is a replay the
     * next time, so call this once per request; retransmissions end in the transaction.
     */
    public Verdict verify(String headerValue, SignedRequest request, long now) {
        Optional<Answer> read = Answer.parse(headerValue);
        if (read.isEmpty()) {
            return new Denied(Denial.MALFORMED);
        }
        Answer answer = read.get();
        if (!answer.realm().equals(settings.realm())) {
            return new Denied(Denial.OTHER_REALM);
        }
        if (!settings.algorithms().contains(answer.algorithm())
                || (answer.qop().isPresent() ? !settings.qops().contains(answer.qop().get()) : !settings.qops().isEmpty())) {
            return new Denied(Denial.NOT_OFFERED);
        }
        NonceTable.State nonce = nonces.state(answer.nonce(), now);
        if (nonce == NonceTable.State.FOREIGN) {
            return new Denied(Denial.FOREIGN_NONCE);
        }
        return settings.sameUri() && !answer.uri().equals(request.uri()) ? new Denied(Denial.OTHER_URI)
            : proof(answer, request, nonce, now);
    }

    private Verdict proof(Answer answer, SignedRequest request, NonceTable.State nonce, long now) {
        Optional<Credentials> user = answer.userhash()
            ? users.findHashed(answer.username().toLowerCase(Locale.ROOT), answer.algorithm(), settings.realm())
            : users.find(answer.username());
        Optional<String> ha1 = user.filter(known -> known.isFor(settings.realm()))
            .flatMap(known -> known.ha1(answer.algorithm(), settings.realm()));
        if (ha1.isEmpty()) {
            return new Denied(Denial.UNKNOWN_USER);
        }
        String expected = new DigestResponse(answer.algorithm(), answer.nonce(), answer.nc(), answer.cnonce(), answer.qop(),
            request.method(), answer.uri()).compute(ha1.get(), request.body());
        if (!sameText(expected, answer.response().toLowerCase(Locale.ROOT))) {
            return new Denied(Denial.WRONG_RESPONSE);
        }
        if (nonce == NonceTable.State.STALE) {
            return new Stale();
        }
        boolean fresh = answer.qop().isEmpty() || nonces.use(answer.nonce(), answer.count(), now);
        return fresh ? new Accepted(user.get().user(), answer.uri()) : new Denied(Denial.REPLAY);
    }

    /** Compares in a time that does not tell where the difference is. */
    static boolean sameText(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /** The parameters of an answer, complete and of the right form. */
    private record Answer(String username, String realm, String nonce, String uri, String response, DigestAlgorithm algorithm,
            Optional<Qop> qop, String cnonce, String nc, boolean userhash) {

        static Optional<Answer> parse(String value) {
            List<AuthHeader> headers = AuthHeader.parse(value);
            if (headers.size() != 1 || !headers.get(0).isDigest() || headers.get(0).repeated()) {
                return Optional.empty();
            }
            AuthHeader header = headers.get(0);
            Optional<DigestAlgorithm> algorithm = DigestAlgorithm.parse(header.get("algorithm").orElse("MD5"));
            Optional<Qop> qop = header.get("qop").flatMap(Qop::parse);
            boolean complete = Set.of("username", "realm", "nonce", "uri", "response").stream().allMatch(header.params()::containsKey)
                && algorithm.isPresent() && qop.isPresent() == header.get("qop").isPresent()
                && (qop.isEmpty() || header.get("cnonce").isPresent() && isCount(header.get("nc").orElse("")));
            if (!complete) {
                return Optional.empty();
            }
            return Optional.of(new Answer(header.params().get("username"), header.params().get("realm"), header.params().get("nonce"),
                header.params().get("uri"), header.params().get("response"), algorithm.get(), qop, header.get("cnonce").orElse(""),
                header.get("nc").orElse(""), header.flag("userhash")));
        }

        private static boolean isCount(String nc) {
            return nc.length() == 8 && nc.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0);
        }

        long count() {
            return Long.parseLong(nc, 16);
        }
    }
}
