package io.earshot.codec.g729;

/** The generator of pseudo-random words of §4.4.4. */
final class RandomWords {
    private RandomWords() {
    }

    /** Returns the word that follows a word. */
    static int next(int word) {
        return (short) (word * 31821 + 13849);
    }
}
