package io.earshot.control.text;

import java.util.List;

/**
 * What is known of a function.
 *
 * @param name with its {@code API_}
 * @param arguments in the order of positional requests
 * @param summary a sentence
 */
public record Signature(String name, Type returns, List<Argument> arguments, String summary) {
    /** Types of arguments and results. Bytes travel as Base64 text. */
    public enum Type { BOOLEAN, INT, STRING, BYTES, VOID }

    /** An argument. */
    public record Argument(String name, Type type) { }

    public Signature {
        arguments = List.copyOf(arguments);
    }

    /** Tells whether arguments may be secrets, or many lines, so that answers do not repeat them. */
    public boolean isPrivate() {
        return name.startsWith("API_SetParameter") || name.startsWith("API_SetCredentials") || name.startsWith("API_Register");
    }
}
