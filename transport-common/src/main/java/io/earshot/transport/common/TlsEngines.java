package io.earshot.transport.common;

import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.transport.spi.TlsConfig.ClientCertificates;
import io.earshot.api.transport.spi.TlsIdentity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/**
 * Makes the TLS engines of one transport, which share a session cache. Reading the runtime's authorities takes a while, which who never
 * uses TLS need not wait for: they are read for the first engine. Confined to the loop.
 */
public final class TlsEngines {
    private static final char[] NO_PASSWORD = new char[0];

    private final TlsConfig config;
    private final HostNames.Kind names;
    private final String[] applications;
    private Optional<SSLContext> context = Optional.empty();

    /**
     * Takes the settings; does nothing yet.
     *
     * @param names which names in a server's certificate count
     * @param applications protocols to agree on (ALPN, RFC 7301); none where it is not used
     */
    public TlsEngines(TlsConfig config, HostNames.Kind names, String... applications) {
        this.config = config;
        this.names = names;
        this.applications = applications.clone();
    }

    /** Tells whether there is a certificate of our own. */
    public boolean hasIdentity() {
        return config.identity().isPresent();
    }

    /** Tells whether each certificate that is let through comes from a trusted authority. */
    public boolean verifies() {
        return config.policy() == TlsConfig.Policy.VERIFY;
    }

    /**
     * Tries our certificate, where there is one, so that a key that does not work is told of at once.
     *
     * @throws IOException if it does not work
     */
    public void check() throws IOException {
        if (hasIdentity()) {
            context();
        }
    }

    private SSLContext context() throws IOException {
        if (context.isEmpty()) {
            try {
                SSLContext fresh = SSLContext.getInstance("TLS");
                KeyManager[] keys = config.identity().isPresent() ? keys(config.identity().get()) : new KeyManager[0];
                fresh.init(keys, new TrustManager[] {new PeerTrust(config, names)}, null);
                context = Optional.of(fresh);
            } catch (GeneralSecurityException e) {
                throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
            }
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

    /**
     * Returns an engine for a connection that we make.
     *
     * @param host name or IP address that the server's certificate must be for
     * @throws IOException if TLS cannot be set up; the message is a sentence
     */
    public SSLEngine client(String host, int port) throws IOException {
        SSLEngine engine = context().createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = parameters(engine);
        parameters.setServerNames(HostNames.dnsName(host).flatMap(TlsEngines::indication).stream().toList());
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** Underscores, which some networks have in their names, do not fit into SNI: such a server has to do without. */
    private static Optional<SNIServerName> indication(String name) {
        try {
            return Optional.of(new SNIHostName(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns an engine for a connection that a peer has made.
     *
     * @throws IOException if TLS cannot be set up; the message is a sentence
     */
    public SSLEngine server(InetSocketAddress peer) throws IOException {
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
        parameters.setApplicationProtocols(applications);
        return parameters;
    }
}
