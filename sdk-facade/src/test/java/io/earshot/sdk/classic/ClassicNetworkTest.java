package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.AccountConfig;
import io.earshot.api.NameLookup;
import io.earshot.api.NetworkConfig;
import io.earshot.api.PhoneBuilder;
import io.earshot.api.VoipException;
import io.earshot.api.transport.spi.TlsConfig.ClientCertificates;
import io.earshot.api.transport.spi.TlsConfig.Policy;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassicNetworkTest {
    private final List<InetSocketAddress> listens = new ArrayList<>();
    private final List<NetworkConfig> networks = new ArrayList<>();
    private final PhoneBuilder builder = (PhoneBuilder) Proxy.newProxyInstance(ClassicNetworkTest.class.getClassLoader(),
            new Class<?>[] {PhoneBuilder.class}, (self, method, arguments) -> {
                if (method.getName().equals("listen")) {
                    listens.add((InetSocketAddress) arguments[0]);
                } else if (method.getName().equals("network")) {
                    networks.add((NetworkConfig) arguments[0]);
                }
                return self;
            });

    private static ClassicParameters parse(String... arguments) {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(List.of(arguments));
        assertEquals(List.of(), parsed.problems());
        return parsed.parameters();
    }

    private NetworkConfig network(String... arguments) {
        ClassicNetwork.apply(parse(arguments), builder);
        return networks.get(networks.size() - 1);
    }

    private String listen(String... arguments) {
        network(arguments);
        InetSocketAddress last = listens.get(listens.size() - 1);
        return last.getAddress().isAnyLocalAddress() ? "*:" + last.getPort() : last.getAddress().getHostAddress() + ":" + last.getPort();
    }

    @ParameterizedTest
    @CsvSource({
        "serveraddress=pbx,                 -1, sip:alice@pbx",
        "serveraddress=pbx,                 0,  sip:alice@pbx;transport=udp",
        "serveraddress=pbx,                 1,  sip:alice@pbx;transport=tcp",
        "serveraddress=pbx:5070,            2,  sip:alice@pbx:5070;transport=tls",
        "serveraddress=pbx:5061,            -1, sip:alice@pbx:5061;transport=tls",
        "serveraddress=pbx:5061,            1,  sip:alice@pbx:5061;transport=tcp",
        "serveraddress=pbx;transport=tcp,   -1, sip:alice@pbx;transport=tcp",
        "serveraddress=pbx;transport=tcp,   2,  sip:alice@pbx;transport=tls",
        "serveraddress=sips:pbx,            -1, sips:alice@pbx"})
    void theTransportIsThatOfTheAccount(String server, String transport, String address) {
        AccountConfig account = ClassicConfig.of(parse(server, "username=alice", "transport=" + transport)).account();
        assertEquals(address, account.address());
    }

    @Test
    void whatIsNoTransportIsRefused() {
        assertEquals(List.of("parameter transport=9: a whole number from -1 to 5 is wanted"),
                ClassicParameters.parse(List.of("transport=9")).problems());
    }

    @Test
    void bindipIsBoundToAndLocalipIsNamed() throws Exception {
        assertEquals("*:5070", listen("signalingport=5070"));
        assertEquals("127.0.0.1:5070", listen("signalingport=5070", "localip=127.0.0.1"));
        assertEquals(Optional.empty(), network("localip=127.0.0.1").announced());
        assertEquals("*:0", listen("localip=192.0.2.7"));
        assertEquals(Optional.of(InetAddress.getByName("192.0.2.7")), network("localip=192.0.2.7").announced());
        assertEquals("127.0.0.1:0", listen("bindip=127.0.0.1", "localip=192.0.2.7"));
        assertEquals("*:0", listen("localip=127.0.0.1", "bindtolocalip=0"));
        assertEquals("192.0.2.7:0", listen("localip=192.0.2.7", "bindtolocalip=1"));
    }

    @Test
    void theTypeOfServiceIsThatOfSignallingAndMedia() {
        assertEquals(0x10, network().mediaTrafficClass());
        assertEquals(0, network("udptos=0").sipTrafficClass());
        assertEquals(184, network("udptos=184").sipTrafficClass());
        assertEquals(184, network("udptos=184").mediaTrafficClass());
    }

    @Test
    void thePoliciesDoWhatTheySayAndTheWeakOnesSaySo() {
        assertEquals(Policy.ALLOW_SELF_SIGNED, network().tls().policy());
        assertEquals(Policy.ALLOW_ANYTHING, network("tlspolicy=1").tls().policy());
        assertEquals(Policy.ALLOW_ANYTHING, network("tlspolicy=2").tls().policy());
        assertEquals(Policy.VERIFY, network("tlspolicy=3").tls().policy());
        assertEquals(Optional.empty(), ClassicNetwork.warning(parse("tlspolicy=3")));
        assertTrue(ClassicNetwork.warning(parse("tlspolicy=1")).orElseThrow().contains("not verified"));
    }

    @Test
    void certificatesComeFromFiles() {
        String folder = Path.of("..", "sip-transport-tls", "src", "test", "resources", "pem").toString();
        NetworkConfig pem = network("tlscafile=" + folder + "/both.pem", "tlscertfile=" + folder + "/ec.pem",
                "tlskeyfile=" + folder + "/ec-encrypted.pem", "tlskeypassword=password", "tlsclients=2", "tlsport=5071");
        assertEquals(2, pem.tls().trusted().size());
        assertTrue(pem.tls().platformTrust());
        assertEquals("TlsIdentity[CN=ec]", pem.tls().identity().orElseThrow().toString());
        assertEquals(ClientCertificates.REQUIRED, pem.tls().clients());
        assertEquals(5071, pem.tlsPort());
        assertEquals("TlsIdentity[CN=ec]", network("tlscertfile=" + folder + "/ec.p12", "tlskeypassword=password").tls().identity()
                .orElseThrow().toString());
        assertEquals("There is no file none.pem.",
                assertThrows(VoipException.class, () -> network("tlscafile=none.pem")).getMessage());
    }

    @Test
    void pinsAreAListAndAreChecked() {
        String pin = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        assertEquals(2, network("tlspins=" + pin + ",sha256/B" + pin.substring(1)).tls().pins().size());
        assertThrows(IllegalArgumentException.class, () -> network("tlspins=short"));
    }

    @ParameterizedTest
    @CsvSource({"0, CACHED", "1, ALWAYS_ASK", "2, CACHED", "3, KEEP", "4, KNOWN_ONLY", "5, NEVER"})
    void namesAreLookedUpAsTheParameterSays(int parameter, NameLookup use) {
        assertEquals(use, network("dnslookup=" + parameter).names());
    }
}
