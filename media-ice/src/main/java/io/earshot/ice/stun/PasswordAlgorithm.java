package io.earshot.ice.stun;

/** How a long-term password becomes a key; RFC 8489 §18.5. */
public enum PasswordAlgorithm {
    /** MD5, as RFC 5389 has it. */
    MD5(1, "MD5"),
    /** SHA-256. */
    SHA_256(2, "SHA-256");

    private final int number;
    private final String digest;

    PasswordAlgorithm(int number, String digest) {
        this.number = number;
        this.digest = digest;
    }

    /** Returns its number in PASSWORD-ALGORITHM. */
    public int number() {
        return number;
    }

    String digest() {
        return digest;
    }
}
