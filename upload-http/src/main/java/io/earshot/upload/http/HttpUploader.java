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
 * credentials (RFC 7617). Success is a status from 200 to 299.
 */
public final class HttpUploader implements RecordingUploader {
    private static final Map<String, String> TYPES = Map.of("wav", "audio/wav", "mp3", "audio/mpeg", "opus", "audio/ogg",
            "gsm", "audio/GSM");
    /** A slow line carries 8 kB per second. */
    private static final long SLOWEST_BYTES_PER_SECOND = 8000;

    /** For {@link java.util.ServiceLoader}. */
    public HttpUploader() {
    }

    @Override
    public Set<String> schemes() {
        return Set.of("http", "https");
    }

    @Override
    public void upload(Path file, URI target, Duration timeout) throws IOException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(timeout).followRedirects(HttpClient.Redirect.NORMAL).build();
        Duration most = timeout.plusSeconds(Files.size(file) / SLOWEST_BYTES_PER_SECOND);
        int status = send(client, "PUT", file, target, most);
        if (status == 405 || status == 501) {
            status = send(client, "POST", file, target, most);
        }
        if (status < 200 || status > 299) {
            throw new IOException("the server answered HTTP " + status);
        }
    }

    private static int send(HttpClient client, String method, Path file, URI target, Duration most) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(bare(target)).timeout(most).method(method, BodyPublishers.ofFile(file))
                .header("Content-Type", type(file));
        credentials(target).ifPresent(value -> request.header("Authorization", value));
        try {
            HttpResponse<Void> response = client.send(request.build(), BodyHandlers.discarding());
            return response.statusCode();
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
