package io.earshot.api;

import java.time.Duration;
import java.util.List;

/**
 * What somebody answered to OPTIONS (RFC 3261 §11).
 *
 * @param status the status that a call would get now: 200, 486 when busy, …
 * @param methods the Allow header
 * @param bodies the Accept header
 * @param extensions the Supported header
 * @param program the User-Agent or Server header; empty when it does not say
 * @param latency the time from question to answer, name look-up included
 */
public record PeerCapabilities(int status, List<String> methods, List<String> bodies, List<String> extensions, String program,
        Duration latency) {
    public PeerCapabilities {
        methods = List.copyOf(methods);
        bodies = List.copyOf(bodies);
        extensions = List.copyOf(extensions);
    }
}
