package io.earshot.sdk.classic;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;

/** Requests to web servers, and files on web and FTP servers ({@code http_addr}, {@code ftp_addr}). Requests take 20 s at most (B-215). */
final class ClassicWeb {
    static final Duration LONGEST = Duration.ofSeconds(20);
    private static final int MOST_BYTES = 16 << 20;
    private static final String PLACE = "FILENAME";

    private final Duration longest;
    private final ClassicPhone phone;
    private final ClassicFolder folder;
    private final Executor workers;

    ClassicWeb(ClassicPhone phone, ClassicFolder folder, Executor workers) {
        this(phone, folder, workers, LONGEST);
    }

    /** {@code longest} is for a request. */
    ClassicWeb(ClassicPhone phone, ClassicFolder folder, Executor workers, Duration longest) {
        this.longest = longest;
        this.phone = phone;
        this.folder = folder;
        this.workers = workers;
    }

    /** Sends GET, or POST when there is data; returns the body, or a text that begins with ERROR. */
    String request(String url, String data) {
        try {
            return ask(url, data.isEmpty() ? "GET" : "POST", data);
        } catch (IOException | IllegalArgumentException failed) {
            return failure(failed);
        }
    }

    private static String failure(Exception failed) {
        return "ERROR: " + (failed.getMessage() == null ? failed.getClass().getSimpleName() : failed.getMessage());
    }

    /** Does the same without waiting; an ANSWER notification has the result. */
    boolean requestLater(String url, String data) {
        workers.execute(() -> phone.send(new Notification(1, List.of("ANSWER", request(url, data)))));
        return true;
    }

    private String ask(String url, String method, String data) throws IOException {
        URI uri = URI.create(url.strip());
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!List.of("http", "https").contains(scheme) || uri.getHost() == null) {
            throw new IllegalArgumentException("'" + url + "' is no http:// or https:// address");
        }
        HttpRequest.BodyPublisher body = data.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(data);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(longest).method(method, body);
        if (method.equals("POST")) {
            boolean json = data.startsWith("{") || data.startsWith("[");
            request.header("Content-Type", json ? "application/json" : "application/x-www-form-urlencoded");
        }
        HttpClient client = HttpClient.newBuilder().connectTimeout(longest).followRedirects(HttpClient.Redirect.NORMAL)
                .version(HttpClient.Version.HTTP_1_1).build();
        try {
            HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            String text = text(answer.body());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException("the server answered " + answer.statusCode());
            }
            return text;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        }
    }

    private static String text(InputStream in) throws IOException {
        try (in) {
            byte[] all = in.readNBytes(MOST_BYTES + 1);
            if (all.length > MOST_BYTES) {
                throw new IOException("the answer has more than " + MOST_BYTES + " bytes");
            }
            return new String(all, StandardCharsets.UTF_8);
        }
    }

    // ---- files on a server

    /** Stores a file; it goes on by itself, and an EVENT tells how it ended. */
    boolean save(String name, String content) {
        String url = place(name);
        workers.execute(() -> {
            try {
                if (isFtp(url)) {
                    ftpSave(url, content);
                } else {
                    ask(url, "PUT", content);
                }
                phone.send(Notification.event("EVENT", "file saved to " + shown(url)));
            } catch (IOException | IllegalArgumentException failed) {
                phone.send(Notification.event("ERROR", "The file was not saved to " + shown(url) + ": " + failed.getMessage()));
            }
        });
        return true;
    }

    /** Fetches a file into the folder; until it is there, and when it failed, its local copy begins with ERROR. */
    boolean load(String name) {
        folder.file(name);
        place(name);
        workers.execute(() -> {
            try {
                folder.write(name, loadNow(name), false);
            } catch (IOException | IllegalArgumentException failed) {
                phone.send(Notification.event("ERROR", "The file " + name + " was not kept: " + failed.getMessage()));
            }
        });
        return true;
    }

    /** Fetches a file; returns what is in it, or a text that begins with ERROR. */
    String loadNow(String name) {
        try {
            String url = place(name);
            return isFtp(url) ? ftpLoad(url) : ask(url, "GET", "");
        } catch (IOException | IllegalArgumentException failed) {
            return failure(failed);
        }
    }

    private String place(String name) {
        folder.file(name);
        String base = phone.parameters().given("ftp_addr").or(() -> phone.parameters().given("http_addr")).orElseThrow(() ->
                new IllegalArgumentException("There is no place for remote files; set ftp_addr or http_addr"));
        String encoded = java.net.URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return base.contains(PLACE) ? base.replace(PLACE, encoded) : base.endsWith("/") ? base + encoded : base + "/" + encoded;
    }

    private static boolean isFtp(String url) {
        return url.regionMatches(true, 0, "ftp:", 0, 4);
    }

    /** Without a password. */
    private static String shown(String url) {
        return url.replaceFirst("//[^/@]*@", "//");
    }

    private URLConnection ftp(String url) throws IOException {
        URLConnection connection = URI.create(url).toURL().openConnection();
        connection.setConnectTimeout((int) longest.toMillis());
        connection.setReadTimeout((int) longest.toMillis());
        return connection;
    }

    private void ftpSave(String url, String content) throws IOException {
        try (OutputStream out = ftp(url).getOutputStream()) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }

    private String ftpLoad(String url) throws IOException {
        return text(ftp(url).getInputStream());
    }
}
