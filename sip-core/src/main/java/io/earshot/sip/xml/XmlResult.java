package io.earshot.sip.xml;

/** What reading a document came to. */
public sealed interface XmlResult {
    /** It is well-formed. */
    record Parsed(XmlNode root) implements XmlResult { }

    /**
     * It is not, or breaks a limit.
     *
     * @param reason what is wrong
     * @param offset where, in characters
     */
    record Malformed(String reason, int offset) implements XmlResult { }
}
