package io.earshot.transport.tls;

import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.transport.spi.TlsConfig.ClientCertificates;
import io.earshot.api.transport.spi.TlsIdentity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** Makes the TLS engines of one transport, which share a session cache. */
final class TlsEngines {
    private static final char[] NO_PASSWORD = new char[0];

    private final SSLContext context;
    private final TlsConfig config;

    TlsEngines(TlsConfig config) throws GeneralSecurityException {
        this.config = config;
        context = SSLContext.getInstance("TLS");
        KeyManager[] keys = config.identity().isPresent() ? keys(config.identity().get()) : new KeyManager[0];
        context.init(keys, new TrustManager[] {new PeerTrust(config)}, null);
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

    SSLEngine client(String host, int port) {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = parameters(engine);
        HostNames.dnsName(host).ifPresent(name -> parameters.setServerNames(List.of(new SNIHostName(name))));
        engine.setSSLParameters(parameters);
        return engine;
    }

    SSLEngine server(InetSocketAddress peer) {
        SSLEngine engine = context.createSSLEngine(Reasons.plain(peer), peer.getPort());
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
        return parameters;
    }
}
