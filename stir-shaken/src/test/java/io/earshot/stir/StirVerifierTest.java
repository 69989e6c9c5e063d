package io.earshot.stir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.earshot.api.identity.Attestation;
import io.earshot.api.identity.CallerVerification;
import io.earshot.api.identity.VerifierConfig;
import io.earshot.api.identity.spi.CallerVerifier;
import io.earshot.api.identity.spi.CallerVerifier.Facts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures made by a provider of our own, and certificates served by an HTTP server. */
@Tag("rfc8224")
@Tag("rfc8225")
@Tag("rfc8226")
@Tag("rfc8588")
class StirVerifierTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final String CLAIMS = "{\"attest\":\"A\",\"dest\":{\"tn\":[\"12155551213\"]},\"iat\":" + NOW.getEpochSecond()
        + ",\"orig\":{\"tn\":\"12155551212\"},\"origid\":\"123e4567-e89b-12d3-a456-426655440000\"}";
    private static final Facts FACTS = new Facts(List.of("sip:+1-215-555-1212@example.com;user=phone"),
        List.of("sip:+12155551213@example.net;user=phone", "sip:bob@192.0.2.1"), Optional.of(NOW), NOW);

    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final Map<String, byte[]> served = new ConcurrentHashMap<>();
    private final AtomicInteger fetches = new AtomicInteger();
    private Signer signer;
    private HttpServer server;
    private CallerVerifier verifier;

    @BeforeEach
    void start() throws Exception {
        signer = new Signer();
        for (String one : List.of("good", "critical", "unknown", "plain", "expired", "wide")) {
            served.put("/" + one, signer.pem(one));
        }
        served.put("/garbage", new byte[] {1, 2, 3});
        served.put("/endless", new byte[100_000]);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            fetches.incrementAndGet();
            byte[] body = served.get(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
            if (body != null) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.setExecutor(workers);
        server.start();
        verifier = verifier(VerifierConfig.DEFAULT.withAnchors(List.of(signer.certificate("authority"))).withPrivateAddresses(true));
    }

    @AfterEach
    void stop() {
        verifier.close();
        server.stop(0);
        workers.shutdown();
    }

    private CallerVerifier verifier(VerifierConfig config) {
        return new StirProvider().open(config, workers);
    }

    private String address(String alias) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + alias;
    }

    private CallerVerification verify(Facts facts, String... identities) throws Exception {
        return verifier.verify(List.of(identities), facts).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private String reason(int status, CallerVerification verification) {
        CallerVerification.Invalid invalid = assertInstanceOf(CallerVerification.Invalid.class, verification);
        assertEquals(status, invalid.status(), invalid.reason());
        return invalid.reason();
    }

    @Test
    void aGenuineSignatureTellsWhoVouchesForWhat() throws Exception {
        CallerVerification.Valid valid = assertInstanceOf(CallerVerification.Valid.class,
            verify(FACTS, signer.identity("good", address("good"), "shaken", CLAIMS)));
        assertEquals("CN=SHAKEN 1234", valid.signer());
        assertEquals(Optional.of(Attestation.FULL), valid.passport().attestation());
        assertEquals("12155551212", valid.passport().caller());
        assertEquals(List.of("12155551213"), valid.passport().called());
        assertEquals(NOW, valid.passport().issued());
        assertEquals(Optional.of("123e4567-e89b-12d3-a456-426655440000"), valid.passport().originId());
    }

    @Test
    void aCertificateIsFetchedOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertInstanceOf(CallerVerification.Valid.class, verify(FACTS, signer.identity("good", address("good"), "shaken", CLAIMS)));
        }
        assertEquals(1, fetches.get());
    }

    @Test
    void aTnAuthListMayBeCritical() throws Exception {
        assertInstanceOf(CallerVerification.Valid.class, verify(FACTS, signer.identity("critical", address("critical"), "shaken", CLAIMS)));
    }

    @Test
    void aPlainPassportWithUrisAndInCompactFormIsValidToo() throws Exception {
        Facts facts = new Facts(List.of("sip:alice@example.com:5070;transport=tcp"), List.of("sip:bob@EXAMPLE.net"), Optional.of(NOW), NOW);
        String claims = "{\"dest\":{\"uri\":[\"sip:bob@example.net\"]},\"iat\":" + NOW.getEpochSecond()
            + ",\"orig\":{\"uri\":\"sip:alice@example.com\"}}";
        String full = signer.identity("good", address("good"), "", claims);
        assertInstanceOf(CallerVerification.Valid.class, verify(facts, full));
        String compact = ".." + full.substring(full.indexOf('.', full.indexOf('.') + 1) + 1);
        assertInstanceOf(CallerVerification.Valid.class, verify(facts, compact));
        assertEquals("The signature was not made with the key of CN=SHAKEN 1234",
            reason(438, verify(new Facts(facts.callers(), facts.called(), Optional.of(NOW.plusSeconds(1)), NOW), compact)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "unknown | 437 | No trust anchor vouches for the certificate of CN=SHAKEN 1234: ",
        "plain   | 437 | The certificate of CN=Web server does not say for which numbers it speaks (TNAuthList)",
        "expired | 437 | No trust anchor vouches for the certificate of CN=SHAKEN 1234 expired: ",
    })
    void aCertificateThatIsNotGoodIsTold(String alias, int status, String reason) throws Exception {
        String told = reason(status, verify(FACTS, signer.identity(alias, address(alias), "shaken", CLAIMS)));
        assertTrue(told.startsWith(reason), told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "wide    | 437 | The signer's key is not on the curve P-256, which ES256 needs",
        "garbage | 437 | The signer's certificate cannot be read",
        "endless | 436 | The signer's certificate is longer than 65536 bytes",
        "nothing | 436 | answered 404",
    })
    void whatIsAtTheAddressIsChecked(String path, int status, String reason) throws Exception {
        String told = reason(status, verify(FACTS, signer.identity("good", address(path), "shaken", CLAIMS)));
        assertTrue(told.endsWith(reason), told);
    }

    @Test
    void someoneElsesKeyIsTold() throws Exception {
        assertEquals("The signature was not made with the key of CN=SHAKEN 1234",
            reason(438, verify(FACTS, signer.identity("unknown", address("good"), "shaken", CLAIMS))));
    }

    @Test
    void aSignatureHoldsForItsCallerCalleeAndTimeOnly() throws Exception {
        String identity = signer.identity("good", address("good"), "shaken", CLAIMS);
        Facts other = new Facts(List.of("sip:+12155559999@example.com"), FACTS.called(), FACTS.date(), NOW);
        assertEquals("The signature is for the caller 12155551212, not for sip:+12155559999@example.com",
            reason(438, verify(other, identity)));
        Facts elsewhere = new Facts(FACTS.callers(), List.of("sip:+12155559999@example.com"), FACTS.date(), NOW);
        assertEquals("The signature is for a call to 12155551213", reason(438, verify(elsewhere, identity)));
        Facts late = new Facts(FACTS.callers(), FACTS.called(), FACTS.date(), NOW.plus(Duration.ofSeconds(61)));
        assertEquals("The signature is 61 s away from now, more than 60", reason(403, verify(late, identity)));
        assertEquals(0, fetches.get(), "nothing is fetched for what cannot be valid");
    }

    @Test
    void withoutAnchorsTheClaimsAreShownAsNotChecked() throws Exception {
        try (CallerVerifier lax = verifier(VerifierConfig.DEFAULT)) {
            CallerVerification.NotChecked told = assertInstanceOf(CallerVerification.NotChecked.class,
                lax.verify(List.of(signer.identity("good", address("good"), "shaken", CLAIMS)), FACTS).toCompletableFuture().get());
            assertEquals(Optional.of(Attestation.FULL), told.passport().orElseThrow().attestation());
            assertTrue(told.reason().contains("withAnchors"), told.reason());
        }
    }

    @Test
    void anAddressInsideIsNeverFetchedFromUnlessAllowed() throws Exception {
        VerifierConfig strict = VerifierConfig.DEFAULT.withAnchors(List.of(signer.certificate("authority")));
        for (String inside : List.of("https://127.0.0.1/c", "https://10.0.0.1/c", "https://[::1]/c", "https://[fd00::1]/c",
                "https://169.254.169.254/c", "https://100.64.0.1/c")) {
            try (CallerVerifier verifier = verifier(strict)) {
                String told = reason(436, verifier.verify(List.of(signer.identity("good", inside, "shaken", CLAIMS)), FACTS)
                    .toCompletableFuture().get(20, TimeUnit.SECONDS));
                assertTrue(told.startsWith("A certificate is not fetched from the private address of "), told);
            }
        }
        try (CallerVerifier verifier = verifier(strict)) {
            assertTrue(reason(436, verifier.verify(List.of(signer.identity("good", address("good"), "shaken", CLAIMS)), FACTS)
                .toCompletableFuture().get(20, TimeUnit.SECONDS)).startsWith("A certificate is only fetched by https, not from http://"));
        }
    }

    @Test
    void ofSeveralSignaturesTheOneAboutTheCallerCounts() throws Exception {
        String diverted = signer.identity("good", address("good"), "div",
            "{\"dest\":{\"tn\":[\"12155551213\"]},\"div\":{\"tn\":\"12155550000\"},"
            + "\"iat\":" + NOW.getEpochSecond() + ",\"orig\":{\"tn\":\"12155551212\"}}");
        String shaken = signer.identity("good", address("good"), "shaken", CLAIMS);
        CallerVerification.Valid valid = assertInstanceOf(CallerVerification.Valid.class, verify(FACTS, diverted, "rubbish", shaken));
        assertEquals("shaken", valid.passport().extension());
        assertEquals(Optional.of("12155550000"), assertInstanceOf(CallerVerification.Valid.class, verify(FACTS, diverted)).passport()
            .divertedFrom());
        assertTrue(reason(438, verify(FACTS, shaken, shaken, shaken, shaken, shaken)).startsWith("There are 5 Identity headers"));
    }

    @Test
    void mutatedSignaturesAreNeverValidAndNeverThrow() throws Exception {
        String good = signer.identity("good", address("good"), "shaken", CLAIMS);
        Random random = new Random(8224);
        int token = good.indexOf(';');
        for (int i = 0; i < 20_000; i++) {
            StringBuilder mutant = new StringBuilder(good);
            for (int j = 0; j <= random.nextInt(4); j++) {
                int at = random.nextInt(mutant.length());
                switch (random.nextInt(3)) {
                    case 0 -> mutant.setCharAt(at, (char) random.nextInt(0x180));
                    case 1 -> mutant.deleteCharAt(at);
                    default -> mutant.insert(at, mutant.substring(at, Math.min(mutant.length(), at + random.nextInt(40))));
                }
            }
            CallerVerification verdict = verify(FACTS, mutant.toString());
            boolean sameToken = mutant.length() > token && mutant.substring(0, token).equals(good.substring(0, token));
            assertTrue(sameToken || verdict instanceof CallerVerification.Invalid || lastBits(good, mutant.toString()), mutant.toString());
        }
    }

    /** The last character of base64 has bits that mean nothing. */
    private static boolean lastBits(String good, String mutant) {
        String one = good.substring(0, good.indexOf(';') - 1);
        return mutant.startsWith(one);
    }

    @Test
    void claimsNestedDeeplyAreRefusedUnread() throws Exception {
        String deep = "{\"a\":" + "[".repeat(1_500) + "]".repeat(1_500) + "}";
        assertEquals("The signed claims are nested too deeply",
            reason(438, verify(FACTS, signer.identity("good", address("good"), "shaken", deep))));
    }
}
