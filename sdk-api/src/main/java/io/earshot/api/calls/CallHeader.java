package io.earshot.api.calls;

/** A SIP header for a call that we make, answer or end; {@link CallHeaders} has those without a type of their own. */
public interface CallHeader {
    /** Returns the header's name. */
    String name();

    /** Returns its value, without line breaks. */
    String value();
}
