package io.earshot.srtp.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rfc4145")
@Tag("rfc8122")
@Tag("rfc8842")
class DtlsDescriptionTest {
    private static final byte[] CERTIFICATE = "abc".getBytes(StandardCharsets.US_ASCII);
    private static final String SHA_256 =
        "sha-256 BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD";

    @Test void fingerprintsAreWrittenAndReadInAnyCase() {
        assertEquals(SHA_256, Fingerprint.of(Fingerprint.Hash.SHA_256, CERTIFICATE).toString());
        Fingerprint read = Fingerprint.parse(" SHA-256  " + SHA_256.substring(8).toLowerCase(java.util.Locale.ROOT)).orElseThrow();
        assertTrue(read.matches(CERTIFICATE));
        assertFalse(read.matches(new byte[3]));
        for (Fingerprint.Hash hash : Fingerprint.Hash.values()) {
            Fingerprint one = Fingerprint.of(hash, CERTIFICATE);
            assertEquals(Optional.of(one), Fingerprint.parse(one.toString()));
        }
    }

    @Test void weakAndBrokenFingerprintsAreNone() {
        for (String bad : List.of("", "sha-256", SHA_256 + ":00", SHA_256.substring(0, 80), "sha-384" + SHA_256.substring(7),
                "md5 90:01:50:98:3C:D2:4F:B0:D6:96:3F:7D:28:E1:7F:72", "md2 90:01:50:98:3C:D2:4F:B0:D6:96:3F:7D:28:E1:7F:72",
                SHA_256.replace('B', 'X'), SHA_256 + " more")) {
            assertEquals(Optional.empty(), Fingerprint.parse(bad), bad);
        }
    }

    @Test void ofSeveralHashFunctionsTheStrongestAloneCounts() {
        String right = "fingerprint:" + Fingerprint.of(Fingerprint.Hash.SHA_1, CERTIFICATE);
        String better = "fingerprint:" + Fingerprint.of(Fingerprint.Hash.SHA_384, new byte[1]);
        String another = "fingerprint:" + Fingerprint.of(Fingerprint.Hash.SHA_384, CERTIFICATE);
        String weak = "fingerprint:md5 90:01:50:98:3C:D2:4F:B0:D6:96:3F:7D:28:E1:7F:72";
        DtlsDescription alone = DtlsDescription.read(List.of(), List.of(weak, right), true).orElseThrow();
        assertTrue(Party.fits(CERTIFICATE, alone.fingerprints()));
        DtlsDescription both = DtlsDescription.read(List.of(), List.of(right, better), true).orElseThrow();
        assertFalse(Party.fits(CERTIFICATE, both.fingerprints()), "that of SHA-1 may be forged");
        DtlsDescription two = DtlsDescription.read(List.of(), List.of(better, right, another), true).orElseThrow();
        assertTrue(Party.fits(CERTIFICATE, two.fingerprints()), "any one of several certificates");
        assertEquals(2, two.fingerprints().size());
        assertEquals(Optional.empty(), DtlsDescription.read(List.of(), List.of(weak), true));
    }

    @Test void theMediaLineWinsOverTheSession() {
        List<String> session = List.of("fingerprint:" + SHA_256, "setup:passive", "group:BUNDLE 0");
        DtlsDescription inherited = DtlsDescription.read(session, List.of("setup:actpass"), true).orElseThrow();
        assertEquals(Setup.ACTPASS, inherited.setup());
        assertEquals(SHA_256, inherited.fingerprints().get(0).toString());
        assertEquals(Optional.empty(), DtlsDescription.read(session, List.of("fingerprint:md5 00"), true), "none that is believed");
        assertEquals(Optional.empty(), DtlsDescription.read(List.of(), List.of("setup:actpass"), true));
        assertEquals(Setup.ACTPASS, DtlsDescription.read(List.of(), List.of("Fingerprint:" + SHA_256), true).orElseThrow().setup());
        assertEquals(Setup.ACTIVE, DtlsDescription.read(List.of(), List.of("fingerprint:" + SHA_256), false).orElseThrow().setup());
    }

    @Test void writtenAndReadAgain() {
        DtlsDescription description = new DtlsDescription(Setup.PASSIVE, List.of(Fingerprint.parse(SHA_256).orElseThrow()),
            Optional.of("abcdefghij0123456789"));
        assertEquals(List.of("setup:passive", "fingerprint:" + SHA_256, "tls-id:abcdefghij0123456789"), description.write());
        assertEquals(Optional.of(description), DtlsDescription.read(List.of(), description.write(), false));
    }

    @Test void rolesFollowOfferAndAnswer() {
        assertEquals(Setup.ACTIVE, Setup.ACTPASS.answer(Optional.empty()));
        assertEquals(Setup.PASSIVE, Setup.ACTPASS.answer(Optional.of(Setup.PASSIVE)), "an association keeps its roles");
        assertEquals(Setup.PASSIVE, Setup.ACTIVE.answer(Optional.empty()));
        assertEquals(Setup.ACTIVE, Setup.PASSIVE.answer(Optional.of(Setup.PASSIVE)), "a peer that insists is followed");
        assertEquals(Setup.HOLDCONN, Setup.HOLDCONN.answer(Optional.empty()));
        assertEquals(Optional.of(DtlsRole.CLIENT), DtlsRole.answering(Setup.ACTIVE));
        assertEquals(Optional.of(DtlsRole.CLIENT), DtlsRole.answeredBy(Setup.PASSIVE));
        assertEquals(Optional.of(DtlsRole.SERVER), DtlsRole.answeredBy(Setup.ACTIVE));
        assertEquals(Optional.empty(), DtlsRole.answeredBy(Setup.ACTPASS));
        assertEquals(Optional.of(Setup.HOLDCONN), Setup.parse(" HoldConn"));
        assertEquals(Optional.empty(), Setup.parse("both"));
    }

    @Test void anotherCertificateOrIdentifierIsAnotherAssociation() {
        Fingerprint one = Fingerprint.of(Fingerprint.Hash.SHA_256, CERTIFICATE);
        Fingerprint two = Fingerprint.of(Fingerprint.Hash.SHA_256, new byte[1]);
        DtlsDescription first = new DtlsDescription(Setup.ACTPASS, List.of(one), Optional.of("a".repeat(20)));
        assertTrue(new DtlsDescription(Setup.ACTIVE, List.of(one), Optional.empty()).continues(first));
        assertFalse(new DtlsDescription(Setup.ACTIVE, List.of(two), Optional.empty()).continues(first));
        assertFalse(new DtlsDescription(Setup.ACTIVE, List.of(one), Optional.of("b".repeat(20))).continues(first));
    }
}
