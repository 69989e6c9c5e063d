package io.earshot.stir;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A signer's certificates, his own first, and whether somebody trusted vouches for them (RFC 8226, ATIS-1000080). */
record Chain(List<X509Certificate> certificates) {
    private static final int MAX_CERTIFICATES = 8;
    private static final int P256_BITS = 256;
    /** TNAuthList: which numbers or providers a certificate speaks for (RFC 8226 §9). */
    private static final String TN_AUTH_LIST = "1.3.6.1.5.5.7.1.26";

    /** Reads PEM or DER. */
    static Chain read(byte[] bytes) throws Verdict {
        List<X509Certificate> found = new ArrayList<>();
        try {
            for (Object one : CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes))) {
                found.add((X509Certificate) one);
            }
        } catch (CertificateException | RuntimeException broken) { // the JDK's reader of ASN.1 throws either for garbage
            throw new Verdict(437, "The signer's certificate cannot be read");
        }
        if (found.isEmpty() || found.size() > MAX_CERTIFICATES) {
            throw new Verdict(437, "The signer's address holds " + found.size() + " certificates, wanted 1 to " + MAX_CERTIFICATES);
        }
        return new Chain(List.copyOf(found));
    }

    PublicKey key() throws Verdict {
        PublicKey key = signer().getPublicKey();
        if (key instanceof ECPublicKey curve && curve.getParams().getOrder().bitLength() == P256_BITS) {
            return key;
        }
        throw new Verdict(437, "The signer's key is not on the curve P-256, which ES256 needs");
    }

    X509Certificate signer() {
        return certificates.get(0);
    }

    /** Checks validity, purpose and the way to an anchor at a time. */
    void check(List<X509Certificate> anchors, Instant at) throws Verdict {
        if (signer().getExtensionValue(TN_AUTH_LIST) == null) {
            throw new Verdict(437, "The certificate of " + name() + " does not say for which numbers it speaks (TNAuthList)");
        }
        boolean[] usage = signer().getKeyUsage();
        if (usage != null && !usage[0]) {
            throw new Verdict(437, "The certificate of " + name() + " is not for signatures");
        }
        try {
            Set<TrustAnchor> trusted = anchors.stream().map(anchor -> new TrustAnchor(anchor, null)).collect(Collectors.toSet());
            PKIXParameters parameters = new PKIXParameters(trusted);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            parameters.addCertPathChecker(new TnAuthListKnown(TN_AUTH_LIST));
            List<X509Certificate> path = certificates.stream().filter(one -> !anchors.contains(one)).toList();
            if (!path.isEmpty()) {
                CertPathValidator.getInstance("PKIX").validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            }
        } catch (GeneralSecurityException | RuntimeException untrusted) {
            throw new Verdict(437, "No trust anchor vouches for the certificate of " + name() + ": "
                + IdentityHeader.printable(String.valueOf(untrusted.getMessage())));
        }
    }

    String name() {
        return IdentityHeader.printable(signer().getSubjectX500Principal().getName());
    }
}
