package io.earshot.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.Account;
import io.earshot.api.AccountConfig;
import io.earshot.api.Call;
import io.earshot.api.NetworkConfig;
import io.earshot.api.Phone;
import io.earshot.api.VoipException;
import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.transport.spi.TlsConfig.ClientCertificates;
import io.earshot.api.transport.spi.TlsConfig.Policy;
import io.earshot.api.transport.spi.TlsIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Phones of the public API over TCP and TLS, and to the letter what people read when TLS fails. */
@Timeout(60)
class TlsPhonesTest {
    private static final Path STORE = Path.of("..", "sip-transport-tls", "src", "test", "resources", "certificates.p12");
    private static final Path PAGE = Path.of("..", "docs", "errors.md");
    private static final char[] PASSWORD = "password".toCharArray();
    private static final TlsConfig TRUSTING = TlsConfig.DEFAULT.trustingOnly(List.of(certificate("authority")));

    private static KeyStore store() throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(STORE)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            return store;
        }
    }

    private static X509Certificate certificate(String alias) {
        try {
            return (X509Certificate) store().getCertificate(alias);
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static TlsIdentity identity(String alias) throws IOException, GeneralSecurityException {
        return new TlsIdentity((PrivateKey) store().getKey(alias, PASSWORD), List.of(certificate(alias)));
    }

    private static Phone phone(TlsConfig tls) {
        return Phone.builder().listen(new InetSocketAddress("127.0.0.1", 0)).tls(tls).open();
    }

    /** Returns a phone that answers every call, with this certificate. */
    private static Phone answering(TlsConfig tls) {
        Phone phone = phone(tls);
        phone.addAccount(AccountConfig.of("sip:bob@127.0.0.1")).onCall(call -> call.answer());
        return phone;
    }

    private static String at(Phone phone, String protocol) {
        return phone.listeningOn().stream().filter(each -> each.startsWith(protocol + " ")).findFirst().orElseThrow()
            .substring(protocol.length() + 1);
    }

    private static void talks(Account from, String target) {
        Call call = from.dial(target).awaitAnswer();
        assertEquals(Call.State.ESTABLISHED, call.state());
        call.hangup();
        call.awaitEnd();
    }

    @Test
    void callsGoByTheTransportThatTheTargetOrTheAccountNames() throws Exception {
        try (Phone bob = answering(TRUSTING.withIdentity(identity("good"))); Phone alice = phone(TRUSTING)) {
            Account account = alice.addAccount(AccountConfig.of("sip:alice@127.0.0.1"));
            talks(account, "sip:bob@" + at(bob, "TCP") + ";transport=tcp");
            talks(account, "sip:bob@" + at(bob, "TLS") + ";transport=tls");
            talks(account, "sips:bob@" + at(bob, "TLS"));
            talks(alice.addAccount(AccountConfig.of("sip:alice@" + at(bob, "TLS")).withTransport("TLS")), "bob");
            talks(alice.addAccount(AccountConfig.of("sips:alice@" + at(bob, "TLS"))), "bob");
        }
    }

    @Test
    void eachFailureOfTlsHasASentence() throws Exception {
        fails("TLS: certificate expired", "the certificate of 127.0.0.1 expired on 2021-01-01.", "expired", TRUSTING);
        fails("TLS: certificate not valid yet", "the certificate of 127.0.0.1 is not valid before 2090-01-01; "
            + "is the clock of this machine right?", "early", TRUSTING);
        fails("TLS: certificate for another name", "the certificate of 127.0.0.1 is for another name: it is for sip.example.com.",
            "elsewhere", TRUSTING);
        fails("TLS: unknown authority", "the certificate of 127.0.0.1 was issued by CN=Earshot test stranger, which is not trusted here.",
            "unknown", TRUSTING);
        fails("TLS: self-signed certificate", "the certificate of 127.0.0.1 is self-signed and not trusted here.", "selfsigned", TRUSTING);
        fails("TLS: key not pinned", "the key of 127.0.0.1 is not among the pinned ones; its pin is sha256/PIN.", "good",
            TRUSTING.withPins("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
    }

    @Test
    void aServerThatWantsACertificateOrIsNoneHasASentence() throws Exception {
        TlsConfig strict = TRUSTING.withIdentity(identity("good")).withClients(ClientCertificates.REQUIRED)
            .withVersions(TlsConfig.Version.TLS_1_3);
        reads("TLS: a client certificate is needed", "127.0.0.1 wants a client certificate, and there is none.", strict, TRUSTING);
        reads("TLS: no version in common", "127.0.0.1 speaks no version of TLS that is allowed here.", strict,
            TRUSTING.withVersions(TlsConfig.Version.TLS_1_2));
        try (Phone bob = answering(TRUSTING); Phone alice = phone(TRUSTING)) {
            row("TLS: the port speaks plain TCP", sentence(alice, "sips:bob@" + at(bob, "TCP")));
        }
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        try (Phone alice = phone(TRUSTING)) {
            row("TLS: nobody listens", sentence(alice, "sips:bob@127.0.0.1:" + port));
        }
    }

    @Test
    void whatThePoliciesLetPass() throws Exception {
        try (Phone bob = answering(TRUSTING.withIdentity(identity("selfsigned")));
                Phone alice = phone(TRUSTING.withPolicy(Policy.ALLOW_ANYTHING))) {
            talks(alice.addAccount(AccountConfig.of("sip:alice@127.0.0.1")), "sips:bob@" + at(bob, "TLS"));
        }
    }

    @Test
    void aTlsPortThatIsTakenIsSaidWhenItWasAskedFor() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            NetworkConfig network = NetworkConfig.DEFAULT.withTlsPort(taken.getLocalPort());
            VoipException refused = assertThrows(VoipException.class, () -> Phone.builder().network(network)
                .listen(new InetSocketAddress("127.0.0.1", 0)).open());
            row("TLS port in use", general(refused.failure().sentence()));
        }
    }

    private static void fails(String situation, String end, String certificate, TlsConfig client) throws Exception {
        reads(situation, end, TRUSTING.withIdentity(identity(certificate)), client);
    }

    private static void reads(String situation, String end, TlsConfig server, TlsConfig client) throws Exception {
        try (Phone bob = answering(server); Phone alice = phone(client)) {
            String sentence = sentence(alice, "sips:bob@" + at(bob, "TLS"));
            assertEquals("Cannot send to 127.0.0.1:PORT: TLS with 127.0.0.1 port PORT: " + end, sentence, situation);
            row(situation, sentence);
        }
    }

    private static String sentence(Phone alice, String target) {
        Account account = alice.addAccount(AccountConfig.of("sip:alice@127.0.0.1"));
        return general(assertThrows(VoipException.class, () -> account.dial(target).awaitAnswer()).failure().sentence());
    }

    private static String general(String sentence) {
        return sentence.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT").replaceAll("port \\d+", "port PORT")
            .replaceAll("pin is sha256/[A-Za-z0-9+/=]+", "pin is sha256/PIN");
    }

    private static void row(String situation, String text) throws IOException {
        String row = "| " + situation + " | " + text + " |";
        assertTrue(Files.readString(PAGE).contains(row), () -> PAGE + " lacks this row:\n" + row);
    }
}
