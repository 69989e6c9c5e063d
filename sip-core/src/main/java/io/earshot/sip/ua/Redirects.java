package io.earshot.sip.ua;

import io.earshot.sip.message.NameAddr;
import io.earshot.sip.message.Response;
import io.earshot.sip.message.SipUri;
import io.earshot.sip.message.Uri;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The places that 3xx answers sent a request to (RFC 3261 §8.1.3.4): best first, none twice, not for ever. */
final class Redirects {
    private final int most;
    private final List<Uri> tried = new ArrayList<>(1);
    private final Deque<SipUri> left = new ArrayDeque<>(1);

    Redirects(int most, Uri first) {
        this.most = most;
        tried.add(first);
    }

    /** Returns the contacts of a response, those of the highest q first; equal ones in their order. */
    static List<NameAddr> contacts(Response response) {
        List<NameAddr> sorted = new ArrayList<>(response.contacts());
        sorted.sort(Comparator.comparingDouble(Redirects::q).reversed());
        return sorted;
    }

    private static double q(NameAddr contact) {
        String text = contact.parameters().get("q").orElse("1");
        try {
            return text.length() > 5 ? 0 : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /**
     * Takes the contacts of a 300, 301 or 302. A 305 names a proxy that we have no reason to trust, and a 380 a service of another kind,
     * described in its body (§21.3): both end the call, and their contacts are told.
     */
    void add(Response response) {
        if (response.status() > 302) {
            return;
        }
        List<SipUri> fresh = new ArrayList<>();
        for (NameAddr contact : contacts(response)) {
            if (contact.uri() instanceof SipUri uri && tried.stream().noneMatch(uri::equivalent)) {
                fresh.add(uri);
                tried.add(uri);
            }
        }
        for (int i = fresh.size() - 1; i >= 0; i--) {
            left.addFirst(fresh.get(i)); // what a target names goes before what was left
        }
        while (tried.size() > most + 1 && !left.isEmpty()) {
            tried.remove(left.removeLast());
        }
    }

    /** Returns the next place to try. */
    Optional<SipUri> next() {
        return Optional.ofNullable(left.poll());
    }
}
