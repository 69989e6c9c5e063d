package io.earshot.sip.xml;

/**
 * Limits of what is read.
 *
 * @param length of the document in characters
 * @param depth of nested elements
 * @param elements in all
 * @param attributes of one element
 */
public record XmlLimits(int length, int depth, int elements, int attributes) {
    /** Enough for the state of some thousand lines in one document. */
    public static final XmlLimits DEFAULT = new XmlLimits(1 << 18, 32, 10_000, 32);
}
