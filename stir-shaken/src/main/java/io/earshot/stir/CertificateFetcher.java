package io.earshot.stir;

import io.earshot.api.identity.VerifierConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Gets certificates from where signers keep them. The address is a stranger's choice, so that it must be HTTPS at a public address, is not
 * redirected, and brings no more than a chain takes. What was fetched is kept for an hour. Blocks; to be called on a worker.
 */
final class CertificateFetcher {
    private static final int MAX_BYTES = 65_536;
    private static final int MAX_KEPT = 256;
    private static final Duration KEEP = Duration.ofHours(1);

    private record Kept(Chain chain, Instant until) { }

    private final VerifierConfig config;
    private final HttpClient client;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    CertificateFetcher(VerifierConfig config, Executor workers) {
        this.config = config;
        this.client = HttpClient.newBuilder().connectTimeout(config.fetchTimeout()).followRedirects(HttpClient.Redirect.NEVER)
            .executor(workers).build();
    }

    Chain fetch(String address, Instant now) throws Verdict {
        Kept known = kept.get(address);
        if (known != null && now.isBefore(known.until())) {
            return known.chain();
        }
        Chain chain = Chain.read(bytes(check(address)));
        if (kept.size() >= MAX_KEPT) {
            kept.clear(); // signers are few; so many addresses are somebody's invention
        }
        kept.put(address, new Kept(chain, now.plus(KEEP)));
        return chain;
    }

    private URI check(String address) throws Verdict {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException broken) {
            throw new Verdict(436, "The signer's certificate has no usable address: " + IdentityHeader.printable(address));
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !(scheme.equals("https") || scheme.equals("http") && config.privateAddresses())) {
            throw new Verdict(436, "A certificate is only fetched by https, not from " + IdentityHeader.printable(address));
        }
        if (!config.privateAddresses()) {
            try {
                for (InetAddress one : InetAddress.getAllByName(uri.getHost())) {
                    if (isPrivate(one)) {
                        throw new Verdict(436, "A certificate is not fetched from the private address of " + uri.getHost());
                    }
                }
            } catch (UnknownHostException unknown) {
                throw new Verdict(436, "The server of the signer's certificate cannot be found: " + uri.getHost());
            }
        }
        return uri;
    }

    private static boolean isPrivate(InetAddress address) {
        byte[] raw = address.getAddress();
        boolean uniqueLocal = raw.length == 16 && (raw[0] & 0xFE) == 0xFC;
        boolean shared = raw.length == 4 && raw[0] == 100 && (raw[1] & 0xC0) == 64;
        return address.isLoopbackAddress() || address.isSiteLocalAddress() || address.isLinkLocalAddress() || address.isAnyLocalAddress()
            || address.isMulticastAddress() || uniqueLocal || shared;
    }

    private byte[] bytes(URI uri) throws Verdict {
        try {
            HttpResponse<InputStream> answer = client.send(HttpRequest.newBuilder(uri).timeout(config.fetchTimeout()).GET().build(),
                HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new Verdict(436, "The signer's certificate cannot be fetched: " + uri + " answered " + answer.statusCode());
                }
                byte[] bytes = body.readNBytes(MAX_BYTES + 1);
                if (bytes.length > MAX_BYTES) {
                    throw new Verdict(436, "The signer's certificate is longer than " + MAX_BYTES + " bytes");
                }
                return bytes;
            }
        } catch (IOException failed) {
            throw new Verdict(436, "The signer's certificate cannot be fetched from " + uri + ": " + failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Verdict(436, "Fetching the signer's certificate was given up");
        }
    }
}
