package io.earshot.transport.tunnel;

import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;

/** Sentences about what goes wrong. */
final class Troubles {
    private Troubles() {
    }

    static String of(Throwable failure, String where) {
        Throwable cause = failure instanceof java.util.concurrent.CompletionException && failure.getCause() != null ? failure.getCause()
            : failure;
        Throwable root = cause;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        String lower = text.toLowerCase(Locale.ROOT);
        if (root instanceof UnknownHostException || root instanceof UnresolvedAddressException) {
            return "there is no host " + where;
        }
        if (lower.contains("refused")) {
            return where + " refuses the connection: nothing listens there";
        }
        if (lower.contains("timed out")) {
            return where + " does not answer";
        }
        if (lower.contains("reset") || lower.contains("broken pipe") || lower.contains("closed")) {
            return where + " ended the connection";
        }
        return "the connection to " + where + " failed: " + text;
    }
}
