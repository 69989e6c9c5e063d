package io.earshot.sdk;

import io.earshot.api.proxy.ProxyConfig;
import io.earshot.api.proxy.spi.SocksDatagrams;
import io.earshot.api.proxy.spi.UdpAssociation;
import io.earshot.api.tunnel.TunnelConfig;
import io.earshot.api.tunnel.TunnelGatewayConfig;
import io.earshot.api.tunnel.TunnelMode;
import io.earshot.api.tunnel.TunnelUse;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The rows of tunnels and proxies. */
final class BadTunnelSettings extends BadArguments {
    private static final String KEY = "0123456789abcdef";

    BadTunnelSettings() {
        subject(ProxyConfig.class, ProxyConfig.http("proxy.example.com", 8080));
        subject(TunnelConfig.class, TunnelConfig.of("https://gw.example.com", "alice", KEY));
        subject(TunnelGatewayConfig.class, TunnelGatewayConfig.of(new InetSocketAddress(0), "alice", KEY, "sip.example.com"));
        subject(TunnelGatewayConfig.Limits.class, TunnelGatewayConfig.Limits.DEFAULT);
        subject(TunnelMode.class, TunnelMode.AUTO);
        subject(TunnelUse.class, TunnelUse.ALWAYS);
        subject(ProxyConfig.Kind.class, ProxyConfig.Kind.HTTP);
        subject(SocksDatagrams.class, new SocksDatagrams());
        subject(UdpAssociation.class, new UdpAssociation(ProxyConfig.socks5("proxy.example.com", 1080)));
        proxies();
        spi();
        tunnels();
        gateways();
    }

    private void proxies() {
        sample("proxy.example.com", "ProxyConfig.host", "ProxyConfig.http", "ProxyConfig.socks5");
        sample(8080, "ProxyConfig.port", "ProxyConfig.http:2", "ProxyConfig.socks5:2");
        sample("me", "ProxyConfig.withLogin", "ProxyConfig.Login.user");
        wrong("", "host must not be empty: write one line of text", "ProxyConfig.host", "ProxyConfig.http", "ProxyConfig.socks5");
        wrong(0, "port 0 is not between 1 and 65535; 8080 and 3128 are usual for HTTP, 1080 for SOCKS", "ProxyConfig.port",
                "ProxyConfig.http:2", "ProxyConfig.socks5:2");
        wrong("ftp://x", "the address of a proxy is host:port, http://host:port or socks5://host:port, with user:password@ before the host "
                + "if it wants a login", "ProxyConfig.of");
        wrong("", "user must not be empty: write one line of text", "ProxyConfig.Login.user", "ProxyConfig.withLogin");
        wrong("a\nb", "password must be one line of text, but has a line break after 1 characters: leave it out",
                "ProxyConfig.Login.password",
                "ProxyConfig.withLogin:2");
    }

    private void spi() {
        fine("any name can be written; a proxy says which it knows", "ProxiedNames.standIn(String)",
                "SystemProxy.choose(ProxyConfig,String,int):2");
        fine("not looked up is looked up by the proxy", "ProxiedNames.target(InetSocketAddress)",
                "SocksDatagrams.wrap(InetSocketAddress,ByteBuffer):1");
        fine("it is part of a question to the system", "SystemProxy.choose(ProxyConfig,String,int):3");
        fine("the address of a connection that there is", "UdpAssociation.relay(InetSocketAddress)");
    }

    private void tunnels() {
        String address = "' is no address of a tunnel gateway; write https://host:port/path, with the user and the key apart";
        String key = "the tunnel key of 'alice' has 5 characters: 16 random ones are the least, so that nobody can guess it";
        sample("alice", "TunnelConfig.user", "TunnelConfig.of:2");
        sample(KEY, "TunnelConfig.key", "TunnelConfig.of:3");
        sample("https://gw.example.com", "TunnelConfig.of");
        sample(URI.create("https://gw.example.com"), "TunnelConfig.gateway");
        sample(Duration.ofMillis(200), "TunnelConfig.lateAfter");
        wrong(URI.create("ftp://gw"), "'gw" + address, "TunnelConfig.gateway");
        wrong("ftp://gw", "'gw" + address, "TunnelConfig.of");
        wrong("", "user must not be empty: write one line of text", "TunnelConfig.user", "TunnelConfig.of:2");
        wrong("short", key, "TunnelConfig.key", "TunnelConfig.of:3");
        wrong(Duration.ZERO, "lateAfter must be 40 ms to 2 s, not 0 s", "TunnelConfig.lateAfter", "TunnelConfig.withLateAfter");
    }

    private void gateways() {
        InetSocketAddress any = new InetSocketAddress(0);
        String of = "TunnelGatewayConfig.of";
        String made = "TunnelGatewayConfig.";
        sample(any, of, made + "listen");
        sample(any.getAddress(), made + "outside", made + "withOutside");
        sample("alice", of + ":2");
        sample(KEY, of + ":3");
        sample(new String[] {"sip.example.com"}, of + ":4");
        sample("/tunnel", made + "path");
        sample(Map.of("alice", KEY), made + "users");
        sample(List.of("sip.example.com"), made + "to", made + "mediaTo");
        sample(40_000, made + "firstPort", made + "withPorts");
        sample(49_999, made + "lastPort", made + "withPorts:2");
        sample(Duration.ofSeconds(30), made + "keep");
        sample(1, made + "Limits.sessions", made + "Limits.sessionsPerUser", made + "Limits.channels");
        sample(10_000, made + "Limits.bytesPerSecond");
        sample(1, made + "Limits.strangers");
        sample(List.of(any.getAddress()), made + "fronts");
        fine("whether it can be bound is known when the gateway starts", made + "listen", of);
        wrong("tunnel", "the path of a tunnel gateway is as /tunnel, not 'tunnel'", made + "path", made + "withPath");
        wrong("", "user must not be empty: write one line of text", of + ":2");
        wrong("short", "the tunnel key of 'alice' has 5 characters: 16 random ones are the least, so that nobody can guess it", of + ":3");
        wrong(Map.of(), "a tunnel gateway needs users: without any nobody could come in", made + "users", made + "withUsers");
        wrong(List.of(), "a tunnel gateway needs to know the SIP servers it may reach, as sip.example.com:5060", made + "to");
        wrong(new String[0], "a tunnel gateway needs to know the SIP servers it may reach, as sip.example.com:5060", of + ":4");
        fine("what is no place is told of when the gateway starts, for names are looked up then", made + "mediaTo", made + "withMediaTo");
        fine("any address can be a web server's", made + "fronts", made + "withFronts");
        String ports = "the ports of a tunnel gateway are from an even number of 1024 or more to a larger one up to 65535, not ";
        wrong(1_023, ports + "1023 to 49999", made + "firstPort", made + "withPorts");
        wrong(40_000, ports + "40000 to 40000", made + "lastPort", made + "withPorts:2");
        wrong(Duration.ZERO, "keep must be 1 s to 600 s, not 0 s", made + "keep", made + "withKeep");
        wrong(0, "sessions 0 is not between 1 and 100000", made + "Limits.sessions");
        wrong(0, "sessionsPerUser 0 is not between 1 and 100000", made + "Limits.sessionsPerUser");
        wrong(0, "channels 0 is not between 1 and 1000", made + "Limits.channels");
        wrong(0, "bytesPerSecond 0 is not between 10000 and 1000000000", made + "Limits.bytesPerSecond");
        wrong(0, "strangers 0 is not between 1 and 100000", made + "Limits.strangers");
    }
}
