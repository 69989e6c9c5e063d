package io.earshot.upload.ftp;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.commons.net.DefaultSocketFactory;
import org.apache.commons.net.ftp.FTPSClient;

/**
 * Resumes the TLS session of the commands for the data, which servers demand to know that both come from one client (RFC 4217 §10.2). Java
 * looks sessions up by host and port, so a data connection goes by the host and port of the command connection.
 */
final class ReusingFtpsClient extends FTPSClient {
    private final SSLContext context;

    ReusingFtpsClient(boolean implicit, SSLContext context) {
        super(implicit, context);
        this.context = context;
        // A ticket of TLS 1.3 is good for one connection, and may come too late for it.
        setEnabledProtocols(new String[] {"TLSv1.2"});
    }

    @Override
    public void execPROT(String level) throws IOException {
        super.execPROT(level);
        int port = getRemotePort();
        setSocketFactory(new DefaultSocketFactory() {
            @Override
            public Socket createSocket() {
                return new DataSocket(port);
            }
        });
    }

    @Override
    protected Socket _openDataConnection_(String command, String argument) throws IOException {
        Socket plain = super._openDataConnection_(command, argument);
        if (!(plain instanceof DataSocket && _socket_ instanceof SSLSocket commands)) {
            return plain;
        }
        try {
            SSLSocket data = (SSLSocket) context.getSocketFactory().createSocket(plain, commands.getSession().getPeerHost(),
                    plain.getPort(), true);
            data.setEnabledProtocols(commands.getEnabledProtocols());
            SSLParameters parameters = data.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm(commands.getSSLParameters().getEndpointIdentificationAlgorithm());
            data.setSSLParameters(parameters);
            data.startHandshake();
            return data;
        } catch (IOException refused) {
            plain.close();
            throw refused;
        }
    }

    /** Says that it is connected with the port of the commands. */
    private static final class DataSocket extends Socket {
        private final int port;

        DataSocket(int port) {
            this.port = port;
        }

        @Override
        public int getPort() {
            return port;
        }
    }
}
