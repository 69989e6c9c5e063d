package io.earshot.stir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.sun.net.httpserver.HttpServer;
import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.CallOptions;
import io.earshot.api.Phone;
import io.earshot.api.identity.Attestation;
import io.earshot.api.identity.CallerVerification;
import io.earshot.api.identity.VerifierConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two phones: what the program on the called one sees of a signature. */
@Tag("rfc8224")
class VerifiedCallTest {
    private static Phone phone(VerifierConfig config) {
        return Phone.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).callerVerification(config).open();
    }

    private static CallerVerification verdict(CallOptions options, VerifierConfig config) throws Exception {
        try (Phone near = phone(VerifierConfig.DEFAULT); Phone far = phone(config)) {
            Account caller = near.addAccount(AccountConfig.of("sip:+12155551212@127.0.0.1"));
            CompletableFuture<CallerVerification> verdict = new CompletableFuture<>();
            far.addAccount(AccountConfig.of("sip:+12155551213@127.0.0.1")).onCall(call -> call.verification().thenAccept(told -> {
                verdict.complete(told);
                call.reject(603);
            }));
            caller.dial("sip:+12155551213@" + far.listeningOn().get(0).substring("UDP ".length()), options);
            return verdict.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aSignedCallIsTold() throws Exception {
        Signer signer = new Signer();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try {
                byte[] body = signer.pem("good");
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            } catch (java.security.GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            } finally {
                exchange.close();
            }
        });
        server.start();
        try {
            long now = InstantSource.system().instant().getEpochSecond();
            String claims = "{\"attest\":\"B\",\"dest\":{\"tn\":[\"12155551213\"]},\"iat\":" + now
                + ",\"orig\":{\"tn\":\"12155551212\"},\"origid\":\"1\"}";
            String identity = signer.identity("good", "http://127.0.0.1:" + server.getAddress().getPort() + "/c", "shaken", claims);
            CallerVerification.Valid valid = assertInstanceOf(CallerVerification.Valid.class,
                verdict(CallOptions.DEFAULT.withHeader("Identity", identity), VerifierConfig.DEFAULT
                    .withAnchors(List.of(signer.certificate("authority"))).withPrivateAddresses(true)));
            assertEquals(Optional.of(Attestation.PARTIAL), valid.passport().attestation());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aCallWithoutSignatureIsToldAsSuch() throws Exception {
        assertInstanceOf(CallerVerification.NotSigned.class, verdict(CallOptions.DEFAULT, VerifierConfig.DEFAULT));
    }

    @Test
    void rubbishIsToldAsInvalid() throws Exception {
        CallerVerification.Invalid told = assertInstanceOf(CallerVerification.Invalid.class,
            verdict(CallOptions.DEFAULT.withHeader("Identity", "rubbish;info=<https://example.org/c>"), VerifierConfig.DEFAULT));
        assertEquals(438, told.status());
    }
}
