package io.earshot.sdk.internal.net;

import io.earshot.rtp.route.MapperOutput;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;

/** Asks a router by HTTP, without proxies and redirects, and reads no more than is wanted. Blocks. */
public final class RouterHttp {
    private static final int PATIENCE_MILLIS = 2500;

    private RouterHttp() {
    }

    /**
     * What came back.
     *
     * @param status 0 where nothing did
     */
    public record Answer(int status, String body) { }

    /** Makes one request. */
    public static Answer ask(MapperOutput.Http request) {
        HttpURLConnection connection = null;
        try {
            connection = (HttpURLConnection) request.uri().toURL().openConnection(Proxy.NO_PROXY);
            connection.setInstanceFollowRedirects(false);
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            connection.setUseCaches(false);
            connection.setRequestProperty("Connection", "close");
            if (!request.body().isEmpty()) {
                connection.setDoOutput(true);
                connection.setRequestMethod("POST");
                connection.setRequestProperty("Content-Type", "text/xml; charset=\"utf-8\"");
                connection.setRequestProperty("SOAPAction", request.action());
                connection.getOutputStream().write(request.body().getBytes(StandardCharsets.UTF_8));
            }
            int status = connection.getResponseCode();
            try (InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                // A body that is longer than it may be is cut and then fails to be read as XML.
                return new Answer(status, body == null ? "" : new String(body.readNBytes(request.most()), StandardCharsets.UTF_8));
            }
        } catch (IOException | RuntimeException unreachable) {
            return new Answer(0, "");
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }
}
