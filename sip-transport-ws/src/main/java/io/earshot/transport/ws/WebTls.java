package io.earshot.transport.ws;

import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.transport.spi.TlsConfig.ClientCertificates;
import io.earshot.api.transport.spi.TlsIdentity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** Makes the TLS engines of one transport. Confined to the loop; the context is made at first use, as reading authorities takes long. */
final class WebTls {
    private static final char[] NO_PASSWORD = new char[0];

    private final TlsConfig config;
    private Optional<SSLContext> context = Optional.empty();

    WebTls(TlsConfig config) {
        this.config = config;
    }

    boolean hasIdentity() {
        return config.identity().isPresent();
    }

    /** Makes the context now. */
    void check() throws IOException {
        try {
            context();
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private SSLContext context() throws GeneralSecurityException {
        if (context.isEmpty()) {
            SSLContext fresh = SSLContext.getInstance("TLS");
            KeyManager[] keys = config.identity().isPresent() ? keys(config.identity().get()) : new KeyManager[0];
            fresh.init(keys, new TrustManager[] {new WebTrust(config)}, null);
            context = Optional.of(fresh);
        }
        return context.get();
    }

    private static KeyManager[] keys(TlsIdentity identity) throws GeneralSecurityException {
        KeyStore store = emptyStore();
        store.setKeyEntry("own", identity.key(), NO_PASSWORD, identity.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            return store;
        } catch (IOException e) {
            throw new GeneralSecurityException(e); // nothing is read
        }
    }

    SSLEngine client(String host, int port) throws GeneralSecurityException {
        SSLEngine engine = context().createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = parameters(engine);
        if (host.indexOf(':') < 0 && !host.matches("[0-9.]+")) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    SSLEngine server(InetSocketAddress peer) throws GeneralSecurityException {
        SSLEngine engine = context().createSSLEngine(Reasons.plain(peer), peer.getPort());
        engine.setUseClientMode(false);
        SSLParameters parameters = parameters(engine);
        if (config.clients() == ClientCertificates.REQUIRED) {
            parameters.setNeedClientAuth(true);
        } else if (config.clients() == ClientCertificates.WANTED) {
            parameters.setWantClientAuth(true);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    private SSLParameters parameters(SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(config.versions().stream().map(TlsConfig.Version::jsseName).sorted().toArray(String[]::new));
        parameters.setApplicationProtocols(new String[] {"http/1.1"}); // RFC 6455 knows no other
        return parameters;
    }
}
