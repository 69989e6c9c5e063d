package io.earshot.api.proxy.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.earshot.api.proxy.ProxyConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What this machine says of proxies, said by the test. */
class SystemProxyTest {
    private final ProxySelector before = ProxySelector.getDefault();
    private final List<URI> asked = new ArrayList<>();

    @AfterEach
    void putBack() {
        ProxySelector.setDefault(before);
    }

    private void says(Proxy... proxies) {
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                asked.add(uri);
                return List.of(proxies);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                throw new AssertionError(failure);
            }
        });
    }

    private static Proxy of(Proxy.Type type, int port) {
        return new Proxy(type, InetSocketAddress.createUnresolved("proxy", port));
    }

    @Test
    void theSystemIsAskedForEachServerAndItsFirstWordCounts() {
        says(of(Proxy.Type.HTTP, 3128), Proxy.NO_PROXY);
        assertEquals(ProxyConfig.http("proxy", 3128), SystemProxy.choose(ProxyConfig.SYSTEM, "sip.example.com", 5061));
        assertEquals(ProxyConfig.http("proxy", 3128).withLogin("me", "secret"),
            SystemProxy.choose(ProxyConfig.SYSTEM.withLogin("me", "secret"), "2001:db8::1", 443));
        assertEquals(List.of(URI.create("https://sip.example.com:5061/"), URI.create("https://[2001:db8::1]:443/")), asked);
        says(of(Proxy.Type.SOCKS, 1080));
        assertEquals(ProxyConfig.socks5("proxy", 1080), SystemProxy.choose(ProxyConfig.SYSTEM, "sip.example.com", 5061));
        says(Proxy.NO_PROXY, of(Proxy.Type.HTTP, 3128));
        assertEquals(ProxyConfig.NONE, SystemProxy.choose(ProxyConfig.SYSTEM, "sip.example.com", 5061));
        says();
        assertEquals(ProxyConfig.NONE, SystemProxy.choose(ProxyConfig.SYSTEM, "sip.example.com", 5061));
    }

    @Test
    void whatIsChosenAlreadyIsNotAskedFor() {
        says(of(Proxy.Type.HTTP, 3128));
        ProxyConfig own = ProxyConfig.socks5("own", 1080);
        assertEquals(own, SystemProxy.choose(own, "sip.example.com", 5061));
        assertEquals(ProxyConfig.NONE, SystemProxy.choose(ProxyConfig.NONE, "sip.example.com", 5061));
        assertEquals(List.of(), asked);
        ProxySelector.setDefault(null);
        assertEquals(ProxyConfig.NONE, SystemProxy.choose(ProxyConfig.SYSTEM, "sip.example.com", 5061));
    }
}
