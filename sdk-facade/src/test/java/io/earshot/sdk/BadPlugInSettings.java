package io.earshot.sdk;

import io.earshot.api.codec.spi.CodecDescriptor;
import io.earshot.api.codec.spi.FormatParameters;
import io.earshot.api.dns.spi.DnsConfig;
import io.earshot.api.id.IdSource;
import io.earshot.api.transport.spi.StreamConfig;
import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.transport.spi.TransportConfig;
import io.earshot.api.transport.spi.WebSocketConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows of what plug-ins are configured with: codecs, DNS, transports, TLS. */
final class BadPlugInSettings extends BadArguments {
    BadPlugInSettings() {
        subject(CodecDescriptor.class, new CodecDescriptor("PCMU", 8000, 8000, 1, 0, 10, 20, 0));
        subject(FormatParameters.class, FormatParameters.NONE);
        subject(DnsConfig.class, DnsConfig.DEFAULT);
        subject(IdSource.class, IdSource.seeded(1));
        subject(StreamConfig.class, StreamConfig.DEFAULT);
        subject(TlsConfig.class, TlsConfig.DEFAULT);
        subject(TransportConfig.class, TransportConfig.bind(new InetSocketAddress(0)));
        subject(WebSocketConfig.class, WebSocketConfig.DEFAULT);
        codecs();
        transports();
        tls();
    }

    private void codecs() {
        String set = "codec PCMU: name, rates, channels and frame length must be set";
        String made = "CodecDescriptor.new";
        sample("PCMU", made);
        sample(8000, made + ":2", made + ":3");
        sample(0, made + ":5");
        sample(10, made + ":6", made + ":7");
        wrong("", "codec : name, rates, channels and frame length must be set", "CodecDescriptor.name", made);
        wrong(0, set, "CodecDescriptor.rtpClockRate", "CodecDescriptor.rtpChannels", "CodecDescriptor.sampleRate",
                "CodecDescriptor.channels", "CodecDescriptor.frameMillis", made + ":2", made + ":3", made + ":4", made + ":6");
        wrong(128, "codec PCMU: payload type 128 is outside 0 to 127", "CodecDescriptor.payloadType", made + ":5");
        wrong(15, "codec PCMU: ptime 15 is no multiple of 10 ms", "CodecDescriptor.defaultPtime", made + ":7");
        fine("any number orders the codecs", "CodecDescriptor.priority", made + ":8");
        fine("it only tells", "CodecDescriptor.matches", "CodecDescriptor.matches:2", "CodecDescriptor.matches:3",
                "CodecDescriptor.samplesIn", "FormatParameters.get", "FormatParameters.getInt");
        fine("parameters come from peers, and those that cannot be read are not there", "FormatParameters.raw", "FormatParameters.of");
        wrong(0, "bits must be 1 to 256, not 0", "IdSource.token");
        fine("any seed", "IdSource.seeded");
    }

    private void transports() {
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("ns.example", 53);
        String server = "a DNS server is an IP address and a port from 1 up, as 192.0.2.1 and 53, not ns.example/<unresolved>:53";
        wrong(List.of(nowhere), server, "DnsConfig.servers");
        wrong(new InetSocketAddress[] {nowhere}, server, "DnsConfig.withServers");
        wrong(Duration.ZERO, "timeout must be 1 ms to 1 h, not 0 s", "DnsConfig.timeout", "DnsConfig.withTimeout");
        Map.of("connectTimeout", 1L, "silenceTimeout", 1L, "stallTimeout", 1L, "idleTimeout", 0L).forEach((name, least) ->
                wrong(-1L, name + " must be " + least + " or more (nanoseconds), not -1", "StreamConfig." + name, with(name)));
        wrong(0, "maxConnections must be 1 or more (connections), not 0", "StreamConfig.maxConnections", with("maxConnections"));
        wrong(0, "maxQueued must be 1 or more (bytes), not 0", "StreamConfig.maxQueued", with("maxQueued"));
        wrong(256, "trafficClass 256 is not between 0 and 255; 184 is voice (EF), 0 is none", "TransportConfig.trafficClass",
                "TransportConfig.new:2");
        wrong(0, "maxMessage must be 1 byte or more, not 0", "TransportConfig.maxMessage", "TransportConfig.new:3");
        fine("whether it can be bound is known when the transport opens; UserVisibleErrorsTest", "TransportConfig.bind",
                "TransportConfig.bind(InetSocketAddress)", "TransportConfig.new");
        sample(new InetSocketAddress(0), "TransportConfig.new", "TransportConfig.bind(InetSocketAddress)");
        String path = "a WebSocket path starts with '/' and has no blank, '?' or '#', not 'sip'";
        wrong("sip", path, "WebSocketConfig.path", "WebSocketConfig.withPath");
        String times = "pongTimeout must be 1 ns or more and pingInterval too, or 0 for no pings, not ";
        wrong(-1L, times + "10000000000 and -1", "WebSocketConfig.pingInterval");
        wrong(0L, times + "0 and 60000000000", "WebSocketConfig.pongTimeout");
        wrong(-1L, times + "1 and -1", "WebSocketConfig.withPings");
        wrong(0L, times + "0 and 1", "WebSocketConfig.withPings:2");
        fine("any text is compared with what browsers say", "WebSocketConfig.origins", "WebSocketConfig.withOrigins");
        wrong(Map.of("example.com", Map.of("A", "1\r\nB: 2")), "the HTTP header 'A' cannot be sent: its name or value has characters "
                + "that are not allowed", "WebSocketConfig.headers");
        wrong(Map.of("example.com", Map.of("Host", "a")), "the HTTP header 'Host' belongs to WebSocket itself; leave it out",
                "WebSocketConfig.headers");
        fine("any name is compared with hosts", "WebSocketConfig.withHeader");
        wrong("Host", "the HTTP header 'Host' belongs to WebSocket itself; leave it out", "WebSocketConfig.withHeader:2");
        wrong("a\r\nb", "the HTTP header 'sample' cannot be sent: its name or value has characters that are not allowed",
                "WebSocketConfig.withHeader:3");
    }

    private static String with(String component) {
        return "StreamConfig.with" + Character.toUpperCase(component.charAt(0)) + component.substring(1);
    }

    private void tls() {
        wrong(Set.of("short"), "a pin is the base64 of a SHA-256, 44 characters with '=' at the end, not short", "TlsConfig.pins");
        wrong(new String[] {"short"}, "a pin is the base64 of a SHA-256, 44 characters with '=' at the end, not short",
                "TlsConfig.withPins");
        wrong(Set.of(), "at least one version of TLS is needed: write TLS_1_2 or TLS_1_3", "TlsConfig.versions");
        wrong(new TlsConfig.Version[0], "at least one version of TLS is needed: write TLS_1_2 or TLS_1_3", "TlsConfig.withVersions");
        fine("a certificate was checked when it was made", "TlsConfig.trusted", "TlsConfig.trustingAlso", "TlsConfig.trustingOnly");
        wrong(List.<X509Certificate>of(), "a TLS identity needs at least one certificate: its own first, then those above it",
                "TlsIdentity.chain");
        Path none = Path.of("no-such-file.pem");
        wrong(none, "There is no file no-such-file.pem", "TlsFiles.certificates", "TlsFiles.identity");
        wrong(Path.of("src"), "The file src cannot be read: Is a directory", "TlsFiles.certificates",
                "TlsFiles.identity(Path,Path,char[]):1");
        wrong(Path.of("pom.xml"), "The file pom.xml does not open as PKCS#12: the password is wrong, or it is none",
                "TlsFiles.identity(Path,char[]):1");
        fine("the key is read after the certificates; TlsFilesTest of sip-transport-tls", "TlsFiles.identity(Path,Path,char[]):2");
        fine("it is wrong when the file does not open, which names the file", "TlsFiles.identity:2", "TlsFiles.identity:3");
        fine("it only tells", "TlsFiles.isPkcs12");
        wrong(emptyStore(), "the key store has no private key", "TlsIdentity.of");
        fine("a password that does not fit is told by the key store", "TlsIdentity.of:2");
        sample(emptyStore(), "TlsIdentity.of");
        sample(none, "TlsFiles.certificates", "TlsFiles.identity", "TlsFiles.identity(Path,Path,char[]):2", "TlsFiles.isPkcs12");
        subject(PrivateKey.class, key());
    }

    private static PrivateKey key() {
        try {
            return KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
        } catch (GeneralSecurityException broken) {
            throw new AssertionError(broken);
        }
    }

    private static KeyStore emptyStore() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, new char[0]);
            return store;
        } catch (IOException | GeneralSecurityException broken) {
            throw new AssertionError(broken);
        }
    }
}
