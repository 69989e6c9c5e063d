package io.earshot.sip.ua;

/** Names a publication of ours; unique within one engine. */
public record PublicationId(long value) {
    @Override
    public String toString() {
        return "publication-" + value;
    }
}
