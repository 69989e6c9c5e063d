package io.earshot.srtp.dtls;

import io.earshot.api.id.IdSource;
import io.earshot.rtp.secure.HandshakeIdentity;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/**
 * A key of the curve P-256 and a certificate that it signs itself. Nobody vouches for it but the fingerprint in the signalling, so one is
 * made for each call or each engine, and none is stored. Immutable.
 */
public final class DtlsIdentity implements HandshakeIdentity {
    private final AsymmetricKeyParameter privateKey;
    private final byte[] certificate;

    private DtlsIdentity(AsymmetricKeyParameter privateKey, byte[] certificate) {
        this.privateKey = privateKey;
        this.certificate = certificate;
    }

    /**
     * Makes one. Takes some milliseconds: not on a loop.
     *
     * @param ids names certificate and serial number, so that calls cannot be linked by them; the key comes from {@link SecureRandom}
     * @param today the certificate is good from a day before to thirty days after
     */
    public static DtlsIdentity generate(IdSource ids, Instant today) {
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        ECNamedDomainParameters curve = new ECNamedDomainParameters(SECObjectIdentifiers.secp256r1,
            ECNamedCurveTable.getByName("secp256r1"));
        generator.init(new ECKeyGenerationParameters(curve, new SecureRandom()));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        X500Name name = new X500Name("CN=" + ids.token(60));
        AlgorithmIdentifier algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        V3TBSCertificateGenerator certificate = new V3TBSCertificateGenerator();
        certificate.setSerialNumber(new ASN1Integer(BigInteger.valueOf(ids.nextLong() >>> 1 | 1)));
        certificate.setSignature(algorithm);
        certificate.setIssuer(name);
        certificate.setSubject(name);
        certificate.setStartDate(new Time(Date.from(today.minus(Duration.ofDays(1)))));
        certificate.setEndDate(new Time(Date.from(today.plus(Duration.ofDays(30)))));
        try {
            certificate.setSubjectPublicKeyInfo(SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic()));
            return new DtlsIdentity(pair.getPrivate(), sign(certificate.generateTBSCertificate(), algorithm, pair, curve));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sign(TBSCertificate content, AlgorithmIdentifier algorithm, AsymmetricCipherKeyPair pair,
            ECNamedDomainParameters curve) throws IOException, NoSuchAlgorithmException {
        ECDSASigner signer = new ECDSASigner();
        signer.init(true, pair.getPrivate());
        BigInteger[] signature = signer.generateSignature(MessageDigest.getInstance("SHA-256").digest(content.getEncoded("DER")));
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(content);
        parts.add(algorithm);
        parts.add(new DERBitString(StandardDSAEncoding.INSTANCE.encode(curve.getN(), signature[0], signature[1])));
        return new DERSequence(parts).getEncoded("DER");
    }

    /** Returns the fingerprint that the signalling must carry. */
    public Fingerprint fingerprint(Fingerprint.Hash hash) {
        return Fingerprint.of(hash, certificate);
    }

    /** Returns a copy of the certificate in DER. */
    public byte[] certificate() {
        return certificate.clone();
    }

    AsymmetricKeyParameter privateKey() {
        return privateKey;
    }
}
