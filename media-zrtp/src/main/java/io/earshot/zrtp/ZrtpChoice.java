package io.earshot.zrtp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.earshot.srtp.SrtpSuite;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the initiator chose of what both have. */
record ZrtpChoice(ZrtpHash hash, ZrtpCipher cipher, SrtpSuite suite, ZrtpAgreement agreement) {
    /** What every peer has, whether it lists it or not (RFC 6189 §5.1). */
    private static final List<List<String>> ALWAYS = List.of(List.of("S256"), List.of("AES1"), List.of("HS32", "HS80"), List.of("DH3k"),
        List.of("B32 "));
    /** The fastest first: where the two prefer different key agreements, that which comes first here is taken (§4.1.2). */
    private static final List<String> FASTEST = List.of("DH2k", "EC25", "DH3k", "EC38");
    private static final int AGREEMENT = 3;
    private static final int AT = 56;

    /**
     * Chooses: our best that the peer has; of key agreements the same as the peer chooses by its own list and ours, so that neither has to
     * change where both begin at once. One of 384 bits takes the hash and the cipher that go with it (§5.1.5).
     */
    static ZrtpChoice choose(ZrtpPreferences ours, ZrtpHello theirs) {
        String[] best = new String[5];
        for (int i = 0; i < best.length; i++) {
            List<String> has = theirs.lists().get(i);
            List<String> always = ALWAYS.get(i);
            best[i] = ours.lists().get(i).stream().filter(code -> has.contains(code) || always.contains(code)).findFirst().orElseThrow();
        }
        String own = best[AGREEMENT];
        best[AGREEMENT] = theirs.lists().get(AGREEMENT).stream().filter(ours.lists().get(AGREEMENT)::contains).findFirst()
            .filter(other -> FASTEST.indexOf(other) < FASTEST.indexOf(own)).orElse(own);
        if (best[1].equals("AES3") && theirs.lists().get(0).contains("S384") && theirs.lists().get(3).contains("EC38")) {
            best[0] = "S384";
            best[3] = "EC38";
        }
        return of(best).orElseThrow();
    }

    /** Reads what a Commit says; empty if it is something that we do not have. */
    static Optional<ZrtpChoice> read(byte[] commit) {
        String[] codes = new String[5];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = new String(commit, AT + 4 * i, 4, US_ASCII);
        }
        return of(codes);
    }

    private static Optional<ZrtpChoice> of(String[] codes) {
        Optional<ZrtpHash> hash = Arrays.stream(ZrtpHash.values()).filter(one -> one.code.equals(codes[0])).findFirst();
        Optional<ZrtpCipher> cipher = Arrays.stream(ZrtpCipher.values()).filter(one -> one.code.equals(codes[1])).findFirst();
        Optional<ZrtpAgreement> agreement = Arrays.stream(ZrtpAgreement.values()).filter(one -> one.code.equals(codes[3])).findFirst();
        boolean known = hash.isPresent() && cipher.isPresent() && agreement.isPresent() && codes[2].matches("HS(32|80)")
            && codes[4].equals("B32 ");
        return known ? Optional.of(new ZrtpChoice(hash.get(), cipher.get(), suite(cipher.get(), codes[2].equals("HS32")), agreement.get()))
            : Optional.empty();
    }

    private static SrtpSuite suite(ZrtpCipher cipher, boolean small) {
        if (cipher == ZrtpCipher.AES1) {
            return small ? SrtpSuite.AES_CM_128_HMAC_SHA1_32 : SrtpSuite.AES_CM_128_HMAC_SHA1_80;
        }
        return small ? SrtpSuite.AES_256_CM_HMAC_SHA1_32 : SrtpSuite.AES_256_CM_HMAC_SHA1_80;
    }

    /** Returns the five codes of a Commit. */
    byte[] codes() {
        return ZrtpHash.ascii(hash.code + cipher.code + (suite.name().endsWith("_32") ? "HS32" : "HS80") + agreement.code + "B32 ");
    }
}
