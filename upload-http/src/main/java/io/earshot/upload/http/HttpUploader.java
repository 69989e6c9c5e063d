package io.earshot.upload.http;

import io.earshot.api.audio.spi.RecordingUploader;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sends a file as the body of a PUT (RFC 9110 §9.3.4), and of a POST to a server that has no PUT. User and password of the URI go as Basic
 * credentials (RFC 7617). Redirections are followed on the same host. Success is a status from 200 to 299.
 */
public final class HttpUploader implements RecordingUploader {
    private static final Map<String, String> TYPES = Map.of("wav", "audio/wav", "mp3", "audio/mpeg", "opus", "audio/ogg",
            "gsm", "audio/GSM");
    /** A slow line carries 8 kB per second. */
    private static final long SLOWEST_BYTES_PER_SECOND = 8000;
    private static final int MOST_MOVES = 5;

    /** For {@link java.util.ServiceLoader}. */
    public HttpUploader() {
    }

    @Override
    public Set<String> schemes() {
        return Set.of("http", "https");
    }

    @Override
    public void upload(Path file, URI target, Duration timeout) throws IOException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(timeout).followRedirects(HttpClient.Redirect.NEVER).build();
        Duration most = timeout.plusSeconds(Files.size(file) / SLOWEST_BYTES_PER_SECOND);
        Optional<String> credentials = credentials(target);
        URI where = bare(target);
        HttpResponse<Void> answer = send(client, "PUT", file, where, credentials, most);
        for (int moves = 0; moves < MOST_MOVES && moved(where, answer).isPresent(); moves++) {
            where = moved(where, answer).get();
            answer = send(client, "PUT", file, where, credentials, most);
        }
        if (answer.statusCode() == 405 || answer.statusCode() == 501) {
            answer = send(client, "POST", file, where, credentials, most);
        }
        if (answer.statusCode() < 200 || answer.statusCode() > 299) {
            throw new IOException("the server answered HTTP " + answer.statusCode()
                    + answer.headers().firstValue("Location").map(other -> " and names another address, " + other).orElse(""));
        }
    }

    /**
     * Returns where on the same host the file is wanted instead. Another host would get the password, and a request that a redirection
     * turns into a GET stores nothing, whatever its answer.
     */
    private static Optional<URI> moved(URI from, HttpResponse<Void> answer) {
        int status = answer.statusCode();
        if (status != 301 && status != 302 && status != 307 && status != 308) {
            return Optional.empty();
        }
        try {
            return answer.headers().firstValue("Location").map(from::resolve).filter(to -> from.getHost().equalsIgnoreCase(to.getHost())
                    && (to.getScheme().equals(from.getScheme()) || to.getScheme().equals("https")));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static HttpResponse<Void> send(HttpClient client, String method, Path file, URI where, Optional<String> credentials,
            Duration most) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(where).timeout(most).method(method, BodyPublishers.ofFile(file))
                .header("Content-Type", type(file));
        credentials.ifPresent(value -> request.header("Authorization", value));
        try {
            return client.send(request.build(), BodyHandlers.discarding());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        }
    }

    private static String type(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
    }

    /** The client takes no URI with a user in it. */
    private static URI bare(URI target) throws IOException {
        try {
            return new URI(target.toString().replaceFirst("//[^/@]*@", "//"));
        } catch (URISyntaxException malformed) {
            throw new IOException("the address is malformed: " + malformed.getReason(), malformed);
        }
    }

    private static Optional<String> credentials(URI target) {
        return Optional.ofNullable(target.getRawUserInfo()).map(raw -> URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8))
                .map(plain -> "Basic " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
    }
}
