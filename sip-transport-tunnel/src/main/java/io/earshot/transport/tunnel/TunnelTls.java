package io.earshot.transport.tunnel;

import io.earshot.api.transport.spi.TlsConfig;
import io.earshot.api.transport.spi.TlsConfig.ClientCertificates;
import io.earshot.api.transport.spi.TlsConfig.Policy;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import java.net.Socket;

/** TLS as HTTPS has it (RFC 9110 §4.3.4), by the settings of the phone. Making one reads authorities, which takes a while. */
final class TunnelTls {
    private static final char[] NO_PASSWORD = new char[0];

    private final TlsConfig config;
    private final SSLContext context;

    TunnelTls(TlsConfig config) throws IOException {
        this.config = config;
        try {
            context = SSLContext.getInstance("TLS");
            context.init(keys(), new TrustManager[] {new Trust(config)}, null);
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private KeyManager[] keys() throws GeneralSecurityException, IOException {
        if (config.identity().isEmpty()) {
            return new KeyManager[0];
        }
        KeyStore store = empty();
        store.setKeyEntry("own", config.identity().get().key(), NO_PASSWORD,
            config.identity().get().chain().toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    SSLEngine client(String host, int port) {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = parameters(engine);
        if (config.policy() == Policy.VERIFY) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        if (host.indexOf(':') < 0 && !host.matches("[0-9.]+")) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    SSLEngine server() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = parameters(engine);
        parameters.setWantClientAuth(config.clients() == ClientCertificates.WANTED);
        if (config.clients() == ClientCertificates.REQUIRED) {
            parameters.setNeedClientAuth(true);
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    private SSLParameters parameters(SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(config.versions().stream().map(TlsConfig.Version::jsseName).sorted().toArray(String[]::new));
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        return parameters;
    }

    /** The runtime's judgement, weakened as far as the policy says, and the pins whatever it says. */
    private static final class Trust extends X509ExtendedTrustManager {
        private final TlsConfig config;
        private final X509ExtendedTrustManager judge;

        Trust(TlsConfig config) throws GeneralSecurityException, IOException {
            this.config = config;
            KeyStore store = empty();
            int count = 0;
            if (config.platformTrust()) {
                for (X509Certificate authority : judge(null).getAcceptedIssuers()) {
                    store.setCertificateEntry("platform" + count++, authority);
                }
            }
            for (X509Certificate authority : config.trusted()) {
                store.setCertificateEntry("own" + count++, authority);
            }
            judge = judge(store);
        }

        /** @param store {@code null} for that of the runtime, as JSSE has it */
        private static X509ExtendedTrustManager judge(KeyStore store) throws GeneralSecurityException {
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
            if (!config.pins().isEmpty() && !config.pins().contains(pin(chain[0]))) {
                throw new CertificateException("the server's key is none of those that are pinned");
            }
            boolean own = chain[0].getSubjectX500Principal().equals(chain[0].getIssuerX500Principal());
            if (config.policy() == Policy.ALLOW_ANYTHING || config.policy() == Policy.ALLOW_SELF_SIGNED && own) {
                return;
            }
            if (config.policy() == Policy.ALLOW_SELF_SIGNED) {
                SSLParameters parameters = engine.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                engine.setSSLParameters(parameters);
            }
            judge.checkServerTrusted(chain, type, engine);
        }

        private static String pin(X509Certificate certificate) throws CertificateException {
            try {
                byte[] key = certificate.getPublicKey().getEncoded();
                return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
            } catch (GeneralSecurityException missing) {
                throw new CertificateException(missing);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
            judge.checkClientTrusted(chain, type, engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
            judge.checkClientTrusted(chain, type, socket);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
            throw new CertificateException("only engines are used here");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            judge.checkClientTrusted(chain, type);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("only engines are used here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return judge.getAcceptedIssuers();
        }
    }
}
