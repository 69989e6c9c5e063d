package io.earshot.sdk.classic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.proxy.ProxyConfig;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which classic parameters lead through a proxy, and which transport they mean. */
class ClassicProxyTest {
    private static ClassicParameters parameters(String... pairs) {
        return ClassicParameters.parse(Arrays.asList(pairs)).parameters();
    }

    private static ProxyConfig proxy(String... pairs) {
        return ClassicProxy.network(parameters(pairs));
    }

    @Test
    void nothingSaidMeansNoProxyExceptWhereOneIsAskedFor() {
        assertEquals(ProxyConfig.NONE, proxy());
        assertEquals(ProxyConfig.NONE, proxy("transport=2"));
        assertEquals(ProxyConfig.SYSTEM, proxy("transport=4"));
    }

    @Test
    void aProxyThatIsNamedIsUsedByEveryTransport() {
        ProxyConfig named = ProxyConfig.http("proxy", 3128);
        assertEquals(named, proxy("httpproxyurl=http://proxy:3128"));
        assertEquals(named, proxy("transport=1", "usehttpproxy=3", "httpproxyurl=proxy:3128"));
        assertEquals(named, proxy("transport=2", "usehttpproxy=1", "proxyaddress=proxy:3128"));
        assertEquals(ProxyConfig.SYSTEM, proxy("usehttpproxy=2"));
        assertEquals(ProxyConfig.NONE, proxy("usehttpproxy=0", "httpproxyurl=proxy:3128"));
        assertEquals(ProxyConfig.socks5("proxy", 1080).withLogin("me", "secret"), proxy("httpproxyurl=socks5://me:secret@proxy"));
    }

    @Test
    void whatIsWrongIsTakenOutWithASentence() {
        Map<String, String> values = new HashMap<>(Map.of("usehttpproxy", "3"));
        assertEquals(Optional.of("parameter usehttpproxy=3 is not used: a proxy needs httpproxyurl"), ClassicTunnel.problem(values));
        assertEquals(Map.of(), values);
        values.putAll(Map.of("httpproxyurl", "ftp://x"));
        assertEquals(Optional.of("parameter httpproxyurl is not used: the address of a proxy is host:port, http://host:port or "
                + "socks5://host:port, with user:password@ before the host if it wants a login"), ClassicTunnel.problem(values));
        values.putAll(Map.of("transport", "4", "usehttpproxy", "0"));
        assertEquals(Optional.of("parameter transport=4 is not used: it goes through an HTTP proxy, and usehttpproxy=0 "
                + "says that there is none"),
                ClassicTunnel.problem(values));
    }

    @Test
    void transportFourIsTcpOrTlsByTheServersPortAndLeavesWebSocketsAlone() {
        assertEquals(Optional.of("TCP"), ClassicProxy.transport(parameters("serveraddress=sip.example.com")));
        assertEquals(Optional.of("TLS"), ClassicProxy.transport(parameters("serveraddress=sip.example.com:443")));
        assertEquals(Optional.of("TLS"), ClassicProxy.transport(parameters("serveraddress=sip.example.com:5061")));
        for (String where : List.of("serveraddress", "proxyaddress")) {
            assertEquals(Optional.empty(), ClassicProxy.transport(parameters(where + "=wss://sip.example.com/ws")));
        }
    }
}
