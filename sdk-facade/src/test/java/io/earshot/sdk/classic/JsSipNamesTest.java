package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.earshot.api.AccountConfig;
import io.earshot.api.IncomingCall;
import io.earshot.api.NetworkConfig;
import io.earshot.api.Phone;
import io.earshot.api.PhoneBuilder;
import io.earshot.api.SessionTimers;
import io.earshot.api.WebSockets;
import io.earshot.api.WebSockets.ViaTransport;
import io.earshot.api.transport.spi.TlsConfig.Policy;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configurations of JsSIP user agents. */
@Timeout(60)
class JsSipNamesTest {
    private static ClassicParameters parse(String... arguments) {
        ClassicParameters.Parsed parsed = ClassicParameters.parse(List.of(arguments));
        assertEquals(List.of(), parsed.problems());
        return parsed.parameters();
    }

    private static List<String> servers(String... arguments) {
        return ClassicConfig.of(parse(arguments)).account().webSockets().servers().stream().map(one -> one.uri().toString()).toList();
    }

    private static <T> T built(Class<T> wanted, String method, ClassicParameters from) {
        List<Object> seen = new ArrayList<>();
        PhoneBuilder builder = (PhoneBuilder) Proxy.newProxyInstance(JsSipNamesTest.class.getClassLoader(),
                new Class<?>[] {PhoneBuilder.class}, (self, called, arguments) -> {
                    if (called.getName().equals(method) && wanted.isInstance(arguments[0])) {
                        seen.add(arguments[0]);
                    }
                    return self;
                });
        ClassicConfig.apply(from, builder);
        return wanted.cast(seen.get(0));
    }

    @Test
    void aConfigurationIsPassedAsItIs() {
        ClassicParameters from = parse("""
                jssip={
                  'ws_servers': [{ws_uri: 'ws://a.example.com', weight: 1}, {ws_uri: "wss://b.example.com:8443/sip?KEY=1", weight: 10}],
                  uri: 'sip:alice@example.com',
                  password: "super'pass=word", authorization_user: 'alice123', display_name: 'Alice \u00b6\u20ac',
                  register_expires: 300, registrar_server: 'sip:registrar.example.com', no_answer_timeout: 120,
                  connection_recovery_min_interval: 4, connection_recovery_max_interval: 60,
                  hack_ip_in_contact: true, hack_via_tcp: true, use_preloaded_route: true, session_timers: false,
                  instance_id: 'uuid:8f1fa16a-1165-4a96-8341-785b1ef24f12', register: false, mediaConstraints: null,
                }""");
        ClassicConfig config = ClassicConfig.of(from);
        AccountConfig account = config.account();
        assertEquals("sip:alice@example.com", account.address());
        assertEquals(Optional.of("super'pass=word"), account.password());
        assertEquals(Optional.of("alice123"), account.authUser());
        assertEquals("Alice \u00b6\u20ac", account.displayName());
        assertEquals(Duration.ofMinutes(5), account.expires());
        assertEquals(Optional.of("registrar.example.com"), account.registrar());
        assertEquals(Optional.of("urn:uuid:8f1fa16a-1165-4a96-8341-785b1ef24f12"), account.registration().instance());
        assertEquals(WebSockets.of("wss://b.example.com:8443/sip?KEY=1", "ws://a.example.com").withVia(ViaTransport.TCP)
                .withRecovery(Duration.ofSeconds(4), Duration.ofSeconds(60)).withPreloadedRoute(true).withAddressInContact(true),
                account.webSockets());
        assertEquals(120, from.number("no_answer_timeout"));
        assertFalse(config.register());
        assertFalse(built(SessionTimers.class, "sessionTimers", from).enabled());
    }

    @Test
    void whatIsNotSaidIsAsInJsSip() {
        ClassicConfig config = ClassicConfig.of(parse("jssip={uri: 'sip:alice@example.com', ws_servers: 'ws://ws.example.com'}"));
        assertTrue(config.register(), "without a password too");
        assertEquals(Duration.ofSeconds(600), config.account().expires());
        assertEquals(WebSockets.of("ws://ws.example.com"), config.account().webSockets());
        assertEquals(60, parse("uri=sip:alice@example.com").number("no_answer_timeout"));
        assertEquals(90, parse("registerinterval=90", "uri=sip:alice@example.com").number("registerinterval"));
        assertEquals(90, parse("uri=sip:alice@example.com", "registerinterval=90").number("registerinterval"));
        assertEquals("sip:alice@example.com:5070", ClassicConfig.of(parse("jssip.uri=alice@example.com:5070")).account().address());
        assertEquals("sips:alice@example.com", ClassicConfig.of(parse("jssip.uri=sips:alice@example.com")).account().address());
        assertEquals("", parse("jssip.uri=sip:alice@example.com", "jssip.uri=DEF").text("username"));
        assertEquals(0, parse("register_expires=600", "jssip.register_expires=NULL").given("registerinterval").stream().count());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "jssip.authorization_user=a|sipusername|a", "authorization_user=a|sipusername|a", "jssip.display_name=A|displayname|A",
        "display_name=A|displayname|A", "jssip.password=x|password|x", "jssip.register=true|register|2", "jssip.register=false|register|0",
        "jssip.register_expires=300|registerinterval|300", "register_expires=300|registerinterval|300",
        "jssip.no_answer_timeout=9|no_answer_timeout|9", "jssip.session_timers=false|session_timers|false",
        "jssip.use_preloaded_route=true|use_preloaded_route|true", "jssip.hack_via_ws=true|hack_via_ws|true",
        "jssip.hack_via_tcp=true|hack_via_tcp|true", "jssip.hack_ip_in_contact=true|hack_ip_in_contact|true",
        "jssip.connection_recovery_min_interval=5|connection_recovery_min_interval|5",
        "jssip.connection_recovery_max_interval=50|connection_recovery_max_interval|50",
        "jssip.ws_servers=ws://a|ws_servers|ws://a", "jssip.uri=sip:bob@x|username|bob", "uri=sip:bob@x|serveraddress|x"})
    void eachNameDoesWhatItSays(String argument, String ours, String value) {
        assertEquals(value, parse(argument).text(ours));
    }

    @Test
    void serversComeInEveryFormAndInTheOrderOfTheirWeights() {
        assertEquals(List.of("ws://a", "ws://b"), servers("ws_servers=ws://a , ws://b"));
        assertEquals(List.of("ws://a", "ws://b"), servers("jssip.ws_servers=[\"ws://a\", 'ws://b',]"));
        assertEquals(List.of("ws://b", "ws://a"), servers("ws_servers=[{ws_uri:'ws://a'},{ws_uri:'ws://b',weight:1}]"));
        assertEquals(List.of("ws://c", "ws://a", "ws://b"), servers("jssip.ws_servers[0].ws_uri=ws://a",
                "jssip.ws_servers[1].ws_uri=ws://b",
                "jssip.ws_servers[2].ws_uri=ws://c", "jssip.ws_servers[2].weight=10"));
    }

    @Test
    void optionsOfTheRequestAreThoseOfTls() {
        ClassicParameters from = parse("jssip.node_websocket_options={clientConfig: {tlsOptions: {rejectUnauthorized: false}}, "
                + "requestOptions: {passphrase: 'p', cert: 'a.pem', key: 'k.pem', ca: 'ca.pem', localAddress: '127.0.0.1'}}");
        assertEquals("p a.pem k.pem ca.pem 127.0.0.1", String.join(" ", from.text("tlskeypassword"), from.text("tlscertfile"),
                from.text("tlskeyfile"), from.text("tlscafile"), from.text("bindip")));
        ClassicParameters weak = parse("jssip.node_websocket_options.clientConfig={tlsOptions: {rejectUnauthorized: false}}");
        assertEquals(Policy.ALLOW_ANYTHING, built(NetworkConfig.class, "network", weak).tls().policy());
        ClassicParameters strong = parse("jssip.node_websocket_options.requestOptions={rejectUnauthorized: true}");
        assertEquals(Policy.VERIFY, built(NetworkConfig.class, "network", strong).tls().policy());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "jssip=5|parameter jssip: an object is wanted, as {name: 'value'}",
        "jssip={uri: 'sip:a@b'|parameter jssip: at character 16 a comma or } is wanted",
        "jssip={uri: 'sip:a@b|parameter jssip: at character 15 the end of the text in quotes is wanted",
        "jssip={colour: 'red'}|unknown parameter 'jssip.colour'",
        "jssip={register_expires: 1}|parameter jssip.register_expires=1: a whole number from 10 to 86400 is wanted",
        "jssip.uri=alice|parameter jssip.uri: an address is wanted, as sip:alice@example.com",
        "ws_servers=[{weight: 3}]|parameter ws_servers: each server is an address in quotes, or {ws_uri: 'wss://…', weight: 10}",
        "ws_servers=[{ws_uri: 'ws://a', weight: 'x'}]|parameter ws_servers: a weight is a whole number, not x",
        "jssip.node_websocket_options={clientConfig: {closeTimeout: 3}}|parameter jssip.node_websocket_options.clientConfig: closeTimeout "
                + "is not known here; tlsOptions is, an object"})
    void whatIsWrongIsNamed(String argument, String problem) {
        assertTrue(ClassicParameters.parse(List.of(argument)).problems().get(0).startsWith(problem),
                () -> ClassicParameters.parse(List.of(argument)).problems().toString());
    }

    /** The request of a WebSocket handshake, as a server gets it. */
    @Test
    void theHttpRequestHasTheHeadersAndTheOrigin() throws Exception {
        try (ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ClassicPhone phone = new ClassicPhone(parse("localip=127.0.0.1", "waitforunregister=0", "jssip={uri: 'sip:a@example.com', "
                        + "ws_servers: 'ws://127.0.0.1:" + door.getLocalPort() + "/sip', node_websocket_options: {origin: "
                        + "'http://myweb.com', headers: {Cookie: 'k=1', 'X-Key': 'abc'}}}"), line -> { })) {
            assertTrue(phone.start());
            List<String> request = new ArrayList<>();
            try (Socket client = door.accept();
                    BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    request.add(line);
                }
            }
            assertTrue(request.containsAll(List.of("Origin: http://myweb.com", "Cookie: k=1", "X-Key: abc")), request.toString());
        }
    }

    @Test
    void aUserAgentOfJsSipCallsOverItsWebSocket() throws Exception {
        BlockingQueue<IncomingCall> calls = new LinkedBlockingQueue<>();
        try (Phone server = Phone.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .listenWebSocket("ws://127.0.0.1:0/sip").open()) {
            server.addAccount(AccountConfig.of("sip:bob@example.com")).onCall(calls::add);
            String address = server.listeningOn().stream().filter(one -> one.startsWith("WS ")).findFirst().orElseThrow().substring(3);
            try (ClassicPhone phone = new ClassicPhone(parse("localip=127.0.0.1", "jssip={uri: 'sip:alice@example.com', register: false, "
                    + "display_name: 'Alice A', ws_servers: 'ws://" + address + "/sip'}"), line -> { })) {
                assertTrue(phone.start());
                assertTrue(phone.calls().call(1, "bob"));
                IncomingCall call = calls.poll(10, TimeUnit.SECONDS);
                assertTrue(call != null, "nobody called");
                assertEquals("Alice A", call.call().remote().displayName());
                call.reject();
            }
        }
    }
}
