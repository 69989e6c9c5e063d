package io.earshot.zrtp;

import io.earshot.srtp.SrtpSuite;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What we have, best first, by the codes of RFC 6189 §5.1.
 *
 * @param lists hashes, ciphers, authentication tags, key agreements and renderings of the short string
 */
record ZrtpPreferences(List<List<String>> lists) {
    private static final List<String> HASHES = List.of(ZrtpHash.S256.code, ZrtpHash.S384.code);
    private static final List<String> AGREEMENTS = List.of(ZrtpAgreement.EC25.code, ZrtpAgreement.DH3K.code, ZrtpAgreement.EC38.code,
        ZrtpAgreement.DH2K.code);

    ZrtpPreferences {
        lists = List.copyOf(lists);
    }

    /**
     * Prefers these suites; where none are named, AES of 128 bits with tags of 80.
     *
     * @throws IllegalArgumentException if none of those that are named can be had by ZRTP
     */
    static ZrtpPreferences of(List<SrtpSuite> suites) {
        List<SrtpSuite> fitting = suites.stream().filter(suite -> cipher(suite).isPresent()).toList();
        if (fitting.isEmpty() && !suites.isEmpty()) {
            throw new IllegalArgumentException("SRTP suites " + suites + " cannot be had by ZRTP; take AES_CM_128 or AES_256_CM ones");
        }
        List<String> ciphers = first(fitting.stream().map(suite -> cipher(suite).orElseThrow()), "AES1", "AES3");
        List<String> tags = first(fitting.stream().map(suite -> suite.name().endsWith("_32") ? "HS32" : "HS80"), "HS80", "HS32");
        return new ZrtpPreferences(List.of(HASHES, ciphers, tags, AGREEMENTS, List.of("B32 ")));
    }

    private static Optional<String> cipher(SrtpSuite suite) {
        return switch (suite) {
            case AES_CM_128_HMAC_SHA1_80, AES_CM_128_HMAC_SHA1_32 -> Optional.of("AES1");
            case AES_256_CM_HMAC_SHA1_80, AES_256_CM_HMAC_SHA1_32 -> Optional.of("AES3");
            default -> Optional.empty();
        };
    }

    /** Whatever is wanted goes first; the rest stays on the list, as each peer has to have it. */
    private static List<String> first(Stream<String> wanted, String... all) {
        Set<String> out = new LinkedHashSet<>(wanted.toList());
        out.addAll(List.of(all));
        return new ArrayList<>(out);
    }
}
