package io.earshot.sip.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One Digest challenge, as {@code WWW-Authenticate} and {@code Proxy-Authenticate} carry it (RFC 7616 §3.3).
 *
 * @param realm whose users are asked for
 * @param nonce the server's challenge
 * @param algorithmText the algorithm as spelled, empty when absent
 * @param algorithm what that names; absent means MD5, empty stands for one that is not known here
 * @param qopGiven the server named at least one quality of protection
 * @param qops those of them that are known here, in the server's order
 * @param opaque to be returned as it is
 * @param stale the nonce was too old, the credentials were not wrong
 * @param userhash the server accepts a hash in place of the user name
 */
public record DigestChallenge(String realm, String nonce, String algorithmText, Optional<DigestAlgorithm> algorithm, boolean qopGiven,
        List<Qop> qops, Optional<String> opaque, boolean stale, boolean userhash) {
    public DigestChallenge {
        qops = List.copyOf(qops);
    }

    /**
     * Returns the Digest challenges in the value of one header, in order. Other schemes, and challenges without realm or nonce, are left
     * out; what follows a defect is, too.
     */
    public static List<DigestChallenge> parse(String headerValue) {
        List<DigestChallenge> out = new ArrayList<>();
        for (AuthHeader header : AuthHeader.parse(headerValue)) {
            if (header.isDigest() && header.get("realm").isPresent() && header.get("nonce").isPresent()) {
                out.add(of(header));
            }
        }
        return out;
    }

    private static DigestChallenge of(AuthHeader header) {
        String algorithm = header.get("algorithm").orElse("");
        String qop = header.get("qop").orElse("").strip();
        List<Qop> qops = new ArrayList<>();
        for (String word : qop.split(",")) {
            Qop.parse(word.strip()).filter(known -> !qops.contains(known)).ifPresent(qops::add);
        }
        return new DigestChallenge(header.get("realm").orElseThrow(), header.get("nonce").orElseThrow(), algorithm,
            algorithm.isEmpty() ? Optional.of(DigestAlgorithm.MD5) : DigestAlgorithm.parse(algorithm), !qop.isEmpty(), qops,
            header.get("opaque"), header.flag("stale"), header.flag("userhash"));
    }

    /** Tells whether the algorithm and one of the qualities are known here. */
    boolean isUsable() {
        return algorithm.isPresent() && (!qopGiven || !qops.isEmpty());
    }

    /** Returns the quality to answer with: {@code auth} where there is a choice; empty for a server older than RFC 2617. */
    Optional<Qop> choice() {
        return qops.contains(Qop.AUTH) ? Optional.of(Qop.AUTH) : qops.stream().findFirst();
    }
}
