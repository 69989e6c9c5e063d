package io.earshot.rtp.secure;

import java.util.Map;

/** Where secrets are kept over the end of the phone, by name. */
public interface SecretShelf {
    /** Keeps nothing. */
    SecretShelf NONE = new SecretShelf() {
        @Override
        public Map<String, String> kept() {
            return Map.of();
        }

        @Override
        public void keep(String name, String secret) {
        }
    };

    /** Returns what was kept, in any order; may read a file. */
    Map<String, String> kept();

    /** Keeps a secret in place of the one of that name before; an empty one removes that. Does not block, and never fails. */
    void keep(String name, String secret);
}
