package io.earshot.zrtp;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Optional;
import javax.crypto.KeyAgreement;
import javax.crypto.interfaces.DHPublicKey;
import javax.crypto.spec.DHParameterSpec;
import javax.crypto.spec.DHPublicKeySpec;

/** The key agreements of RFC 6189 §5.1.5. Their arithmetic takes milliseconds: not for a loop. */
enum ZrtpAgreement {
    /** Diffie-Hellman over the group of 2048 bits of RFC 3526, for peers that want it: the weakest, and seldom the fastest. */
    DH2K("DH2k", 256, 256, "", 124_476),
    /** Diffie-Hellman over the group of 3072 bits of RFC 3526, which every peer has. */
    DH3K("DH3k", 384, 384, "", 1_690_314),
    /** Elliptic curve Diffie-Hellman over P-256. */
    EC25("EC25", 64, 32, "secp256r1", 0),
    /** Elliptic curve Diffie-Hellman over P-384. */
    EC38("EC38", 96, 48, "secp384r1", 0);

    private static final int EXPONENT_BITS = 512;

    final String code;
    /** Bytes of a public value. */
    final int publicBytes;
    private final int secretBytes;
    private final String curve;
    private final BigInteger modulus;

    ZrtpAgreement(String code, int publicBytes, int secretBytes, String curve, int pastPi) {
        this.code = code;
        this.publicBytes = publicBytes;
        this.secretBytes = secretBytes;
        this.curve = curve;
        this.modulus = pastPi == 0 ? BigInteger.ZERO : Pi.modulus(8 * publicBytes, pastPi);
    }

    /** Makes a key pair for one exchange. */
    KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(isDh() ? "DH" : "EC");
            if (isDh()) {
                generator.initialize(new DHParameterSpec(modulus, BigInteger.TWO, EXPONENT_BITS));
            } else {
                generator.initialize(new ECGenParameterSpec(curve));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException every) {
            throw new IllegalStateException(every);
        }
    }

    private boolean isDh() {
        return curve.isEmpty();
    }

    BigInteger modulus() {
        return modulus;
    }

    private static final class Pi {
        /** A group of RFC 3526, computed as the RFC defines it: 2^n - 2^(n - 64) - 1 + 2^64 * (floor(2^(n - 130) pi) + past). */
        static BigInteger modulus(int bits, int past) {
            BigInteger two = BigInteger.TWO;
            return two.pow(bits).subtract(two.pow(bits - 64)).subtract(BigInteger.ONE)
                .add(two.pow(64).multiply(pi(bits - 130).add(BigInteger.valueOf(past))));
        }

        /** Returns floor(2^bits * pi), by Machin's formula with bits to spare. */
        private static BigInteger pi(int bits) {
            int spare = 64;
            BigInteger one = BigInteger.ONE.shiftLeft(bits + spare);
            return arctan(one, 5).shiftLeft(4).subtract(arctan(one, 239).shiftLeft(2)).shiftRight(spare);
        }

        private static BigInteger arctan(BigInteger one, int inverse) {
            BigInteger square = BigInteger.valueOf((long) inverse * inverse);
            BigInteger power = one.divide(BigInteger.valueOf(inverse));
            BigInteger sum = power;
            for (int n = 3; power.signum() != 0; n += 2) {
                power = power.divide(square);
                BigInteger term = power.divide(BigInteger.valueOf(n));
                sum = n % 4 == 3 ? sum.subtract(term) : sum.add(term);
            }
            return sum;
        }
    }

    /** Returns what the peer is told. */
    byte[] publicValue(KeyPair pair) {
        if (isDh()) {
            return fixed(((DHPublicKey) pair.getPublic()).getY(), publicBytes);
        }
        ECPoint point = ((ECPublicKey) pair.getPublic()).getW();
        byte[] out = new byte[publicBytes];
        System.arraycopy(fixed(point.getAffineX(), secretBytes), 0, out, 0, secretBytes);
        System.arraycopy(fixed(point.getAffineY(), secretBytes), 0, out, secretBytes, secretBytes);
        return out;
    }

    /** Returns the secret that both sides have; empty when the peer's value is none that may be used (§5.15, RFC 5903 §9). */
    Optional<byte[]> secret(KeyPair own, byte[] theirs) {
        try {
            Optional<PublicKey> peer = isDh() ? dhKey(theirs) : ecKey(theirs);
            if (theirs.length != publicBytes || peer.isEmpty()) {
                return Optional.empty();
            }
            KeyAgreement agreement = KeyAgreement.getInstance(isDh() ? "DH" : "ECDH");
            agreement.init(own.getPrivate());
            agreement.doPhase(peer.get(), true);
            return Optional.of(fixed(new BigInteger(1, agreement.generateSecret()), secretBytes));
        } catch (GeneralSecurityException | IllegalStateException unusable) {
            return Optional.empty();
        }
    }

    private Optional<PublicKey> dhKey(byte[] theirs) throws GeneralSecurityException {
        BigInteger value = new BigInteger(1, theirs);
        boolean usable = value.compareTo(BigInteger.ONE) > 0 && value.compareTo(modulus.subtract(BigInteger.ONE)) < 0;
        return usable ? Optional.of(KeyFactory.getInstance("DH").generatePublic(new DHPublicKeySpec(value, modulus, BigInteger.TWO)))
            : Optional.empty();
    }

    private Optional<PublicKey> ecKey(byte[] theirs) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve));
        ECParameterSpec spec = parameters.getParameterSpec(ECParameterSpec.class);
        BigInteger x = new BigInteger(1, java.util.Arrays.copyOf(theirs, theirs.length / 2));
        BigInteger y = new BigInteger(1, java.util.Arrays.copyOfRange(theirs, theirs.length / 2, theirs.length));
        BigInteger p = ((ECFieldFp) spec.getCurve().getField()).getP();
        BigInteger right = x.modPow(BigInteger.valueOf(3), p).add(spec.getCurve().getA().multiply(x)).add(spec.getCurve().getB()).mod(p);
        boolean onCurve = x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.multiply(y).mod(p).equals(right);
        return onCurve ? Optional.of(KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), spec)))
            : Optional.empty();
    }

    private static byte[] fixed(BigInteger value, int length) {
        byte[] bytes = value.toByteArray();
        byte[] out = new byte[length];
        int take = Math.min(bytes.length, length);
        System.arraycopy(bytes, bytes.length - take, out, length - take, take);
        return out;
    }
}
