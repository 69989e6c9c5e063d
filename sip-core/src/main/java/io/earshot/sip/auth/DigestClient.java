package io.earshot.sip.auth;

import static java.util.Objects.requireNonNull;

import io.earshot.api.id.IdSource;
import io.earshot.sip.auth.AuthVerdict.Authorized;
import io.earshot.sip.auth.AuthVerdict.Reason;
import io.earshot.sip.auth.AuthVerdict.Refused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Answers digest challenges for one account (RFC 3261 §22, RFC 7616, RFC 8760): the strongest algorithm of each realm, and within the
 * same strength the server's first; {@code auth} rather than {@code auth-int}. It remembers the nonce of each realm and counts its uses,
 * so that later requests can carry credentials at once.
 *
 * <p>Confined to one thread. For each request make an {@link Exchange}.
 */
public final class DigestClient {
    /** How often one request is sent again, unless said otherwise. */
    public static final int DEFAULT_TRIES = 3;

    /** Realms remembered; the one not used for longest makes room. */
    private static final int MAX_REALMS = 16;

    private final List<Credentials> credentials;
    private final IdSource ids;
    private final int maxTries;
    private final Map<Space, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

    /** A protection space: realms of a proxy and of a server are different ones even under the same name. */
    private record Space(boolean proxy, String realm) { }

    /** One nonce in use. */
    private static final class Session {
        private final DigestChallenge challenge;
        private final Credentials credentials;
        private final String cnonce;
        private int count;

        Session(DigestChallenge challenge, Credentials credentials, String cnonce) {
            this.challenge = challenge;
            this.credentials = credentials;
            this.cnonce = cnonce;
        }
    }

    /** Makes a client of one user's credentials. */
    public DigestClient(Credentials credentials, IdSource ids) {
        this(List.of(credentials), ids, DEFAULT_TRIES);
    }

    /**
     * Makes a client that knows several realms.
     *
     * @param credentials for each realm the first that fits is taken
     * @param maxTries how often one request may be sent again, 1 to 10
     */
    public DigestClient(List<Credentials> credentials, IdSource ids, int maxTries) {
        this.credentials = List.copyOf(credentials);
        this.ids = requireNonNull(ids, "ids");
        this.maxTries = maxTries;
        if (maxTries < 1 || maxTries > 10) {
            throw new IllegalArgumentException("maxTries must be 1 to 10, not " + maxTries);
        }
    }

    /** Returns the authentication of one request, from its first sending to its last. */
    public Exchange exchange() {
        return new Exchange();
    }

    /** Forgets every nonce. */
    public void forget() {
        sessions.clear();
    }

    /** The tries of one request. */
    public final class Exchange {
        private final Map<Space, String> carried = new LinkedHashMap<>();
        private final Map<Space, String> answered = new LinkedHashMap<>();
        private int tries;

        private Exchange() {
        }

        /**
         * Returns headers for the first sending, from nonces known already: none before the first challenge. Use it only for requests to
         * where the challenges came from.
         */
        public List<Authorization> preemptive(SignedRequest request) {
            List.copyOf(sessions.keySet()).forEach(space -> carried.put(space, sessions.get(space).challenge.nonce()));
            return sign(request);
        }

        /**
         * Answers the challenges of a 401 or 407.
         *
         * @param request as it will be sent again
         * @param www the values of {@code WWW-Authenticate}
         * @param proxy the values of {@code Proxy-Authenticate}
         */
        public AuthVerdict onChallenge(SignedRequest request, List<String> www, List<String> proxy) {
            Map<Space, List<DigestChallenge>> asked = new LinkedHashMap<>();
            collect(www, false, asked);
            collect(proxy, true, asked);
            if (asked.isEmpty()) {
                return new Refused(Reason.NO_CHALLENGE, "the server asks for authentication, but not by Digest");
            }
            Map<Space, Session> chosen = new LinkedHashMap<>();
            Refused last = wrongRealm(asked.keySet());
            for (Map.Entry<Space, List<DigestChallenge>> entry : asked.entrySet()) {
                Optional<Credentials> fitting = credentials.stream().filter(one -> one.isFor(entry.getKey().realm())).findFirst();
                if (fitting.isPresent()) {
                    Optional<DigestChallenge> best = strongest(entry.getValue(), fitting.get());
                    best.ifPresent(challenge -> chosen.put(entry.getKey(), session(entry.getKey(), challenge, fitting.get())));
                    last = best.isPresent() ? last : unsupported(entry.getValue());
                }
            }
            if (chosen.isEmpty()) {
                return last;
            }
            Optional<Refused> end = end(chosen);
            return end.isPresent() ? end.get() : authorize(request, chosen);
        }

        private Optional<Refused> end(Map<Space, Session> chosen) {
            for (Map.Entry<Space, Session> entry : chosen.entrySet()) {
                DigestChallenge challenge = entry.getValue().challenge;
                boolean seen = answered.containsKey(entry.getKey()) || challenge.nonce().equals(carried.get(entry.getKey()));
                if (seen && !challenge.stale()) {
                    sessions.remove(entry.getKey());
                    return Optional.of(new Refused(Reason.REJECTED, "the server rejected user " + entry.getValue().credentials.user()
                        + " or its password for realm " + brief(entry.getKey().realm())));
                }
            }
            return tries < maxTries ? Optional.empty()
                : Optional.of(new Refused(Reason.TOO_MANY_TRIES, "the server asked for authentication again after " + tries + " answers"));
        }

        private AuthVerdict authorize(SignedRequest request, Map<Space, Session> chosen) {
            tries++;
            chosen.forEach((space, session) -> {
                remember(space, session);
                carried.put(space, session.challenge.nonce());
                answered.put(space, session.challenge.nonce());
            });
            return new Authorized(sign(request));
        }

        /** Signs for every space this request has met: the second proxy's challenge does not make the first one's go away. */
        private List<Authorization> sign(SignedRequest request) {
            List<Authorization> out = new ArrayList<>();
            for (Space space : carried.keySet()) {
                Session session = sessions.get(space);
                if (session != null) {
                    out.add(new Authorization(space.proxy(), header(session, request)));
                }
            }
            return out;
        }
    }

    private static void collect(List<String> values, boolean proxy, Map<Space, List<DigestChallenge>> out) {
        for (String value : values) {
            for (DigestChallenge challenge : DigestChallenge.parse(value)) {
                Space space = new Space(proxy, challenge.realm());
                if (out.containsKey(space) || out.size() < MAX_REALMS) {
                    out.computeIfAbsent(space, any -> new ArrayList<>()).add(challenge);
                }
            }
        }
    }

    private static Optional<DigestChallenge> strongest(List<DigestChallenge> challenges, Credentials secret) {
        Optional<DigestChallenge> best = Optional.empty();
        for (DigestChallenge challenge : challenges) {
            boolean possible = challenge.isUsable() && secret.ha1(algorithm(challenge), challenge.realm()).isPresent();
            if (possible && (best.isEmpty() || algorithm(challenge).strength() > algorithm(best.get()).strength())) {
                best = Optional.of(challenge);
            }
        }
        return best;
    }

    private static DigestAlgorithm algorithm(DigestChallenge usable) {
        return usable.algorithm().orElseThrow();
    }

    /** The nonce's session: the count goes on if the server repeats its nonce. */
    private Session session(Space space, DigestChallenge challenge, Credentials secret) {
        Session known = sessions.get(space);
        Session session = new Session(challenge, secret, ids.token(128));
        if (known != null && known.challenge.nonce().equals(challenge.nonce())) {
            session.count = known.count;
        }
        return session;
    }

    private void remember(Space space, Session session) {
        sessions.put(space, session);
        if (sessions.size() > MAX_REALMS) {
            sessions.remove(sessions.keySet().iterator().next());
        }
    }

    private Refused wrongRealm(Set<Space> asked) {
        Set<String> theirs = new TreeSet<>();
        asked.forEach(space -> theirs.add(brief(space.realm())));
        Set<String> ours = new TreeSet<>();
        credentials.forEach(one -> ours.add(one.realm().map(DigestClient::brief).orElse("any")));
        return new Refused(Reason.WRONG_REALM, "the server asks for realm " + String.join(", ", theirs) + ", but the credentials are for "
            + (ours.isEmpty() ? "none" : String.join(", ", ours)));
    }

    private static Refused unsupported(List<DigestChallenge> challenges) {
        Set<String> asked = new TreeSet<>();
        challenges.forEach(challenge -> asked.add(challenge.algorithmText().isEmpty() ? "MD5" : brief(challenge.algorithmText())));
        return new Refused(Reason.NO_SUPPORTED_ALGORITHM, "the server asks for digest " + String.join(", ", asked)
            + " in a way that the credentials cannot answer");
    }

    private static String brief(String text) {
        return "'" + (text.length() > 64 ? text.substring(0, 64) + "…" : text) + "'";
    }

    private static String header(Session session, SignedRequest request) {
        DigestChallenge challenge = session.challenge;
        DigestAlgorithm algorithm = algorithm(challenge);
        Optional<Qop> qop = challenge.choice();
        String nc = String.format("%08x", ++session.count);
        String user = session.credentials.user();
        String ha1 = session.credentials.ha1(algorithm, challenge.realm()).orElseThrow();
        String response = new DigestResponse(algorithm, challenge.nonce(), nc, session.cnonce, qop, request.method(), request.uri())
            .compute(ha1, request.body());
        StringBuilder out = new StringBuilder(400).append("Digest username=")
            .append(AuthHeader.quote(challenge.userhash() ? algorithm.hash(user + ":" + challenge.realm()) : user))
            .append(", realm=").append(AuthHeader.quote(challenge.realm()))
            .append(", nonce=").append(AuthHeader.quote(challenge.nonce()))
            .append(", uri=").append(AuthHeader.quote(request.uri()))
            .append(", response=\"").append(response).append('"');
        if (!challenge.algorithmText().isEmpty()) {
            out.append(", algorithm=").append(challenge.algorithmText());
        }
        if (qop.isPresent() || algorithm.isSession()) {
            out.append(", cnonce=").append(AuthHeader.quote(session.cnonce));
        }
        challenge.opaque().ifPresent(opaque -> out.append(", opaque=").append(AuthHeader.quote(opaque)));
        qop.ifPresent(quality -> out.append(", qop=").append(quality.token()).append(", nc=").append(nc));
        return out.append(challenge.userhash() ? ", userhash=true" : "").toString();
    }
}
