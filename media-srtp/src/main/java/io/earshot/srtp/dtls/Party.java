package io.earshot.srtp.dtls;

import io.earshot.srtp.SrtpMasterKey;
import io.earshot.srtp.SrtpSuite;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** What client and server of a handshake have in common; used on the worker. */
final class Party {
    /** Bouncy Castle's own clock runs this often; {@link HandshakeTransport} decides when it may act. */
    static final int NATIVE_RESEND_MILLIS = 1;
    static final int[] CIPHER_SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA};
    /** A server whose certificate is of RSA is fine; ours is not. */
    static final int[] CLIENT_CIPHER_SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA};

    final BcTlsCrypto crypto = new BcTlsCrypto(new SecureRandom());
    final List<SrtpSuite> suites;
    private final DtlsIdentity identity;
    private final List<Fingerprint> expected;
    private Optional<SrtpSuite> agreed = Optional.empty();
    private byte[] peerCertificate = {};
    private byte[] exported = {};

    /** An empty list of fingerprints: the certificate is judged later. */
    Party(DtlsIdentity identity, List<SrtpSuite> suites, List<Fingerprint> expected) {
        this.identity = identity;
        this.suites = suites;
        this.expected = expected;
    }

    void verify(Certificate chain) throws IOException {
        if (chain == null || chain.isEmpty()) {
            throw new HandshakeFailure(AlertDescription.handshake_failure, DtlsFailure.Cause.NO_CERTIFICATE, "the peer has no certificate");
        }
        peerCertificate = chain.getCertificateAt(0).getEncoded();
        if (!expected.isEmpty() && !fits(peerCertificate, expected)) {
            throw new HandshakeFailure(AlertDescription.bad_certificate, DtlsFailure.Cause.WRONG_FINGERPRINT,
                wrongFingerprint(peerCertificate, expected));
        }
    }

    static boolean fits(byte[] certificate, List<Fingerprint> expected) {
        return expected.stream().anyMatch(fingerprint -> fingerprint.matches(certificate));
    }

    static String wrongFingerprint(byte[] certificate, List<Fingerprint> expected) {
        return "the peer's certificate is not the one announced in SDP: announced " + expected.get(0) + ", presented "
            + Fingerprint.of(expected.get(0).hash(), certificate);
    }

    byte[] peerCertificate() {
        return peerCertificate;
    }

    TlsCredentialedSigner credentials(TlsContext context) {
        TlsCertificate own;
        try {
            own = crypto.createCertificate(identity.certificate());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new BcDefaultTlsCredentialedSigner(new TlsCryptoParameters(context), crypto, identity.privateKey(),
            new Certificate(new TlsCertificate[] {own}), new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    UseSRTPData offer() {
        return new UseSRTPData(suites.stream().mapToInt(SrtpSuite::dtlsProfile).toArray(), new byte[0]);
    }

    /** The server's choice: our best that the client has (RFC 5764 §4.1.1). */
    UseSRTPData choose(UseSRTPData offered) throws IOException {
        int[] theirs = offered == null ? new int[0] : offered.getProtectionProfiles();
        agreed = suites.stream().filter(suite -> Arrays.stream(theirs).anyMatch(profile -> profile == suite.dtlsProfile())).findFirst();
        if (agreed.isEmpty()) {
            throw nothingInCommon();
        }
        return new UseSRTPData(new int[] {agreed.get().dtlsProfile()}, new byte[0]);
    }

    /** The client's check of the server's choice. */
    void chosen(UseSRTPData answer) throws IOException {
        int[] theirs = answer == null ? new int[0] : answer.getProtectionProfiles();
        agreed = theirs.length == 1 ? SrtpSuite.ofDtlsProfile(theirs[0]).filter(suites::contains) : Optional.empty();
        if (agreed.isEmpty()) {
            throw nothingInCommon();
        }
        if (answer.getMki().length > 0) {
            throw new HandshakeFailure(AlertDescription.illegal_parameter, DtlsFailure.Cause.PROTOCOL, "the peer answers with an MKI");
        }
    }

    private static HandshakeFailure nothingInCommon() {
        return new HandshakeFailure(AlertDescription.handshake_failure, DtlsFailure.Cause.NOTHING_IN_COMMON,
            "no SRTP protection profile in common with the peer");
    }

    void complete(TlsContext context) {
        SrtpSuite suite = agreed.orElseThrow();
        exported = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, 2 * (suite.keyBytes() + suite.saltBytes()));
    }

    /** RFC 5764 §4.2: client key, server key, client salt, server salt. */
    DtlsOutput.Established keys(DtlsRole role) {
        SrtpSuite suite = agreed.orElseThrow();
        int salts = 2 * suite.keyBytes();
        SrtpMasterKey client = SrtpMasterKey.of(Arrays.copyOf(exported, suite.keyBytes()),
            Arrays.copyOfRange(exported, salts, salts + suite.saltBytes()));
        SrtpMasterKey server = SrtpMasterKey.of(Arrays.copyOfRange(exported, suite.keyBytes(), salts),
            Arrays.copyOfRange(exported, salts + suite.saltBytes(), exported.length));
        return role == DtlsRole.CLIENT ? new DtlsOutput.Established(suite, client, server)
            : new DtlsOutput.Established(suite, server, client);
    }
}
